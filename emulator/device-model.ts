import type { AccessRun, RunProgress } from './access-columns.ts';
import type { Evidence } from './evidence.ts';
import type { ListenerInterest } from './listener-interest.ts';
import type { BarChange } from './services.ts';

/**
 * What a timeline needs of a device. Synchronous; all state can be enumerated, saved and restored.
 * The bundled vGPU is one implementation.
 */
export interface DeviceModel {
  /** A guest read, side effects included. */
  read(space: AccessSpace, offset: number, size: number): Answer;
  /** For models that answer from the recording: what the next read was answered. Called before each read. */
  recordedAnswer?(answer: Answer): void;
  /** A guest write. `high` is the upper dword of an 8-byte access, else 0. */
  write(space: AccessSpace, offset: number, size: number, low: number, high: number): void;
  /**
   * 4-byte guest writes through BAR2 at the addresses from `first` on, below `end`: as `write` one by one, and much
   * quicker. Answers how many it took; the next one is for `write`.
   */
  writeApertureRun?(
    addresses: Uint32Array,
    values: Uint32Array,
    first: number,
    end: number,
  ): number;
  /**
   * Guest accesses of 4 bytes in BAR0 from `first` on, below `end`, at the present time: as `read` and `write` one by
   * one, and much quicker, where nobody wants the answers. Answers how many it took: the next one is for `read` or
   * `write`, unless the last has given an engine work, or a listener has set `halted` during it.
   */
  runAccesses?(run: AccessRun, first: number, end: number, progress: RunProgress): number;
  /** Guest memory as the recording shows it: these bytes are known from now on. */
  showMemory(address: number, bytes: Uint8Array): void;
  /**
   * Moves the device clock forward to `ns` (never back); alarms that fall due fire in order. Returns false where it
   * stopped at an alarm that gave an engine work: that is to be done before the clock goes on.
   */
  advanceTo(ns: number): boolean;

  /** An engine has something to do at the present device time. Accesses and alarms only say what; steps do it. */
  readonly hasWork: boolean;
  /** One event of work: a command, a context loaded or saved. */
  stepWork(): void;
  /** All that engines can do at the present device time. */
  runWork(): void;
  /** What the next step will be, in brief; undefined without work. Asked before each step that may be stopped at. */
  nextWork(): WorkBrief | undefined;
  /** The same with the command as it stands in memory. Nothing changes. */
  viewWork(): WorkView | undefined;
  /** An engine cannot go on, as it needs memory that no recording has shown. */
  readonly lacksMemory: boolean;

  /** Look without side effects, for debuggers. */
  peek(space: PeekSpace, address: number, size: number): Answer;
  /**
   * Of the real GVT-g: what its own copy of a register holds, where that follows the engine only when the guest reads
   * it. Undefined for all other registers.
   */
  copyOf?(offset: number): number | undefined;
  /** Change without side effects, for debuggers. Returns false where nothing can be changed. */
  poke(space: PeekSpace, address: number, size: number, low: number, high: number): boolean;

  /** The one listener; undefined for none. It must not call back into the device's guest side. */
  setListener(listener: DeviceListener | undefined): void;

  /** Of a device that several guests share: each guest's own, in the order of their numbers. */
  readonly guests?: readonly DeviceModel[];
  /** Of such a device: from now on accesses are those of the guest with this number. No state: replay says it. */
  turnTo?(guest: number): void;
  /** Of such a device: `peek` and `poke` mean this guest; undefined: the one whose event comes next. No state. */
  lookAs?(guest: number | undefined): void;

  /**
   * Of a device with a host around it: writes a file by which the host's kernel is steered. Undefined where that has
   * an effect; else a sentence that says why not.
   */
  writeHostFile?(path: string, text: string): string | undefined;

