import { setImmediate } from 'node:timers/promises';
import { type OpenedTrace, openTrace } from '../../trace/index.ts';
import { unpack } from '../../trace/testing/read.ts';
import { mutate, type Random, randomFrom, sliceOf } from './mutate.ts';
import { useTrace } from './use-trace.ts';

/** A genuine file, unpacked. */
export interface FuzzFile {
  readonly name: string;
  readonly bytes: Uint8Array;
}

export interface FuzzPlan {
  readonly seed: number;
  /** Mutated pieces, and whole mutated files, of each file. */
  readonly slices: number;
  readonly whole: number;
  /** Bytes of a piece at most. */
  readonly most: number;
  /** Not only opens what was mutated, but also uses it. */
  readonly deep?: boolean;
}

export interface FuzzResult {
  readonly name: string;
  readonly cases: number;
  readonly bytes: number;
  readonly records: number;
  readonly diagnostics: number;
  /** Of the processor, for all cases together, and for the slowest in relation to its size (at least 64 KiB). */
  readonly milliseconds: number;
  readonly slowest: number;
  /** Most bytes that the process has had until now. */
  readonly peak: number;
}

/** Opens mutated pieces of a file. Throws where a reader does, or says something that is no sentence about a line. */
export async function fuzzFile(file: FuzzFile, plan: FuzzPlan): Promise<FuzzResult> {
  const random = randomFrom(plan.seed);
  const sums = { cases: 0, bytes: 0, records: 0, diagnostics: 0, milliseconds: 0 };
  let slowest = 0;
  for (let n = 0; n < plan.slices + plan.whole; n++) {
    const bytes = n < plan.slices ? sliceOf(file.bytes, plan.most, random) : file.bytes.slice();
    mutate(bytes, random(40), random);
    const start = processorTime();
    const trace = await openTrace(inPieces(bytes, random), { name: file.name, unpack });
    if (plan.deep === true) await useTrace(trace);
    const milliseconds = processorTime() - start;
    check(trace, bytes, `${file.name}, seed ${plan.seed}, case ${n}`);
    sums.cases++;
    sums.bytes += bytes.length;
    sums.records += trace.store.length;
    sums.diagnostics += trace.diagnostics.length;
    sums.milliseconds += milliseconds;
    slowest = Math.max(slowest, milliseconds / Math.max(bytes.length / 2 ** 20, 1 / 16));
    // What has been closed is only let go of between events.
    if (n % 16 === 0 || n >= plan.slices) await setImmediate();
  }
  const peak = process.resourceUsage().maxRSS * 1024;
  return { name: file.name, ...sums, slowest, peak };
}

/** Milliseconds of this thread: a busy machine makes no case slow. */
function processorTime(): number {
  const { user, system } = process.threadCpuUsage();
  return (user + system) / 1000;
}

function* inPieces(bytes: Uint8Array, random: Random): Generator<Uint8Array> {
  for (let at = 0; at < bytes.length; ) {
    const next = at + 1 + random(100_000);
    yield bytes.subarray(at, next);
    at = next;
  }
}

/** What is said without a line: with a byte, or of the file as a whole. */
const OF_THE_WHOLE =
  /\bbytes?\b|is not a trace of a known format|is empty|which is no Intel GPU|more problems like these|no display controller/;

/** Numbers in range, records in order of time, problems in sentences that say where. */
function check({ store, diagnostics }: OpenedTrace, bytes: Uint8Array, where: string): void {
  for (const { line, message } of diagnostics) {
    if (line === 0 && !OF_THE_WHOLE.test(message))
      throw new Error(`${where}: without a place: ${message}`);
    if (line < 0 || line > bytes.length + 1 || !/^.{10,}[.]$/s.test(message))
      throw new Error(`${where}: line ${line}, ${JSON.stringify(message)}`);
  }
  let time = 0;
  for (let record = 0; record < store.length; record++) {
    const next = store.timeNs(record);
    if (next < time || !Number.isSafeInteger(next) || store.offset(record) >= 2 ** 48)
      throw new Error(`${where}: record ${record} at ${next}, offset ${store.offset(record)}`);
    if (record % 97 === 0) store.text(record);
    time = next;
  }
}
