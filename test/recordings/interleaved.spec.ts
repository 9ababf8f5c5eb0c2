import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  createHost,
  defaultHostConfig,
  type HostGpu,
  type InterruptEvent,
  type Partition,
} from '../../emulator/index.ts';
import { deviceConfigFor } from '../../timeline/index.ts';
import { Replayer } from '../../timeline/replay/replayer.ts';
import type { OpenedTrace } from '../../trace/index.ts';
import { openSample } from './open-sample.ts';

const MIB = 0x100000;
/** Recordings of one machine have one slice; the second guest gets another, in which its accesses still are accesses. */
const OTHER: Partition = {
  mappableBase: 128 * MIB,
  mappableSize: 64 * MIB,
  hiddenBase: 1024 * MIB,
  hiddenSize: 384 * MIB,
  fences: 4,
};

/** A recording on a vGPU of the host. */
function guestOn(host: HostGpu, id: number, trace: OpenedTrace, slice?: Partition) {
  const config = deviceConfigFor(trace.device, slice === undefined ? {} : { partition: slice });
  assert.ok(!('problem' in config));
  const { id: _id, partition, platform: _platform, apertureSize: _size, ...more } = config;
  assert.equal(host.create({ id, slice: partition, more }), id);
  const device = host.device(id);
  assert.ok(device);
  const replayer = new Replayer(trace.store, device);
  const answers: number[] = [];
  const interrupts: InterruptEvent[] = [];
  replayer.observer = (_record, { low, high, known }) => answers.push(low, high, known ? 1 : 0);
  device.setListener({ interrupt: (event) => interrupts.push(event) });
  return { device, replayer, trace, answers, interrupts };
}

type Guest = ReturnType<typeof guestOn>;

function host(): HostGpu {
  return createHost({ ...defaultHostConfig(), apertureSize: 256 * MIB });
}

function replayAlone(id: number, trace: OpenedTrace, slice?: Partition): Guest {
  const guest = guestOn(host(), id, trace, slice);
  guest.replayer.advance(trace.store.length);
  return guest;
}

test('two recorded guests on one host get the same answers as alone', async () => {
  const first = await openSample('skl-probe-gem-unload.vgpu.gz');
  const second = await openSample('skl-hang-reset-errorstate.vgpu.gz');
  const shared = host();
  const guests = [guestOn(shared, 1, first), guestOn(shared, 2, second, OTHER)];
  for (let step = 1; guests.some(isUnfinished); step++) {
    // In pieces of unequal length, so that turns fall at all kinds of places.
    guests.forEach(({ replayer, trace }, at) => {
      const records = at === 0 ? 997 + (step % 7) : 1409 + (step % 13);
      replayer.advance(Math.min(replayer.position + records, trace.store.length));
    });
  }
  const alone = [replayAlone(1, first), replayAlone(2, second, OTHER)];
  guests.forEach((guest, at) => {
    assert.deepEqual(guest.answers, alone[at]?.answers);
    assert.deepEqual(guest.interrupts, alone[at]?.interrupts);
    assert.equal(guest.device.hash(), alone[at]?.device.hash());
  });
  assert.ok(guests.every(({ answers }) => answers.length > 600_000));
});

function isUnfinished({ replayer, trace }: Guest): boolean {
  return replayer.position < trace.store.length;
}
