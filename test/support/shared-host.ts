import assert from 'node:assert/strict';
import {
  createHost,
  defaultHostConfig,
  type HostGpu,
  type InterruptEvent,
  type Partition,
  VgpuViews,
} from '../../emulator/index.ts';
import { deviceConfigFor } from '../../timeline/index.ts';
import { Replayer } from '../../timeline/replay/replayer.ts';
import type { OpenedTrace } from '../../trace/index.ts';

const MIB = 0x100000;

/** A host with as much aperture as recordings of live guests have. */
export function sharedHost(scheduling: 'at once' | 'sliced' = 'at once'): HostGpu {
  return createHost({ ...defaultHostConfig(), apertureSize: 256 * MIB, scheduling });
}

/** A recorded guest on a vGPU of the host, and all that it has seen of its device. */
export class GuestOnHost {
  readonly host: HostGpu;
  readonly trace: OpenedTrace;
  readonly device;
  readonly replayer: Replayer;
  /** Low, high and whether it is known, of each read. */
  readonly answers: number[] = [];
  readonly interrupts: InterruptEvent[] = [];
  /** Answers that are known and not as recorded. */
  different = 0;
  /** State at the end of the recording. */
  hash = '';
  /** Host time at which the vGPU was made, in nanoseconds. */
  readonly born: number;

  constructor(host: HostGpu, id: number, trace: OpenedTrace, slice?: Partition) {
    const config = deviceConfigFor(trace.device, slice === undefined ? {} : { partition: slice });
    assert.ok(!('problem' in config));
    const { id: _id, partition, platform: _platform, apertureSize: _size, ...more } = config;
    assert.equal(host.create({ id, slice: partition, more }), id);
    assert.equal(host.attach(id, id), undefined);
    const device = host.device(id);
    assert.ok(device);
    this.host = host;
    this.trace = trace;
    this.device = device;
    this.born = host.now;
    const { store } = trace;
    this.replayer = new Replayer(store, device);
    this.replayer.observer = (record, { low, high, known }) => {
      this.answers.push(low, high, known ? 1 : 0);
      if (known && low !== store.low(record)) this.different++;
    };
    device.setListener({ interrupt: (event) => this.interrupts.push(event) });
  }

  get isDone(): boolean {
    return this.replayer.position >= this.trace.store.length;
  }

  /** Host time of the next record; infinite at the end. */
  get nextAt(): number {
    if (this.isDone) return Number.POSITIVE_INFINITY;
    return this.born + this.trace.store.timeNs(this.replayer.position);
  }

  /** What its own monitor shows. */
  screen() {
    return new VgpuViews(this.device.vgpu).screen();
  }

  /** So many records more. */
  go(records: number): void {
    if (this.isDone) return;
    this.replayer.advance(this.replayer.position + records);
    if (!this.isDone) return;
    this.hash = this.device.hash();
    this.device.setListener(undefined);
  }
}

/** All records up to a host time in nanoseconds, always the one that is due first. */
export function runByTime(guests: readonly GuestOnHost[], until = Number.MAX_VALUE): void {
  for (;;) {
    const [next] = [...guests].sort((a, b) => a.nextAt - b.nextAt);
    if (next === undefined || next.nextAt > until) return;
    next.go(1);
  }
}

/** The same guest by itself on a host of its own. */
export function aloneOnHost(
  id: number,
  trace: OpenedTrace,
  { scheduling, slice }: { scheduling?: 'at once' | 'sliced'; slice?: Partition } = {},
): GuestOnHost {
  const guest = new GuestOnHost(sharedHost(scheduling), id, trace, slice);
  guest.go(trace.store.length);
  return guest;
}

export function assertSame(guest: GuestOnHost, alone: GuestOnHost | undefined): void {
  assert.ok(alone && guest.isDone && alone.isDone);
  assert.deepEqual(guest.answers, alone.answers);
  assert.deepEqual(guest.interrupts, alone.interrupts);
  assert.equal(guest.hash, alone.hash);
}
