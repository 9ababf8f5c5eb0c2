import type { Fault } from '../emulator/index.ts';
import type { Moment } from './moment.ts';

/** What shows a fault, and what led to it. */
export interface FaultView {
  readonly fault: Fault;
  readonly evidence: readonly EvidenceView[];
  /** The moments that led to it, the most telling first. */
  readonly causes: readonly FaultCause[];
}

/** `register`: `RCS0.RING_MODE (0x229c)`. */
export interface EvidenceView {
  readonly name: string;
  readonly text: string;
}

export interface FaultCause {
  /** `RCS0.RING_MODE was last changed`. */
  readonly what: string;
  /** Before the event that did it; absent where that was never. */
  readonly moment?: Moment;
  /** Of the trace file. */
  readonly line?: number;
  /** The record, for people. */
  readonly text?: string;
}
