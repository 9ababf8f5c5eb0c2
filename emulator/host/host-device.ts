import type {
  AccessSpace,
  Answer,
  DeviceListener,
  DeviceModel,
  DeviceSnapshot,
  PeekSpace,
  WorkBrief,
  WorkView,
} from '../device-model.ts';
import { CREATE_INSTANCE, instanceNumbers, recordingProblem } from './files/control-files.ts';
import { writeHostFile } from './files/host-files.ts';
import { recordOf } from './host.ts';
import type { HostGpu } from './host-gpu.ts';
import { problemText } from './host-problem.ts';
import type { HostSnapshot } from './host-snapshot.ts';
import type { HostedVgpu } from './hosted-vgpu.ts';
import { advanceHost } from './slices.ts';

/**
 * A host with its guests as one device: accesses are those of the guest whose turn it is. What is looked at is that
 * guest's, or where an engine has work to do, that of the guest whose work comes next. Listeners hear of all guests.
 * Engines are called `vGPU2.RCS0` where there are several guests.
 */
export class HostDevice implements DeviceModel {
  readonly host: HostGpu;
  readonly guests: readonly HostedVgpu[];
  #turn: HostedVgpu;
  #looked: HostedVgpu | undefined;

  /** `guests`: at least one; the first has the first turn. */
  constructor(host: HostGpu, guests: readonly HostedVgpu[]) {
    const [first] = guests;
    if (first === undefined) throw new RangeError('a host device needs a guest');
    this.host = host;
    this.guests = guests;
    this.#turn = first;
    if (guests.length === 1) return;
    for (const [number, { vgpu }] of guests.entries()) vgpu.core.whose = number;
  }

  turnTo(guest: number): void {
    this.#turn = this.guests[guest] ?? this.#turn;
  }

  lookAs(guest: number | undefined): void {
    this.#looked = guest === undefined ? undefined : this.guests[guest];
  }

  /** The guest that is looked at. */
  get present(): HostedVgpu {
    return this.#looked ?? this.#working ?? this.#turn;
  }

  get now(): number {
    return this.#turn.now;
  }

  read(space: AccessSpace, offset: number, size: number): Answer {
    return this.#turn.read(space, offset, size);
  }

  write(space: AccessSpace, offset: number, size: number, low: number, high: number): void {
    this.#turn.write(space, offset, size, low, high);
  }

  showMemory(address: number, bytes: Uint8Array): void {
    this.#turn.showMemory(address, bytes);
  }

  /** With time slices all guests have one clock; else each has its own. */
  advanceTo(ns: number): boolean {
    const { host } = this.host;
    if (host.config.scheduling !== 'sliced') return this.#turn.advanceTo(ns);
    return advanceHost(host, (recordOf(host, this.#turn.id)?.born ?? 0) + ns);
  }

  get hasWork(): boolean {
    return this.#working !== undefined;
  }

  stepWork(): void {
    this.#working?.stepWork();
  }

  runWork(): void {
    for (let at = this.#working; at !== undefined; at = this.#working) at.runWork();
  }

  nextWork(): WorkBrief | undefined {
    const guest = this.#working;
    const work = guest?.nextWork();
    return guest && work && { ...work, engine: this.engineName(guest, work.engine) };
  }

  viewWork(): WorkView | undefined {
    const guest = this.#working;
    const work = guest?.viewWork();
    return guest && work && { ...work, engine: this.engineName(guest, work.engine) };
  }

  /** An engine's name among those of all guests. */
  engineName({ id }: HostedVgpu, engine: string): string {
    return this.guests.length > 1 ? `vGPU${id}.${engine}` : engine;
  }

  get lacksMemory(): boolean {
    return this.#turn.lacksMemory;
  }

  peek(space: PeekSpace, address: number, size: number): Answer {
    return this.present.peek(space, address, size);
  }

  poke(space: PeekSpace, address: number, size: number, low: number, high: number): boolean {
    return this.present.poke(space, address, size, low, high);
  }

  writeHostFile(path: string, text: string): string | undefined {
    const id = path === CREATE_INSTANCE ? -(instanceNumbers(text)?.[0] ?? 0) : 0;
    const problem = this.guests.some((guest) => guest.id === id)
      ? recordingProblem(id)
      : writeHostFile(this.host, path, text);
    return problem && problemText(problem);
  }

  setListener(listener: DeviceListener | undefined): void {
    for (const guest of this.guests) guest.setListener(listener);
  }

  save(): HostSnapshot {
    return this.host.save();
  }

  restore(snapshot: DeviceSnapshot): void {
    if (!isHostSnapshot(snapshot)) throw new TypeError('This snapshot is no host’s.');
    this.host.restore(snapshot);
  }

  hash(): string {
    return this.host.hash();
  }

  /** Who has work that can be done now: whose turn it is before the others. */
  get #working(): HostedVgpu | undefined {
    if (this.#turn.hasWork) return this.#turn;
    return this.guests.length > 1 ? this.guests.find((guest) => guest.hasWork) : undefined;
  }
}

function isHostSnapshot(snapshot: DeviceSnapshot): snapshot is HostSnapshot {
  return 'domains' in snapshot && 'devices' in snapshot && 'hardware' in snapshot;
}