  save(): DeviceSnapshot;
  restore(snapshot: DeviceSnapshot): void;
  /** 32 hex digits over everything that `restore` restores. */
  hash(): string;
  /** Device clock, in nanoseconds since power-on. */
  readonly now: number;
}

/** An event of work that is about to happen. */
export interface WorkBrief {
  /** `RCS0` … */
  readonly engine: string;
  /** `restore`, `save`: a context comes in, or is done. `idle`: a ring without context has run dry. */
  readonly kind: 'restore' | 'command' | 'save' | 'idle';
  /** Of the command; absent where its memory cannot be seen, or holds no command. */
  readonly name?: string;
  /** Batches that are open: 0 in the ring. */
  readonly depth: number;
  /** Of a command: where it stands, as a graphics address. */
  readonly space?: 'ggtt' | 'ppgtt';
  readonly address?: number;
  /** Of a command in a context's PPGTT: graphics address of the context's image; absent without contexts. */
  readonly context?: number;
}

export interface WorkView extends WorkBrief {
  /** Absent where the command's memory cannot be seen. */
  readonly command?: CommandEvent;
}

/** BAR0, BAR2 (graphics address), PCI configuration space, BAR4. */
export type AccessSpace = 'mmio' | 'aperture' | 'config' | 'io';
/** What a debugger can look into besides: guest physical memory, graphics memory through the GGTT. */
export type PeekSpace = AccessSpace | 'memory' | 'ggtt';

/** A value of 1 to 8 bytes. `known` false: no recording has shown what is there; low and high are then 0. */
export interface Answer {
  readonly low: number;
  readonly high: number;
  readonly known: boolean;
}

/** Opaque to all but the device that made it. */
export interface DeviceSnapshot {
  /** Bytes that this snapshot holds and shares with no older one; for checkpoint budgets. */
  readonly ownBytes: number;
}

/** Every event that is worth a debugger's eye. Methods are called synchronously, in device order. */
export interface DeviceListener {
  /** Absent: all that it has a method for. It must not change while it listens. */
  readonly interest?: ListenerInterest;
  /** A register's stored value changed (by guest, alarm, reset or command). Offset is that of the dword in BAR0. */
  registerChanged?(offset: number, previous: number, next: number): void;
  /** A GGTT entry's value changed; index counts 8-byte entries. */
  ggttEntryChanged?(index: number, low: number, high: number): void;
  /** The device or the guest (through the aperture) wrote guest memory. */
  memoryWritten?(address: number, size: number): void;
  configChanged?(offset: number, previous: number, next: number): void;
  /** A window of the device came into guest memory, or went. */
  barMapped?(change: BarChange): void;
  /** The guest's driver said whether its display is ready. */
  displayReady?(event: { readonly vgpu: number; readonly ready: boolean }): void;
  /** An interrupt left the device, or would have (`delivered` false: why says what stopped it). */
  interrupt?(event: InterruptEvent): void;
  /** The guest wrote an interrupt register. */
  interruptRegister?(event: InterruptRegisterEvent): void;
  fault?(fault: Fault): void;
  /** An engine's address was translated, as GVT-g's event gma_translate says it. */
  addressTranslated?(event: TranslationEvent): void;
  /** The shadow of the guest's page tables changed. */
  shadow?(event: ShadowEvent): void;
  /** Four ELSP dwords were taken as a submission. */
  submission?(submission: Submission): void;
  /** GVT-g's scanner looks at a command of a workload, as its event gvt_command says it. */
  scanned?(command: CommandEvent): void;
  /** A command is about to be executed. */
  command?(command: CommandEvent): void;
  /** A command reads or writes a register. */
  commandRegister?(access: CommandRegisterEvent): void;
  /** An engine wrote a dword of memory. `memoryWritten` follows. */
  deviceWrite?(write: DeviceWriteEvent): void;
}

