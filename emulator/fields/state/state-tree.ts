import type { FieldValue } from '../decode-group.ts';

export type Space = 'ggtt' | 'ppgtt';

/** Memory as a device sees it at one moment. */
export interface CommandMemory {
  /** Dword at a graphics address of at most 48 bits; undefined where nobody has shown it, or nothing is mapped. */
  dword(space: Space, address: number): number | undefined;
}

/** What a command points to, or what it loads into a register. */
export interface StateTree {
  readonly kind: 'struct' | 'register' | 'kernel' | 'buffer';
  /** `BLEND_STATE_ENTRY 0`, `SIMD8 vertex shader`, `vertex buffer 1`. */
  readonly title: string;
  /** Graphics address; BAR0 offset of a register. */
  readonly address: number;
  /** From the base address that the command's pointer counts from, where it counts from one. */
  readonly offset?: number;
  /** Bytes of one number in it, where it is a list of unsigned ones. */
  readonly elementBytes?: 1 | 2 | 4;
  /** Bytes, also of what is not shown. */
  readonly bytes: number;
  /** What stands there, up to what is not known. */
  readonly words: readonly number[];
  readonly fields: readonly FieldValue[];
  /** Why it is not shown, or not whole. */
  readonly problem?: string;
}
