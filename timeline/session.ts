import type { DeviceDescription, TraceDiagnostic } from '../trace/index.ts';

/**
 * A place in a session's history: records before `record` have been applied, and after them `event` device
 * events (commands, alarms). With engines idle, `event` is 0.
 */
export interface Moment {
  readonly record: number;
  readonly event: number;
}

/** Polled during long work; the work stops soon after it turns true. */
export interface CancellationToken {
  readonly cancelled: boolean;
}

export type Direction = 'forward' | 'backward';
/**
 * `next`/`back`: one row (a fold counts as one; skipped registers are passed over).
 * `in`/`backIn`: one record, into folds and skipped registers. `out`/`backOut`: past the fold's end / to its start.
 */
export type StepKind = 'next' | 'back' | 'in' | 'backIn' | 'out' | 'backOut';

export type StopReason = 'entry' | 'step' | 'breakpoint' | 'pause' | 'goto' | 'start' | 'end';

export interface Stop {
  readonly reason: StopReason;
  readonly moment: Moment;
  /** Ids of the breakpoints that stopped here; empty for other reasons. */
  readonly breakpointIds: readonly number[];
  /** For people: `RCS0.RING_TAIL write 0x40 (was 0x0)`. */
  readonly text?: string;
}

export type AccessFilter = 'read' | 'write' | 'readWrite';

/** What a data breakpoint watches. Bits are inclusive positions in the dword at `address`. */
export interface DataTarget {
  readonly space: 'mmio' | 'config' | 'ggtt' | 'memory';
  /** BAR0 offset, config offset, graphics address of the page whose PTE is meant, guest physical address. */
  readonly address: number;
  /** Bytes. */
  readonly size: number;
  readonly bits?: { readonly low: number; readonly high: number };
}

export type BreakpointPlace =
  | { readonly kind: 'record'; readonly record: number }
  /** `RCS0.ELSP`, `RING_*`, `0x44200`, `0xc5010-0xc5027`. */
  | { readonly kind: 'register'; readonly pattern: string; readonly access: AccessFilter }
  /** `write` stops at any write, `change` only where the watched bits change, whatever changed them. */
  | {
      readonly kind: 'data';
      readonly target: DataTarget;
      readonly access: AccessFilter | 'change';
    };

export interface Breakpoint {
  readonly id: number;
  readonly place: BreakpointPlace;
  /** Expression; stops where it is true. `value` and `old` name the access's new and previous value. */
  readonly condition?: string;
  /** `5`, `>= 5`, `% 10`: hits are counted from the start of the recording, so that they mean the same in both directions. */
  readonly hitCondition?: string;
  /** Logged instead of stopping; `{expression}` is filled in. */
  readonly logMessage?: string;
}

export interface BreakpointStatus {
  readonly id: number;
  readonly verified: boolean;
  /** What it resolved to, or why it cannot be. */
  readonly message?: string;
}

export interface LogEntry {
  readonly moment: Moment;
  readonly breakpointId: number;
  readonly text: string;
}

export interface SessionListener {
  log?(entry: LogEntry): void;
  /** Long work: fraction 0–1 done. */
  progress?(fraction: number): void;
}

/** Timeline beside the device: asynchronous and cancellable, whatever process the device lives in. */
export interface TimelineSession {
  readonly summary: TraceSummary;
  readonly position: Moment;

  resume(direction: Direction, token: CancellationToken): Promise<Stop>;
  step(kind: StepKind, token: CancellationToken): Promise<Stop>;
  seek(moment: Moment, token: CancellationToken): Promise<Stop>;
  setBreakpoints(breakpoints: readonly Breakpoint[]): Promise<readonly BreakpointStatus[]>;
  setListener(listener: SessionListener | undefined): void;
  setSkip(patterns: readonly string[]): Promise<readonly { pattern: string; message: string }[]>;

  inspect<Q extends Inspection>(query: Q): Promise<InspectionResult<Q>>;
  /** Change state at the present moment; what comes later is replayed on it. */
  poke(target: PokeTarget, value: Value64): Promise<Value64>;
  close(): Promise<void>;
}

/** An unsigned value of up to 64 bits. `known` false: nobody has shown what is there. */
export interface Value64 {
  readonly low: number;
  readonly high: number;
  readonly known: boolean;
}

export interface TraceSummary {
  readonly name: string;
  /** Format id, e.g. `vgpu`, `mmiotrace`. */
  readonly format: string;
  readonly records: number;
  readonly accesses: number;
  readonly device: DeviceDescription;
  readonly diagnostics: readonly TraceDiagnostic[];
}

export type PokeTarget =
  | { readonly kind: 'expression'; readonly expression: string }
  | {
      readonly kind: 'memory';
      readonly space: MemorySpace;
      readonly address: number;
      readonly size: number;
    };

export type MemorySpace = 'mmio' | 'aperture' | 'config' | 'memory' | 'ggtt';

