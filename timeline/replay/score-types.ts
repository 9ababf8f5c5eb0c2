import type { GoldenState, Platform } from '../../emulator/index.ts';
import type { Moment } from '../moment.ts';
import type { ResultScore } from '../results/judge-results.ts';
import type { TracepointScore } from '../tracepoints/judge-tracepoints.ts';
import type { ReadDifference } from './explained-rules.ts';
import type { ComparePolicy } from './record-applier.ts';

export interface ScoreOptions {
  readonly compare?: ComparePolicy;
  /** The trace is of a guest inside the real GVT-g: what its host left is not compared, or explained. */
  readonly gvtG?: boolean;
  /** What the device started from: of the host's registers those that are known are compared after all. */
  readonly golden?: GoldenState | undefined;
  /** Whose registers they are, as for the switch of an engine between owners; Skylake if absent. */
  readonly platform?: Platform;
  /** Number of the vGPU that the trace is about, where it shows events of several. */
  readonly vgpu?: number;
  /** Where the device stands already, if not at power-on: what it does by itself is not compared then. */
  readonly from?: Standing;
  /** Where to end; the end of the trace if absent. What the device does by itself is not compared then. */
  readonly to?: Moment;
  /** Differences kept with all their facts; all are counted. */
  readonly divergenceLimit?: number;
  /** Called between slices of the work with the fraction done, 0–1; may let others run. */
  readonly progress?: (fraction: number) => Promise<void> | void;
}

/** A moment, and inside of a record whether its access has happened. */
export interface Standing {
  readonly moment: Moment;
  readonly applied: boolean;
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
  /** Records applied: all of them, unless cancelled, or only a part was asked for. */
  readonly records: number;
  /** Where it ended. */
  readonly end: Standing;
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
  /** The same by GVT-g's own events, for a trace that has them. */
  readonly tracepoints?: TracepointScore;
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
