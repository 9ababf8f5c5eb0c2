import type { Answer } from '../device-model.ts';

/** What debuggers show of a device: plain data, made by peeking. */
export interface FieldValue {
  readonly name: string;
  /** Inclusive bit positions. */
  readonly low: number;
  readonly high: number;
  readonly value: number;
  /** Name of the value, where the table has one. */
  readonly meaning?: string;
}

export interface RegisterValue {
  readonly name: string;
  readonly offset: number;
  /** Bytes. */
  readonly size: number;
  readonly value: Answer;
  readonly access: string;
  readonly fields: readonly FieldValue[];
  readonly description?: string;
}

export interface PteValue {
  /** Counts 8-byte entries. */
  readonly index: number;
  readonly graphicsAddress: number;
  readonly entry: Answer;
  readonly present: boolean;
  /** Guest physical address of the page. */
  readonly frame: number;
  /** `aperture`, `hidden`, `not owned`. */
  readonly owner: string;
  /** What is known of the page behind it, or why there is none. */
  readonly target: string;
}

export interface WalkStepValue {
  readonly level: string;
  readonly index: number;
  readonly tableAddress: number;
  readonly entry: Answer;
  /** For people: `table at 0x1000`, `maps 0x2000 (4K, writable, PAT 3)`, `not present`. */
  readonly result: string;
}

export interface InterruptGroupValue {
  readonly name: string;
  readonly base: number;
  readonly isr: number;
  readonly imr: number;
  readonly iir: number;
  readonly ier: number;
  readonly events: readonly {
    readonly bit: number;
    readonly name: string;
    readonly state: string;
  }[];
}