export interface CommandEvent {
  /** `RCS0` … */
  readonly engine: string;
  /** Intel's name: `MI_BATCH_BUFFER_START`. */
  readonly name: string;
  readonly level:
    | 'ring'
    | 'batch'
    | 'second-level batch'
    | 'indirect context'
    | 'per-context batch';
  readonly space: 'ggtt' | 'ppgtt';
  /** Graphics address of its first dword, ≤ 48 bits. */
  readonly address: number;
  /** Bytes from the ring's start; 0 in batches. */
  readonly offset: number;
  /** Unsigned. */
  readonly dwords: readonly number[];
}

export interface TranslationEvent {
  readonly engine: string;
  readonly space: 'ggtt' | 'ppgtt';
  /** Graphics address. */
  readonly address: number;
  /** Guest physical address. */
  readonly physical: number;
}

/** As GVT-g's events spt_alloc, spt_free, spt_refcount, spt_change and spt_guest_change (gvt-facts §13.1). */
export type ShadowEvent =
  | {
      readonly kind: 'alloc' | 'free';
      /** Guest page frame number of the table. */
      readonly frame: number;
      /** Number of its type, 14 to 17. */
      readonly type: number;
    }
  | {
      readonly kind: 'refcount';
      readonly tag: 'inc' | 'dec';
      readonly frame: number;
      readonly before: number;
      readonly after: number;
    }
  | {
      readonly kind: 'change';
      readonly tag: 'born' | 'new' | 'die' | 'release';
      readonly frame: number;
      readonly type: number;
    }
  | {
      readonly kind: 'guest-change';
      readonly tag:
        | 'add'
        | 'remove'
        | 'shadow_ppgtt_mm'
        | 'populate root pointer'
        | 'destroy root pointer';
      /** Absent for root pointers. */
      readonly frame?: number;
      readonly type: number;
      readonly low: number;
      readonly high: number;
      readonly index: number;
    };

export interface CommandRegisterEvent {
  readonly engine: string;
  readonly direction: 'read' | 'write';
  /** BAR0 offset. */
  readonly offset: number;
  readonly value: number;
}

export interface DeviceWriteEvent {
  readonly engine: string;
  readonly space: 'ggtt' | 'ppgtt';
  /** Graphics address, multiple of 4. */
  readonly address: number;
  /** Guest physical address. */
  readonly physical: number;
  readonly value: number;
}

export interface InterruptEvent {
  /** `intx`: the level of INTA# has changed. */
  readonly kind: 'msi' | 'event' | 'intx';
  /** Event name (`RCS0 context switch`), `MSI` or `INTx`. */
  readonly name: string;
  readonly delivered: boolean;
  /** For an event that was dropped or an MSI that was not sent: what stopped it. */
  readonly why?: string;
  readonly address?: number;
  readonly data?: number;
  /** Of INTA#. */
  readonly level?: 0 | 1;
}

export type InterruptRegisterName = 'IMR' | 'IER' | 'IIR' | 'MASTER_IRQ';

export interface InterruptRegisterEvent {
  readonly name: InterruptRegisterName;
  /** BAR0 offset. */
  readonly offset: number;
  readonly written: number;
  readonly previous: number;
  /** Bits in which the two differ. */
  readonly changed: number;
}

/** One breaking of a rule, with what shows it. */
export interface Fault extends Evidence {
  /** Row id in the table of checks, e.g. `read-only-write`. */
  readonly check: string;
  /** What happened, with names and values. */
  readonly message: string;
  /** The most telling place of the evidence: graphics or guest address, register or configuration offset. */
  readonly address?: number;
  /** Of a device that several guests share: whose it is, by number. */
  readonly whose?: number;
}

export interface Submission {
  /** `RCS0` … */
  readonly engine: string;
  /** As of a fault. */
  readonly whose?: number;
  /** Context descriptors as written to ELSP: element 0 runs first. */
  readonly elements: readonly ContextDescriptor[];
}

export interface ContextDescriptor {
  readonly low: number;
  readonly high: number;
}
