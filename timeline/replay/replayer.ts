import type { AccessSpace, Answer, DeviceModel } from '../../emulator/index.ts';
import {
  RecordKind,
  SIZE_MASK,
  Space,
  type TraceChunk,
  type TraceStore,
  VALUE_UNKNOWN,
} from '../../trace/index.ts';
import { REGISTER_BYTES } from '../register-directory.ts';
import { EXECUTION_REGISTERS } from './execution-registers.ts';
import { firstSubmission } from './first-submission.ts';

/**
 * What becomes of recorded answers. `compare`: the model's answer stands. `force`: where it differs, the recorded
 * one is put into the device, so that what follows runs on what really was. `ignore`: as `compare`, and nothing
 * is said about differences.
 */
export type ComparePolicy = 'compare' | 'force' | 'ignore';

/** Sees every answer of the device as it is replayed. Called before a forced answer is put in place. */
export type ReadObserver = (record: number, answer: Answer) => void;

/** Applies a trace's records to a device, one after the other. It only goes forward. */
export class Replayer {
  readonly device: DeviceModel;
  readonly store: TraceStore;
  /** Records before the one with this number in which the driver submitted work for the first time. */
  readonly firstSubmission: number;
  observer: ReadObserver | undefined = undefined;
  /** Accesses given to the device so far, the present one included. For listeners. */
  accesses = 0;
  readonly #policy: ComparePolicy;
  readonly #forced: Uint8Array;
  #position = 0;
  /** Time of the record applied last, in microseconds; −1 where it is not known. */
  #micros = -1;
  #interrupted = false;

  constructor(store: TraceStore, device: DeviceModel, policy: ComparePolicy = 'compare') {
    this.store = store;
    this.device = device;
    this.#policy = policy;
    this.firstSubmission = firstSubmission(store);
    this.#forced = forcedMap();
  }

  /** Records applied. */
  get position(): number {
    return this.#position;
  }

  /** Says that the device was brought to another moment. */
  moveTo(record: number): void {
    this.#position = record;
    this.#micros = -1;
    this.#interrupted = false;
  }

  get interrupted(): boolean {
    return this.#interrupted;
  }

  /** Makes `advance` return after the record that is being applied. For listeners. */
  interrupt(): void {
    this.#interrupted = true;
  }

  clearInterruption(): void {
    this.#interrupted = false;
  }

  /** Applies records until `to` have been. Returns early after a record during which `interrupt` was called. */
  advance(to: number): void {
    this.#interrupted = false;
    const end = Math.min(to, this.store.length);
    while (this.#position < end && !this.#interrupted) {
      const first = this.#position & 0xffff;
      const base = this.#position - first;
      const chunk = this.store.chunks[this.#position >>> 16];
      if (chunk === undefined) return;
      this.#applyChunk(chunk, base, first, Math.min(chunk.length, end - base));
    }
  }

  #applyChunk(chunk: TraceChunk, base: number, first: number, end: number): void {
    const { kindSpace, time, timeBase, timeHigh } = chunk;
    for (let at = first; at < end; at++) {
      const high = timeHigh === undefined ? 0 : (timeHigh[at] ?? 0) * 2 ** 32;
      const micros = timeBase + high + (time[at] ?? 0);
      if (micros !== this.#micros) {
        this.#micros = micros;
        while (!this.device.advanceTo(micros * 1000)) this.device.runWork();
      }
      const what = kindSpace[at] ?? 0;
      const kind = what & 0x0f;
      if (kind === RecordKind.write || kind === RecordKind.read) this.accesses++;
      if (kind === RecordKind.write) this.#write(chunk, at, what >>> 4);
      else if (kind === RecordKind.read) this.#read(chunk, base + at, at, what >>> 4);
      else if (kind === RecordKind.memory) this.#showMemory(base + at);
      if (this.device.hasWork) this.device.runWork();
      if (this.#interrupted) {
        this.#position = base + at + 1;
        return;
      }
    }
    this.#position = base + end;
  }

  #write(chunk: TraceChunk, at: number, space: number): void {
    const flags = chunk.sizeFlags[at] ?? 0;
    const name = ACCESS_SPACES[space];
    // What nobody knows cannot be written.
    if (name === undefined || (flags & VALUE_UNKNOWN) !== 0) return;
    const low = chunk.low[at] ?? 0;
    const high = chunk.high === undefined ? 0 : (chunk.high[at] ?? 0);
    this.device.write(name, offsetAt(chunk, at), flags & SIZE_MASK, low, high);
  }

  #read(chunk: TraceChunk, record: number, at: number, space: number): void {
    const name = ACCESS_SPACES[space];
    if (name === undefined) return;
    const flags = chunk.sizeFlags[at] ?? 0;
    const size = flags & SIZE_MASK;
    const offset = offsetAt(chunk, at);
    const answer = this.device.read(name, offset, size);
    if (this.observer !== undefined) this.observer(record, answer);
    if ((flags & VALUE_UNKNOWN) !== 0) return;
    if (this.#policy !== 'force' && !this.isForced(record, space, offset)) return;
    const low = chunk.low[at] ?? 0;
    const high = chunk.high === undefined ? 0 : (chunk.high[at] ?? 0);
    if (answer.known && answer.low === low && answer.high === high) return;
    this.device.poke(name, offset, size, low, high);
  }

  /** Whether a read is answered from the recording because it depends on work for which memory is lacking. */
  isForced(record: number, space: number, offset: number): boolean {
    return (
      this.device.lacksMemory &&
      record >= this.firstSubmission &&
      space === Space.mmio &&
      offset < REGISTER_BYTES &&
      this.#forced[offset >>> 2] === 1
    );
  }

  #showMemory(record: number): void {
    this.device.showMemory(this.store.offset(record), this.store.bytes(record));
  }
}

/** By `Space`; accesses to the others are not the device's. */
export const ACCESS_SPACES: readonly (AccessSpace | undefined)[] = [
  'mmio',
  'aperture',
  'config',
  'io',
];

function offsetAt(chunk: TraceChunk, at: number): number {
  const low = chunk.offset[at] ?? 0;
  return chunk.offsetHigh === undefined ? low : (chunk.offsetHigh[at] ?? 0) * 2 ** 32 + low;
}

function forcedMap(): Uint8Array {
  const map = new Uint8Array(REGISTER_BYTES / 4);
  for (const { offset } of EXECUTION_REGISTERS) map[offset >>> 2] = 1;
  return map;
}
