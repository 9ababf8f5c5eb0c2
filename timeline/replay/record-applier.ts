import type {
  AccessRun,
  AccessSpace,
  Answer,
  DeviceModel,
  RunProgress,
} from '../../emulator/index.ts';
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

/** Sees notes and expectations as replay comes by them. It may look at the device, and not more. */
export type RemarkObserver = (record: number, kind: RecordKind) => void;

/** `kindSpace` of a guest write through BAR2, and of accesses to BAR0. */
const APERTURE_WRITE = RecordKind.write | (Space.aperture << 4);
const MMIO_WRITE = RecordKind.write | (Space.mmio << 4);
const MMIO_READ = RecordKind.read | (Space.mmio << 4);
/** Whether records of a kind and space may be given to the device in runs. */
const IN_RUNS = new Uint8Array(256);
for (const what of [APERTURE_WRITE, MMIO_WRITE, MMIO_READ]) IN_RUNS[what] = 1;
/** Fewer than these are as quick one by one. */
const SHORTEST_RUN = 4;

/** Gives records to a device. */
export class RecordApplier {
  /** Records before the one with this number in which the driver submitted work for the first time. */
  readonly firstSubmission: number;
  observer: ReadObserver | undefined = undefined;
  remarks: RemarkObserver | undefined = undefined;
  readonly #device: DeviceModel;
  readonly #store: TraceStore;
  readonly #policy: ComparePolicy;
  readonly #forced: Uint8Array;
  readonly #progress: RunProgress;
  /** The run of accesses that was looked at last. */
  #runOf: TraceChunk | undefined;
  #run: AccessRun | undefined;
  #runStart = 0;
  #runEnd = 0;

  /** `progress` is told of each access; who listens to the device may halt runs by it. */
  constructor(
    store: TraceStore,
    device: DeviceModel,
    policy: ComparePolicy,
    progress: RunProgress,
  ) {
    this.#progress = progress;
    this.#store = store;
    this.#device = device;
    this.#policy = policy;
    this.firstSubmission = firstSubmission(store);
    this.#forced = forcedMap();
  }

  /** The record at `at` of a chunk; others than accesses and memory are only read, not applied. */
  apply(chunk: TraceChunk, record: number, at: number): void {
    const what = chunk.kindSpace[at] ?? 0;
    const kind = what & 0x0f;
    if (kind === RecordKind.write || kind === RecordKind.read) this.#progress.accesses++;
    if (kind === RecordKind.write) this.#write(chunk, at, what >>> 4);
    else if (kind === RecordKind.read) this.#read(chunk, record, at, what >>> 4);
    else if (kind === RecordKind.memory) {
      this.#device.showMemory(this.#store.offset(record), this.#store.bytes(record));
    } else if (kind === RecordKind.note || kind === RecordKind.expectation) {
      this.remarks?.(record, kind);
    }
  }

  /**
   * The dwords accessed in one way from `at` on, below `end`, at the time of the first: many at once where the device
   * can. Answers how many records that were; 0 where the one at `at` has to be applied by itself. The last of them may
   * have given the device work.
   */
  applyRun(chunk: TraceChunk, record: number, at: number, end: number): number {
    const what = chunk.kindSpace[at] ?? 0;
    if (IN_RUNS[what] === 0 || chunk.offsetHigh !== undefined) return 0;
    // Where a run begins is looked at once, however often the device hands back what it cannot take.
    if (this.#runOf !== chunk || at < this.#runStart || at >= this.#runEnd) {
      this.#runOf = chunk;
      this.#run = undefined;
      this.#runStart = at;
      this.#runEnd = endOfRun(chunk, at);
    }
    const next = Math.min(end, this.#runEnd);
    if (next - at < SHORTEST_RUN) return 0;
    // An alarm on the way here may have halted replay, or a change by hand given work: then this record is the last.
    if (this.#progress.halted || this.#device.hasWork) return 0;
    return what === APERTURE_WRITE
      ? this.#writeAperture(chunk, at, next)
      : this.#accessRegisters(chunk, record, at, next);
  }

  #writeAperture(chunk: TraceChunk, at: number, end: number): number {
    const taken = this.#device.writeApertureRun?.(chunk.offset, chunk.low, at, end) ?? 0;
    this.#progress.accesses += taken;
    return taken;
  }

  /** Only where nobody wants to know, or to correct, what reads answer. */
  #accessRegisters(chunk: TraceChunk, record: number, at: number, end: number): number {
    const device = this.#device;
    if (device.runAccesses === undefined || device.recordedAnswer !== undefined) return 0;
    if (this.observer !== undefined || this.#policy === 'force') return 0;
    if (record + (end - at) > this.firstSubmission && device.lacksMemory) return 0;
    this.#run ??= {
      kinds: chunk.kindSpace,
      write: MMIO_WRITE,
      offsets: chunk.offset,
      values: chunk.low,
    };
    return device.runAccesses(this.#run, at, end, this.#progress);
  }

  #write(chunk: TraceChunk, at: number, space: number): void {
    const flags = chunk.sizeFlags[at] ?? 0;
    const name = ACCESS_SPACES[space];
    // What nobody knows cannot be written.
    if (name === undefined || (flags & VALUE_UNKNOWN) !== 0) return;
    const low = chunk.low[at] ?? 0;
    const high = chunk.high === undefined ? 0 : (chunk.high[at] ?? 0);
    this.#device.write(name, offsetAt(chunk, at), flags & SIZE_MASK, low, high);
  }