/** Questions about the present moment; plain data both ways, so that a session can live in another process. */
export type Inspection =
  | { readonly kind: 'access' }
  | { readonly kind: 'stack' }
  | { readonly kind: 'blocks' }
  | { readonly kind: 'registers'; readonly block: string }
  | { readonly kind: 'register'; readonly name: string }
  | { readonly kind: 'ggtt'; readonly start: number; readonly count: number }
  | {
      readonly kind: 'walk';
      readonly space: 'ggtt' | 'ppgtt';
      readonly address: number;
      readonly root?: number;
    }
  | { readonly kind: 'interrupts' }
  | { readonly kind: 'pvinfo' }
  | { readonly kind: 'config' }
  | {
      readonly kind: 'memory';
      readonly space: MemorySpace;
      readonly address: number;
      readonly count: number;
    }
  | { readonly kind: 'evaluate'; readonly expression: string }
  | { readonly kind: 'complete'; readonly text: string; readonly column: number }
  | {
      readonly kind: 'lastWriter';
      readonly offset: number;
      readonly bits?: { low: number; high: number };
    }
  | { readonly kind: 'hash' };

export type InspectionResult<Q extends Inspection> = InspectionResults[Q['kind']];

export interface InspectionResults {
  access: AccessView | undefined;
  stack: StackView;
  blocks: readonly BlockView[];
  registers: readonly RegisterView[];
  register: RegisterView | undefined;
  ggtt: readonly PteView[];
  walk: readonly WalkStep[];
  interrupts: readonly InterruptGroupView[];
  pvinfo: readonly RegisterView[];
  config: readonly RegisterView[];
  memory: MemoryView;
  evaluate: EvaluateView;
  complete: readonly CompletionView[];
  lastWriter: Moment | undefined;
  hash: string;
}

export interface FieldView {
  readonly name: string;
  readonly low: number;
  readonly high: number;
  readonly value: number;
  /** Value before the current access, where there is one and it differs. */
  readonly next?: number;
  /** Name of the value, where the table has one (`enabled`). */
  readonly meaning?: string;
}

export interface RegisterView {
  /** Full name, `RCS0.RING_TAIL`; with the offset in hex where it has none. */
  readonly name: string;
  readonly offset: number;
  /** Bytes. */
  readonly size: number;
  readonly value: Value64;
  readonly access: string;
  readonly fields: readonly FieldView[];
  readonly description?: string;
}

export interface AccessView {
  readonly record: number;
  readonly line: number;
  readonly timeNs: number;
  readonly direction: 'read' | 'write';
  readonly space: string;
  readonly offset: number;
  readonly size: number;
  /** Written value, or recorded answer. */
  readonly value: Value64;
  /** What the device holds there now; what it will answer or hold after. */
  readonly before: Value64;
  readonly after: Value64;
  /** `RCS0.RING_TAIL`, `ggtt[0x1000] low half`, `aperture 0x4000000 → 0x1234000`. */
  readonly name: string;
  readonly register?: RegisterView;
  /** For a read: how the model's answer compares with the recorded one. */
  readonly comparison?: 'equal' | 'volatile' | 'forced' | 'explained' | 'different' | 'unknown';
  readonly fields: readonly FieldView[];
}

export interface StackView {
  /** Top: the access; below: the fold it is part of. */
  readonly frames: readonly {
    readonly name: string;
    readonly record: number;
    readonly kind: 'access' | 'fold';
  }[];
  /** The driver's own call stack, innermost first, where the recording has it. */
  readonly driver: readonly string[];
}

export interface BlockView {
  readonly name: string;
  readonly registers: number;
  /** Engines come first in the views. */
  readonly kind: 'engine' | 'block';
}

export interface PteView {
  readonly index: number;
  readonly graphicsAddress: number;
  readonly entry: Value64;
  readonly present: boolean;
  readonly frame: number;
  /** `aperture`, `hidden`, or `not owned`. */
  readonly owner: string;
  /** What stands at the frame: `known`, `unknown`, `partly known`. */
  readonly target: string;
}

export interface WalkStep {
  readonly level: string;
  readonly index: number;
  readonly tableAddress: number;
  readonly entry: Value64;
  readonly result: string;
}

export interface InterruptGroupView {
  readonly name: string;
  readonly base: number;
  readonly isr: number;
  readonly imr: number;
  readonly iir: number;
  readonly ier: number;
  /** One row per event bit with a name. */
  readonly events: readonly {
    readonly bit: number;
    readonly name: string;
    readonly state: string;
  }[];
}

export interface MemoryView {
  readonly address: number;
  readonly bytes: Uint8Array;
  /** One flag per byte: 1 known, 0 unknown. */
  readonly known: Uint8Array;
}

export interface EvaluateView {
  /** Absent where the expression has no value (a log). */
  readonly value?: Value64 | undefined;
  /** Formatted, with names: `0x80008000`, `unknown`, `true`. */
  readonly text: string;
  readonly type: 'number' | 'boolean' | 'unknown' | 'string';
  readonly register?: RegisterView;
  /** Set where the value stands in memory that can be opened. */
  readonly memory?: { readonly space: MemorySpace; readonly address: number };
}

export interface CompletionView {
  readonly label: string;
  readonly kind: 'register' | 'engine' | 'field' | 'space' | 'function' | 'variable';
  readonly detail?: string;
  /** Column range replaced, 0-based. */
  readonly start: number;
  readonly length: number;
}
