import type { Answer, DeviceListener, DeviceModel, Fault } from '../../emulator/index.ts';
import { Space, type TraceStore } from '../../trace/index.ts';
import { judgeResults, type ResultScore } from '../results/judge-results.ts';
import { recordedResults } from '../results/recorded-results.ts';
import { ResultCollector } from '../results/result-collector.ts';
import type { CancellationToken } from '../session.ts';
import { compareRead } from './compare.ts';
import type { ReadDifference } from './explained-rules.ts';
import { ReadFilter } from './read-filter.ts';
import type { ComparePolicy } from './record-applier.ts';
import { Replayer } from './replayer.ts';

export interface ScoreOptions {
  readonly compare?: ComparePolicy;
  /** BAR0 offsets of registers that are not compared, besides the volatile ones. */
  readonly excepted?: readonly number[];
  /** Differences kept with all their facts; all are counted. */
  readonly divergenceLimit?: number;
  /** Called between slices of the work with the fraction done, 0–1; may let others run. */
  readonly progress?: (fraction: number) => Promise<void> | void;
}

/** An answer that differs from the recorded one and that no rule explains. */
export interface Divergence {
  readonly record: number;
  /** Of the trace file. */
  readonly line: number;
  readonly space: ReadDifference['space'];
  readonly offset: number;
  /** Bytes. */
  readonly size: number;
  /** Lower and upper 32 bits. */
  readonly expected: number;
  readonly expectedHigh: number;
  readonly got: number;
  readonly gotHigh: number;
}

/** How a model did on a recording. */
export interface ReplayScore {
  /** Records applied: all of them, unless cancelled. */
  readonly records: number;
  readonly cancelled: boolean;
  readonly reads: ReadCounts;
  /** Unexplained differences, in order, up to the limit; also those of reads outside of BAR0, which are not scored. */
  readonly divergences: readonly Divergence[];
  readonly divergenceCount: number;
  /** Explained differences by rule. */
  readonly rules: Readonly<Record<string, number>>;
  /** Broken rules by check. */
  readonly faults: Readonly<Record<string, number>>;
  /** What the device did by itself; absent where the recording does not show such things. */
  readonly results?: ResultScore;
  /** State at the end. */
  readonly hash: string;
}

/** Scored reads. `compared` is the sum of all the others. */
export interface ReadCounts {
  readonly compared: number;
  readonly equal: number;
  readonly volatile: number;
  readonly forced: number;
  /** The model or the recording does not know what the guest read. */
  readonly unknown: number;
  readonly explained: number;
  readonly different: number;
}

const DEFAULT_LIMIT = 1000;
const SLICE = 20_000;

/** Replays a whole trace on a device at power-on, comparing its answers with the recorded ones. */
export async function scoreReplay(
  store: TraceStore,
  device: DeviceModel,
  options: ScoreOptions,
  token: CancellationToken,
): Promise<ReplayScore> {
  const replayer = new Replayer(store, device, options.compare);
  const tally = new Tally(replayer, options);
  const recorded = recordedResults(store);
  const collector = new ResultCollector(() => replayer.accesses);
  device.setListener(listenerFor(tally, recorded.size === 0 ? undefined : collector));
  if (options.compare !== 'ignore') {
    replayer.observer = (record, answer) => tally.read(record, answer);
  }
  try {
    while (replayer.position < store.length && !token.cancelled) {
      const from = replayer.position;
      replayer.advance(from + SLICE);
      await options.progress?.(replayer.position / store.length);
    }
  } finally {
    device.setListener(undefined);
  }
  const cancelled = replayer.position < store.length;
  const score = tally.result(cancelled);
  if (recorded.size === 0 || cancelled || options.compare === 'ignore') return score;
  return { ...score, results: judgeResults(collector.results, recorded, collector.images) };
}

/** Every check is counted; what the device does is kept only where it can be compared. */
function listenerFor(tally: Tally, collector: ResultCollector | undefined): DeviceListener {
  const fault = (broken: Fault) => tally.fault(broken);
  if (collector === undefined) return { fault };
  return {
    fault,
    submission: (event) => collector.submission(event),
    command: (event) => collector.command(event),
    deviceWrite: (event) => collector.deviceWrite(event),
    interrupt: (event) => collector.interrupt(event),
  };
}

type Counts = { -readonly [K in keyof ReadCounts]: number };

class Tally {
  readonly #replayer: Replayer;
  readonly #limit: number;
  readonly #filter: ReadFilter;
  readonly #excepted: ReadonlySet<number>;
  readonly #counts: Counts = {
    compared: 0,
    equal: 0,
    volatile: 0,
    forced: 0,
    unknown: 0,
    explained: 0,
    different: 0,
  };
  readonly #divergences: Divergence[] = [];
  readonly #rules: Record<string, number> = {};
  readonly #faults: Record<string, number> = {};
  #divergenceCount = 0;

  constructor(replayer: Replayer, options: ScoreOptions) {
    this.#replayer = replayer;
    this.#limit = options.divergenceLimit ?? DEFAULT_LIMIT;
    this.#filter = new ReadFilter(replayer.store);
    this.#excepted = new Set(options.excepted);
  }

  fault({ check }: Fault): void {
    this.#faults[check] = (this.#faults[check] ?? 0) + 1;
  }

  read(record: number, answer: Answer): void {
    this.#filter.followTo(record);
    const { store } = this.#replayer;
    const scored = this.#filter.takes(record);
    if (!scored && store.space(record) === Space.mmio) return;
    const { comparison, difference, rule } = compareRead(
      this.#replayer,
      record,
      answer,
      this.#excepted,
    );
    if (scored) {
      this.#counts.compared++;
      this.#counts[comparison]++;
    }
    if (rule !== undefined) this.#rules[rule] = (this.#rules[rule] ?? 0) + 1;
    // Reads of other spaces must answer right as well, though they are not counted.
    else if (difference !== undefined) this.#diverged(difference);
  }

  #diverged(difference: ReadDifference): void {
    this.#divergenceCount++;
    if (this.#divergences.length >= this.#limit) return;
    const { record, space, offset, size, expected, expectedHigh, got, gotHigh } = difference;
    const line = this.#replayer.store.line(record);
    const values = { expected, expectedHigh, got, gotHigh };
    this.#divergences.push({ record, line, space, offset, size, ...values });
  }

  result(cancelled: boolean): ReplayScore {
    return {
      records: this.#replayer.position,
      cancelled,
      reads: { ...this.#counts },
      divergences: this.#divergences,
      divergenceCount: this.#divergenceCount,
      rules: this.#rules,
      faults: this.#faults,
      hash: this.#replayer.device.hash(),
    };
  }
}
