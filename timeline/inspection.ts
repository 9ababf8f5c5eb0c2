import type {
  CommandValue,
  EngineDetail,
  EngineValue as EngineView,
  Fault,
  HostFileValue as HostFileView,
  HostValue as HostView,
  InterruptGroupValue as InterruptGroupView,
  LevelValue,
  PteValue as PteView,
  ScreenValue as ScreenView,
  ShadowValue as ShadowView,
  WalkStepValue as WalkStep,
} from '../emulator/index.ts';
import type { CommandText } from './command-text.ts';
import type { DataTarget } from './data-target.ts';
import type { FaultView } from './fault-inspection.ts';
import type { Moment } from './moment.ts';
import type { MemorySpace, Value64 } from './value64.ts';

export type * from './command-text.ts';
export type * from './fault-inspection.ts';
export type {
  EngineDetail,
  EngineView,
  HostFileView,
  HostView,
  InterruptGroupView,
  PteView,
  ScreenView,
  ShadowView,
  WalkStep,
};

/** Questions about the present moment; plain data both ways, so that a session can live in another process. */
export type Inspection =
  | { readonly kind: 'access' }
  /** `thread`: an engine's name; absent for the driver. */
  | { readonly kind: 'stack'; readonly thread?: string }
  | { readonly kind: 'engines' }
  | { readonly kind: 'engine'; readonly name: string }
  /** The command that an engine executes next, or the one that stands at a place, as memory is now. */
  | { readonly kind: 'command'; readonly engine: string; readonly at?: InstructionAddress }
  /** `count` commands, of which the one at the address is number `before`; fewer where they are not known. */
  | {
      readonly kind: 'disassembly';
      readonly at: InstructionAddress;
      readonly before: number;
      readonly count: number;
    }
  /** A command document that a stack frame named. */
  | { readonly kind: 'commands'; readonly document: number }
  | { readonly kind: 'blocks' }
  | { readonly kind: 'registers'; readonly block: string }
  | { readonly kind: 'register'; readonly name: string }
  | { readonly kind: 'ggtt'; readonly start: number; readonly count: number }
  | {
      readonly kind: 'walk';
      readonly space: 'ggtt' | 'ppgtt';
      readonly address: number;
      /** Address of a PML4, or an engine that has loaded page tables. */
      readonly root?: number | string;
    }
  | { readonly kind: 'interrupts' }
  /** `pipe` 0 to 2; without it the first that is on. `whose`: the guest's own screen, or that of its host. */
  | { readonly kind: 'screen'; readonly pipe?: number; readonly whose?: 'guest' | 'host' }
  /** What the model keeps of the guest's page tables. */
  | { readonly kind: 'shadow' }
  /** The host that the device shares with others. */
  | { readonly kind: 'host' }
  /** Control and debug files of that host's kernel, below a folder, whose path ends with a slash. */
  | { readonly kind: 'hostFiles'; readonly folder: string }
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
  /** What shows a fault that the next event raises, and what led to it. */
  | { readonly kind: 'fault'; readonly fault: Fault }
  | { readonly kind: 'hash' };

export type InspectionResult<Q extends Inspection> = InspectionResults[Q['kind']];

export interface InspectionResults {
  access: AccessView | undefined;
  stack: StackView;
  engines: readonly EngineView[];
  engine: EngineDetail | undefined;
  command: CommandView | undefined;
  commands: CommandText | undefined;
  disassembly: DisassemblyView;
  blocks: readonly BlockView[];
  registers: readonly RegisterView[];
  register: RegisterView | undefined;
  ggtt: readonly PteView[];
  walk: readonly WalkStep[];
  interrupts: readonly InterruptGroupView[];
  /** Undefined for a device that has no views of its own. */
  screen: ScreenView | undefined;
  /** Undefined for a device that has none. */
  shadow: ShadowView | undefined;
  host: HostView | undefined;
  hostFiles: readonly HostFileView[];
  pvinfo: readonly RegisterView[];
  config: readonly RegisterView[];
  memory: MemoryView;
  evaluate: EvaluateView;
  complete: readonly CompletionView[];
  lastWriter: Moment | undefined;
  fault: FaultView;
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
  /** Its value depends on the device's clock. */
  readonly volatile?: boolean;
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
  /** It has happened; engines do what it set off. */
  readonly done?: boolean;
  /** Engines have so much to do before it that nobody has looked ahead: `after` is unknown. */
  readonly unforeseen?: boolean;
}

export interface StackView {
  /** Top: the command and what it is part of, then the access, then the fold that is part of. */
  readonly frames: readonly StackFrame[];
  /** The driver's own call stack, innermost first, where the recording has it. */
  readonly driver: readonly string[];
}

export interface StackFrame {
  readonly name: string;
  readonly kind: 'command' | 'level' | 'context' | 'access' | 'fold';
  /** For accesses and folds. */
  readonly record: number;
  /** For commands and levels: where they are read. */
  readonly place?: CommandPlace;
  /** Of a level: 0 is the ring. */
  readonly depth?: number;
  /** For commands and levels: the command that is executed next there. */
  readonly instruction?: InstructionAddress;
}

/** Where a command stands, as an engine sees memory. */
export interface InstructionAddress {
  readonly engine: string;
  readonly space: 'ggtt' | 'ppgtt';
  /** Graphics address. */
  readonly address: number;
}

/** Commands around an address. */
export interface DisassemblyView {
  /** In order. Of those that come before the address only such are known as the engine has on its way there. */
  readonly commands: readonly InstructionView[];
  /** Number of the one at the address among them. */
  readonly index: number;
}

export interface InstructionView {
  readonly address: number;
  readonly bytes: number;
  readonly text: string;
  readonly dwords: readonly number[];
  /** There is no command. */
  readonly isInvalid: boolean;
}

/** A line of a command document. */
export interface CommandPlace {
  readonly document: number;
  /** For people: `RCS0 ring at 0x37ffe000`. */
  readonly title: string;
  /** 0-based. */
  readonly line: number;
}

/** A command as it stands in memory, and where; with all its fields, and what it points to. */
export interface CommandView extends Omit<CommandValue, 'fields'> {
  readonly engine: string;
  /** Which open ring or batch it is executed in; absent where that is not asked. */
  readonly level?: LevelValue['kind'];
  readonly space: LevelValue['space'];
  readonly fields: readonly CommandFieldView[];
  readonly state: readonly CommandStateView[];
}

export interface CommandFieldView {
  readonly name: string;
  /** In which it begins, and its bits from there on. */
  readonly dword: number;
  readonly low: number;
  readonly high: number;
  /** With its name where it has one: `1 (Write Immediate Data)`. */
  readonly value: string;
  /** Of a structure. */
  readonly fields: readonly CommandFieldView[];
}

/** A structure, register, program or buffer that a command points to. */
export interface CommandStateView {
  readonly title: string;
  /** Where, how long, and what is wrong. */
  readonly text: string;
  readonly fields: readonly CommandFieldView[];
  /** Of what has no fields: dwords, as far as they are known. */
  readonly words: readonly number[];
}

export interface BlockView {
  readonly name: string;
  readonly registers: number;
  /** Engines come first in the views. */
  readonly kind: 'engine' | 'block';
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
  /** Set where the expression names a place that can be watched. */
  readonly target?: DataTarget;
}

export interface CompletionView {
  readonly label: string;
  readonly kind: 'register' | 'engine' | 'field' | 'space' | 'function' | 'variable';
  readonly detail?: string;
  /** Column range replaced, 0-based. */
  readonly start: number;
  readonly length: number;
}
