import type { FieldRow, Platform } from '../mmio/register-row.ts';

/** What runs commands: the kinds of engine. */
export type EngineClass = 'RCS' | 'BCS' | 'VCS' | 'VECS';

export type CommandFamily = 'MI' | '2D' | '3D' | 'media' | 'MFX' | 'VEBOX';

/** One row says everything about a command (gvt-facts §10). */
export interface CommandRow {
  /** Intel's name. */
  readonly name: string;
  readonly family: CommandFamily;
  /** Dword 0 without operands and length; how many bits of it tell the command follows from its type. */
  readonly opcode: number;
  /** All if absent. */
  readonly engines?: readonly EngineClass[];
  /** All if absent. */
  readonly platforms?: readonly Platform[];
  readonly length: CommandLength;
  /** First dwords of 64-bit graphics addresses. */
  readonly addresses?: readonly number[];
  readonly fields?: readonly CommandFieldRow[];
  /** What GVT-g's scanner makes of it; it lets everything else pass. */
  readonly gvt?: GvtAction;
  /** What GVT-g's table calls it, where that differs. */
  readonly gvtName?: string;
}

/** Fixed, or as many dwords as the low `bits` of dword 0 say, plus 2; `exactly` where only one length is right. */
export type CommandLength =
  | { readonly dwords: number }
  | { readonly bits: number; readonly exactly?: number };

/**
 * `rejected` in every form. `audited`: addresses in the GGTT and registers are checked. `removed`: done at once, and
 * a MI_NOOP on hardware. `unknown`: not in its table, and so rejected too.
 */
export type GvtAction = 'rejected' | 'audited' | 'removed' | 'unknown';

/** A field of a command's dword. */
export interface CommandFieldRow extends FieldRow {
  readonly dword: number;
}
