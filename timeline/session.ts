import type { Fault } from '../emulator/index.ts';
import type { DeviceDescription, TraceDiagnostic } from '../trace/index.ts';
import type { DataTarget } from './data-target.ts';
import type { Inspection, InspectionResult } from './inspection.ts';
import type { Moment } from './moment.ts';
import type { MemorySpace, Value64 } from './value64.ts';

export type * from './data-target.ts';
export type * from './inspection.ts';
export type { Moment } from './moment.ts';
export type * from './value64.ts';

/** Polled during long work; the work stops soon after it turns true. */
export interface CancellationToken {
  readonly cancelled: boolean;
}

export type Direction = 'forward' | 'backward';
/**
 * At a record, for the driver's thread: `next`/`back`: one row (a fold counts as one; skipped registers are passed over).
 * `in`/`backIn`: one record, into folds and skipped registers, and into the work that it or an alarm before the next sets off. `out`/`backOut`:
 * past the fold's end / to its start. Inside of a record, for an engine's thread: `in`/`back`/`backIn`: one event;
 * `next`: one command, with the batch that it starts; `out`: to the end of the batch, of the context, of the
 * submission; `backOut`: to the start of the batch or ring.
 */
export type StepKind = 'next' | 'back' | 'in' | 'backIn' | 'out' | 'backOut';

export type StopReason = 'entry' | 'step' | 'breakpoint' | 'pause' | 'goto' | 'start' | 'end';

export interface Stop {
  readonly reason: StopReason;
  readonly moment: Moment;
  /** The engine whose event comes next; absent where it is the driver's. */
  readonly thread?: string;
  /** With several guests: whose record comes next; absent at the end. */
  readonly guest?: number;
  /** Ids of the breakpoints that stopped here; empty for other reasons. */
  readonly breakpointIds: readonly number[];
  /** For people: `RCS0.RING_TAIL write 0x40 (was 0x0)`. */
  readonly text?: string;
  /** Those of the event that comes next for which fault breakpoints stopped; absent without. */
  readonly faults?: readonly Fault[];
}

export type AccessFilter = 'read' | 'write' | 'readWrite';

export type BreakpointPlace =
  | { readonly kind: 'record'; readonly record: number }
  /** `RCS0.ELSP`, `RING_*`, `0x44200`, `0xc5010-0xc5027`. */
  | { readonly kind: 'register'; readonly pattern: string; readonly access: AccessFilter }
  /** `write` stops at any write, `change` only where the watched bits change, whatever changed them. */
  /** A register's or command's name, or a glob that fits both. */
  | { readonly kind: 'name'; readonly pattern: string }
  /** `PIPE_CONTROL`, `MI_*`, `RCS0:3DSTATE_*`: before an engine executes it. */
  | { readonly kind: 'command'; readonly pattern: string }
  /** The command that stands at a graphics address, before an engine executes it. */
  | {
      readonly kind: 'instruction';
      readonly engine: string;
      readonly space: 'ggtt' | 'ppgtt';
      readonly address: number;
      /** Graphics address of the image of the context whose PPGTT is meant; absent: whichever context runs. */
      readonly context?: number;
    }
  /** `RCS0 user interrupt`, `*vblank`, `MSI`: before the event that raises it; `dropped`: but the guest does not get it. */
  | { readonly kind: 'interrupt'; readonly pattern: string; readonly dropped?: boolean }
  /** A fault of one of these checks, by id: before the event that raises it. */
  | { readonly kind: 'fault'; readonly checks: readonly string[] }
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

/** A fault that running forwards came upon. */
export interface FaultEntry {
  /** Before the event that raised it. */
  readonly moment: Moment;
  readonly fault: Fault;
}

export interface SessionListener {
  log?(entry: LogEntry): void;
  /** Each fault once, however often it is passed. */
  fault?(entry: FaultEntry): void;
  /** Long work: fraction 0–1 done. */
  progress?(fraction: number): void;
}

/** Timeline beside the device: asynchronous and cancellable, whatever process the device lives in. */
export interface TimelineSession {
  readonly summary: TraceSummary;
  readonly position: Moment;

  resume(direction: Direction, token: CancellationToken): Promise<Stop>;
  /**
   * `thread`: an engine's name; absent for the driver. With several guests each has a driver, called as the summary
   * says, and the other guests go on as recorded.
   */
  step(kind: StepKind, token: CancellationToken, thread?: string): Promise<Stop>;
  /** Back to the first command of an engine's open batch (1 and up) or of its ring (0). */
  restartLevel(thread: string, depth: number, token: CancellationToken): Promise<Stop>;
  seek(moment: Moment, token: CancellationToken): Promise<Stop>;
  setBreakpoints(breakpoints: readonly Breakpoint[]): Promise<readonly BreakpointStatus[]>;
  setListener(listener: SessionListener | undefined): void;
  setSkip(patterns: readonly string[]): Promise<readonly { pattern: string; message: string }[]>;

  /** `guest`: of several, the one that is meant; if absent, the one whose event comes next. */
  inspect<Q extends Inspection>(query: Q, guest?: number): Promise<InspectionResult<Q>>;
  /** Change state at the present moment; what comes later is replayed on it. */
  poke(target: PokeTarget, value: Value64, guest?: number): Promise<Value64>;
  /**
   * Writes a control file of the host at the present moment, as `poke` changes state. Rejects with a sentence where
   * it has no effect.
   */
  writeHostFile(path: string, text: string): Promise<void>;
  close(): Promise<void>;
}

export interface TraceSummary {
  readonly name: string;
  /** Format id, e.g. `vgpu`, `mmiotrace`. */
  readonly format: string;
  readonly records: number;
  readonly accesses: number;
  readonly device: DeviceDescription;
  readonly diagnostics: readonly TraceDiagnostic[];
  /** Of several recordings on one host: each of them. Empty for one. */
  readonly guests: readonly GuestSummary[];
}

export interface GuestSummary {
  /** Its vGPU and its driver's thread: `vGPU1`. */
  readonly name: string;
  /** Of the recording. */
  readonly trace: string;
  readonly records: number;
}

export type PokeTarget =
  | { readonly kind: 'expression'; readonly expression: string }
  | {
      readonly kind: 'memory';
      readonly space: MemorySpace;
      readonly address: number;
      readonly size: number;
    };
