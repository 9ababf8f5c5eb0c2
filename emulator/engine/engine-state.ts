import type { EngineRow } from '../mmio/register-row.ts';

/** Two dwords as written to ELSP; plain data. */
export interface Descriptor {
  readonly low: number;
  readonly high: number;
}

/** A pair of contexts as it was submitted. */
export interface ContextPair {
  /** One or two; element 0 runs first. */
  readonly elements: readonly Descriptor[];
  /** Which of them is the engine's. */
  current: number;
  /** Which of the two slots it takes, as EXECLIST_STATUS shows it. */
  readonly slot: 0 | 1;
}

/** Where commands come from besides the ring; the innermost is last in `batches`. */
export interface Batch {
  readonly kind: 'batch' | 'second-level batch' | 'indirect context' | 'per-context batch';
  readonly space: GpuSpace;
  /** Graphics address of its first command, ≤ 48 bits; of the last link of a chain. */
  readonly start: number;
  /** Graphics address of the next command. */
  address: number;
  /** Where an indirect context ends, as it has a length; -1 where a command ends it. */
  readonly end: number;
}

export type GpuSpace = 'ggtt' | 'ppgtt';

/**
 * `idle`: nothing to do. `restore`: the context is loaded next. `run`: commands. A context whose ring is empty is
 * saved by its next step.
 */
export type Phase = 'idle' | 'restore' | 'run';

/**
 * Why an engine that has work does not go on. `none`: it does. `budget`: it has executed what it may in this
 * millisecond. `semaphore`: it looks again later. `refused`: GVT-g's scanner did not let the workload pass. That and
 * the others end with a reset only.
 */
export type Stall =
  | 'none'
  | 'budget'
  | 'semaphore'
  | 'memory unknown'
  | 'page fault'
  | 'refused'
  | 'bad command'
  /** It is one of a dump, which shows one moment. */
  | 'captured';

/** One command streamer and its submission port. */
export interface EngineState {
  port: ElspPort;
  running: ContextPair | null;
  pending: ContextPair | null;
  phase: Phase;
  stall: Stall;
  batches: Batch[];
  /** Offset in the ring at which the present submission begins. */
  from: number;
  /** Offset in the ring up to which GVT-g's scanner has looked at the running context's work. */
  scanned: number;
  /** Commands that it may still execute in the present millisecond. */
  budget: number;
  /** MI_SET_PREDICATE: what of the following commands is skipped, bits 3:0. */
  setPredicate: number;
  /** Events that commands of the present workload have asked GVT-g for. */
  eventsDue: string[];
  /** Device time at which the present context came in, for its timestamp. */
  since: number;
  loop: Loop;
  blt: BltSetup;
}

/** What XY_SETUP_… left for the blitter commands behind it. Not part of what contexts save here. */
export interface BltSetup {
  /** Ten dwords of the last XY_SETUP_BLT or XY_SETUP_MONO_PATTERN_SL_BLT; XY_SETUP_CLIP_BLT changes two of them. */
  dwords: number[];
  /** It was the one with a monochrome pattern. */
  monoPattern: boolean;
}

/** Tells an endless batch: it comes back to the same command, and nothing has happened since. */
export interface Loop {
  /** Where the last jump backwards went; -1 after anything that has an effect. */
  target: number;
  rounds: number;
}

export interface ElspPort {
  /** Dwords written, 0–3. */
  written: number;
  dwords: number[];
  /** Last submission taken, descriptor words of element 0 and 1 (low, high, low, high); empty at first. */
  last: number[];
  /** Submissions taken so far. */
  count: number;
}

/**
 * Whether the host lets this vGPU's work onto the engines (gvt-facts §11). `draining`: what has begun ends, and
 * nothing new begins.
 */
export type Gate = 'open' | 'draining' | 'closed';

/**
 * What GVT-g's own copy holds of a register whose reads it passes on to the engine (gvt-facts §6.2: "host-live"): the
 * answer to the last read, or what the guest wrote since. Plain data.
 */
export interface RegisterCopy {
  /** BAR0 offset of the dword. */
  readonly offset: number;
  /** Unsigned. */
  value: number;
}

/** All engines of a vGPU. */
export interface EnginesState {
  gate: Gate;
  /** An engine can take a step at the present device time. */
  work: boolean;
  /** Number of the engine that took the last step, so that they take turns. */
  turn: number;
  /** In the order of the platform's table. */
  each: EngineState[];
  /** GVT-g's own copies of registers that the guest has accessed; none where the model is not the real GVT-g. */
  copies: RegisterCopy[];
}

export function initialEngine(): EngineState {
  return {
    port: { written: 0, dwords: [0, 0, 0, 0], last: [], count: 0 },
    running: null,
    pending: null,
    phase: 'idle',
    stall: 'none',
    batches: [],
    from: 0,
    scanned: 0,
    budget: 0,
    setPredicate: 0,
    eventsDue: [],
    since: 0,
    loop: { target: -1, rounds: 0 },
    blt: { dwords: new Array<number>(10).fill(0), monoPattern: false },
  };
}

export function initialEngines(engines: readonly EngineRow[]): EnginesState {
  return { gate: 'open', work: false, turn: 0, each: engines.map(initialEngine), copies: [] };
}
