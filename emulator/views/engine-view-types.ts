import type { DecodedAddress, DecodedField } from '../command/decode.ts';

/** What debuggers show of an engine: plain data, made by peeking. */
export interface EngineValue {
  /** `RCS0` … */
  readonly name: string;
  /** `idle`, `restore` (a context is loaded next), `run`. */
  readonly phase: 'idle' | 'restore' | 'run';
  /** Why it does not go on; `none` where it does. */
  readonly stall: string;
  /** Commands that it may still execute in the present millisecond. */
  readonly budget: number;
  /** How work comes to it: ELSP, or a write of RING_TAIL. */
  readonly submission: 'execlists' | 'legacy ring';
  readonly running?: PairValue;
  readonly pending?: PairValue;
  /** Where its commands come from: the ring, then each batch inside of the one before. Empty where it is idle. */
  readonly levels: readonly LevelValue[];
}

/** Contexts that were submitted together. */
export interface PairValue {
  readonly slot: number;
  /** Which of them is the engine's. */
  readonly current: number;
  readonly contexts: readonly ContextValue[];
}

export interface ContextValue {
  /** Graphics address of the image. */
  readonly lrca: number;
  readonly id: number;
  readonly levels: 3 | 4;
}

export interface LevelValue {
  readonly kind: 'ring' | 'batch' | 'second-level batch' | 'indirect context' | 'per-context batch';
  readonly space: 'ggtt' | 'ppgtt';
  /** Graphics address of its first command; in the ring, of the first of the present submission. */
  readonly start: number;
  /** Graphics address of the next command. */
  readonly address: number;
  /** Of a ring: its bounds, and where what was submitted ends. */
  readonly ring?: { readonly start: number; readonly size: number; readonly tail: number };
  /** Of a batch with a length: its end. */
  readonly end?: number;
}

/** What is opened only on request: reading it takes longer. */
export interface EngineDetail {
  readonly name: string;
  /** Of the context that runs; absent where there is none. */
  readonly image?: ImageValue;
  readonly csb: CsbValue;
  readonly statusPage?: StatusPageValue;
  readonly ppgtt?: PpgttValue;
}

export interface ImageValue {
  readonly lrca: number;
  /** Lists of MI_LOAD_REGISTER_IMM, in order; cut where memory is unknown. */
  readonly lists: readonly (readonly ImageRegister[])[];
}

export interface ImageRegister {
  /** By the register tables; the offset in hex where they have none. */
  readonly name: string;
  readonly offset: number;
  /** Undefined where memory is unknown. */
  readonly value: number | undefined;
  /** Graphics address at which the value stands. */
  readonly address: number;
}

export interface CsbValue {
  readonly writePointer: number;
  readonly readPointer: number;
  readonly entries: readonly CsbEntry[];
}

export interface CsbEntry {
  readonly status: number | undefined;
  readonly contextId: number | undefined;
  /** Names of the status bits. */
  readonly meaning: string;
}

export interface StatusPageValue {
  /** Graphics address. */
  readonly address: number;
  /** The copy of the CSB that drivers read. */
  readonly csb: readonly CsbEntry[];
  readonly writePointer: number | undefined;
  /** Dwords 0x30 to 0x3f: where i915 keeps sequence numbers and its preemption marks. */
  readonly dwords: readonly { readonly index: number; readonly value: number | undefined }[];
}

export interface PpgttValue {
  readonly levels: 3 | 4;
  /** PDP0 to PDP3; of a 4-level context the first is its PML4. */
  readonly roots: readonly number[];
  /** Entries of the root table that are present. */
  readonly top: readonly { readonly index: number; readonly low: number; readonly high: number }[];
}

/** Where commands are to be read: from `address` on, as an engine would. */
export interface CommandRange {
  readonly engine: string;
  readonly space: 'ggtt' | 'ppgtt';
  readonly address: number;
  /** Exclusive; absent where a command ends it. */
  readonly end?: number;
  /** Addresses wrap at its end. */
  readonly ring?: { readonly start: number; readonly size: number };
  /** Commands at most. */
  readonly most: number;
  /** Fields and addresses are wanted, too. */
  readonly decode?: boolean;
}

export interface CommandValue {
  readonly address: number;
  /** Bytes; 4 for what is no command. */
  readonly bytes: number;
  /** Name and operands; or why there is nothing. */
  readonly text: string;
  /** Absent where memory is unknown or not mapped. */
  readonly name?: string;
  readonly dwords: readonly number[];
  /** Where they were asked for. */
  readonly fields?: readonly DecodedField[];
  readonly addresses?: readonly DecodedAddress[];
}
