import type { ReadHookName, WriteHookName } from './hook-names.ts';

/** Platforms that a row can be for. */
export type Platform = 'bdw' | 'skl' | 'kbl';

/**
 * One row says everything about a register. Rows of engine tables give offsets from the engine's base, all
 * others offsets in BAR0 (GTTMMADR).
 */
export interface RegisterRow {
  /** Intel's name as i915 spells it; no engine prefix (`RING_TAIL`). `reg_002098` where no name is published. */
  readonly name: string;
  /** Bytes; multiple of 4. */
  readonly offset: number;
  /** Consecutive dwords of this kind, 1 if absent. Dword n of several is `NAME[n]`. */
  readonly count?: number;
  /** All platforms if absent. */
  readonly platforms?: readonly Platform[];
  /** `rw` if absent. */
  readonly access?: AccessMode;
  /** Bits that a write leaves alone (`access: 'ro-bits'`). */
  readonly readOnlyMask?: number;
  /** Value at power-on and after a full reset, with the source that says so; 0 if absent. */
  readonly reset?: ResetValue;
  readonly fields?: readonly FieldRow[];
  /** Arithmetic of the access mode comes first, then the hook with the next and the previous value. */
  readonly onWrite?: WriteHookName;
  /** Computes the answer of a read. */
  readonly onRead?: ReadHookName;
  /** Reading has side effects or depends on time: views peek, and say so. */
  readonly volatile?: boolean;
  readonly flags?: readonly RegisterFlag[];
  /** One sentence for hovers. */
  readonly description?: string;
}

/**
 * `masked`: bits 31:16 of what is written select which of bits 15:0 change. `w1c`: a 1 clears the bit.
 * `ro-bits`: `readOnlyMask` keeps.
 * `write-zero`: whatever is written, 0 is stored (self-clearing request bits).
 * `unimplemented`: stored and read back, and using it is reported by name.
 */
export type AccessMode =
  | 'rw'
  | 'ro'
  | 'ro-bits'
  | 'w1c'
  | 'masked'
  | 'write-zero'
  | 'unimplemented';

/** `cmd`: commands may access it (F_CMD_ACCESS). `gmadr`: holds a graphics address. `unalign`: short accesses allowed. `pm-save`, `patch`: as in GVT-g. */
export type RegisterFlag = 'cmd' | 'gmadr' | 'unalign' | 'pm-save' | 'patch';

export interface ResetValue {
  /** Unsigned 32-bit. */
  readonly value: number;
  /** Where it comes from: `gvt-facts §9`, `SKL PRM vol 2c`, `fuse table`. */
  readonly source: string;
}

export interface FieldRow {
  /** lowerCamelCase of Intel's field name (`enable`, `runListEnable`, `headOffset`). */
  readonly name: string;
  /** Inclusive bit positions, 0–31. */
  readonly low: number;
  readonly high: number;
  /** Names of values (`{ 0: 'disabled', 1: 'enabled' }`). */
  readonly values?: Readonly<Record<number, string>>;
  /** Shown shifted left by this many bits, in address-like fields (12 for a page frame). */
  readonly shift?: number;
}

/** A named group of rows, shown as one scope: `Interrupts`, `Power`, `Display pipe A`. */
export interface RegisterBlock {
  readonly name: string;
  readonly rows: readonly RegisterRow[];
}

/** A command streamer of the platform. Engine rows repeat at each base. */
export interface EngineRow {
  /** `RCS0`, `BCS0`, `VCS0`, `VCS1`, `VECS0`. */
  readonly name: string;
  /** BAR0 offset of its registers. */
  readonly base: number;
  /** Bit in GDRST (0x941c). */
  readonly resetBit: number;
}

/** A row that only some engines have names them; all if absent. */
export interface EngineRegisterRow extends RegisterRow {
  readonly engines?: readonly string[];
}