  #read(chunk: TraceChunk, record: number, at: number, space: number): void {
    const name = ACCESS_SPACES[space];
    if (name === undefined) return;
    const flags = chunk.sizeFlags[at] ?? 0;
    const size = flags & SIZE_MASK;
    const offset = offsetAt(chunk, at);
    if (this.#device.recordedAnswer !== undefined) {
      this.#device.recordedAnswer(this.#recorded(chunk, at, flags));
    }
    const answer = this.#device.read(name, offset, size);
    if (this.observer !== undefined) this.observer(record, answer);
    if ((flags & VALUE_UNKNOWN) !== 0) return;
    if (this.#policy !== 'force' && !this.isForced(record, space, offset)) return;
    const low = chunk.low[at] ?? 0;
    const high = chunk.high === undefined ? 0 : (chunk.high[at] ?? 0);
    if (answer.known && answer.low === low && answer.high === high) return;
    this.#device.poke(name, offset, size, low, high);
  }

  #recorded(chunk: TraceChunk, at: number, flags: number): Answer {
    if ((flags & VALUE_UNKNOWN) !== 0) return { low: 0, high: 0, known: false };
    return { low: chunk.low[at] ?? 0, high: chunk.high?.[at] ?? 0, known: true };
  }

  /** Whether a read is answered from the recording because it depends on work for which memory is lacking. */
  isForced(record: number, space: number, offset: number): boolean {
    return (
      space === Space.mmio &&
      offset < REGISTER_BYTES &&
      this.#forced[offset >>> 2] === 1 &&
      record >= this.firstSubmission &&
      this.#device.lacksMemory
    );
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

/** Up to where records of a chunk access dwords as the first does, at its time; in BAR0 reads and writes are alike. */
function endOfRun(chunk: TraceChunk, at: number): number {
  const { kindSpace, sizeFlags } = chunk;
  const first = kindSpace[at] ?? 0;
  const other = first === MMIO_READ ? MMIO_WRITE : first === MMIO_WRITE ? MMIO_READ : first;
  const end = endOfTime(chunk, at);
  let next = at;
  for (; next < end; next++) {
    const what = kindSpace[next];
    if ((what !== first && what !== other) || sizeFlags[next] !== 4) break;
  }
  return next;
}

/** Up to where the time is that of the record at `at`: it never runs back. */
function endOfTime({ time, timeHigh, length }: TraceChunk, at: number): number {
  const isSame = (place: number) =>
    time[place] === time[at] && (timeHigh === undefined || timeHigh[place] === timeHigh[at]);
  let step = 1;
  while (at + step < length && isSame(at + step)) step *= 2;
  let low = at + (step >> 1);
  let high = Math.min(at + step, length);
  while (low + 1 < high) {
    const middle = (low + high) >>> 1;
    if (isSame(middle)) low = middle;
    else high = middle;
  }
  return low + 1;
}

function forcedMap(): Uint8Array {
  const map = new Uint8Array(REGISTER_BYTES / 4);
  for (const { offset } of EXECUTION_REGISTERS) map[offset >>> 2] = 1;
  return map;
}
