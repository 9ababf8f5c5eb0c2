import type { Fault } from '../../emulator/index.ts';
import type { Moment } from '../moment.ts';
import type { CoverageData } from './coverage.ts';

/** How a trace did as a test. Plain data. */
export interface ScenarioResult {
  readonly records: number;
  readonly cancelled: boolean;
  /** What was expected, in the trace's order, up to a limit; recorded reads only where they failed. */
  readonly expectations: readonly ExpectationResult[];
  /** How many there were, and how many of them failed, those over the limit included. */
  readonly total: number;
  readonly failed: number;
  readonly faults: FaultList;
  readonly coverage: CoverageData;
  /** State at the end. */
  readonly hash: string;
}

export interface ExpectationResult {
  readonly moment: Moment;
  /** Of the trace file, from 1. */
  readonly line: number;
  readonly kind: 'read' | 'fault' | 'interrupt' | 'command' | 'memory' | 'expression';
  readonly passed: boolean;
  /** Both in the words of the format, so that they can be compared letter by letter. */
  readonly expected: string;
  readonly actual: string;
  /** More about it: the fields that differ, what is not known. */
  readonly detail?: string;
}

export type Judgement = Pick<ExpectationResult, 'passed' | 'expected' | 'actual' | 'detail'>;

/** Faults as far as they are kept; `count` counts all. */
export interface FaultList {
  readonly count: number;
  readonly byCheck: Readonly<Record<string, number>>;
  readonly shown: readonly FaultRecord[];
}

/** A breaking of a rule, with the moment before the event in which it happened. */
export interface FaultRecord {
  readonly moment: Moment;
  readonly line: number;
  readonly timeNs: number;
  readonly check: string;
  readonly message: string;
  /** BAR0 offset, graphics or guest address concerned. */
  readonly address?: number;
  /** What the fault shows for itself besides. */
  readonly evidence: Omit<Fault, 'check' | 'message' | 'address'>;
  /** The command that an engine was executing: `RCS0 MI_STORE_DATA_IMM at ggtt 0x4001000`. */
  readonly command?: string;
}
