import type { FieldRow, Platform } from '../mmio/register-row.ts';

/** What runs commands: the kinds of engine. */
export type EngineClass = 'RCS' | 'BCS' | 'VCS' | 'VECS';

export type CommandFamily = 'MI' | '2D' | '3D' | 'media' | 'MFX' | 'VEBOX';

/** One row says everything about a command (gvt-facts §10). */
export interface CommandRow {
  /** Intel's name; GVT-g's where none is published. */
  readonly name: string;
  readonly family: CommandFamily;
  /** Dword 0 without operands and length; how many bits of it tell the command follows from its type. */
  readonly opcode: number;
  /** All if absent. */
  readonly engines?: readonly EngineClass[];
  /** All if absent. */
  readonly platforms?: readonly Platform[];
  readonly length: CommandLength;
  /** Graphics addresses. */
  readonly addresses?: readonly AddressRow[];
  readonly fields?: readonly CommandFieldRow[];
  /** Operands that come again until the command ends. */
  readonly repeat?: Repeat;
  /** What GVT-g's scanner makes of it; it lets everything else pass. */
  readonly gvt?: GvtAction;
  /** What GVT-g's table calls it, where that differs. */
  readonly gvtName?: string;
}

/**
 * Fixed, or as many dwords as the low `bits` of dword 0 say, plus 2 (`bias`, where it is another); `exactly` where only
 * one length is right.
 */
export type CommandLength =
  | { readonly dwords: number }
  | { readonly bits: number; readonly bias?: number; readonly exactly?: number };

/**
 * `rejected` in every form. `audited`: addresses in the GGTT and registers are checked. `removed`: done at once, and
 * a MI_NOOP on hardware. `unknown`: not in its table, and so rejected too.
 */
export type GvtAction = 'rejected' | 'audited' | 'removed' | 'unknown';

/** A field of a command's dword. */
export interface CommandFieldRow extends FieldRow {
  readonly dword: number;
  /** `register`: BAR0 offset of a register. `signed`: two's complement. */
  readonly kind?: 'register' | 'signed';
  /** The field is there only if all of these hold. */
  readonly when?: readonly DwordTest[];
}

/** A graphics address, in two dwords of which 48 bits count. */
export interface AddressRow {
  /** lowerCamelCase, as of fields: `destination`. */
  readonly name: string;
  /** The first of its dwords. */
  readonly dword: number;
  /** In one dword only: below 4 GiB. */
  readonly short?: boolean;
  /** Its lowest bit; what is below are flags. */
  readonly low: number;
  readonly space: AddressSpace | SpaceBit;
  /** The command has this address only if all of these hold. */
  readonly when?: readonly DwordTest[];
}

export type AddressSpace = 'ggtt' | 'ppgtt';

/** The bit that says in which space an address lies, and what it means if set. */
export interface SpaceBit {
  readonly dword: number;
  readonly bit: number;
  readonly set: AddressSpace;
}

/** Holds where the masked dword has the value, or (`not`) any other. */
export interface DwordTest {
  readonly dword: number;
  readonly mask: number;
  readonly value: number;
  readonly not?: boolean;
}

/** Fields and addresses in `every` dwords from dword `from` come again in the next as many, as often as there are. */
export interface Repeat {
  readonly from: number;
  readonly every: number;
}
