import type { AccessMode, RegisterRow } from './register-row.ts';

/** Access modes as small numbers, for the hot path. */
export const MODE = {
  rw: 0,
  ro: 1,
  'ro-bits': 2,
  w1c: 3,
  masked: 4,
  'write-zero': 5,
  unimplemented: 6,
} as const satisfies Record<AccessMode, number>;

export function modeOf(row: RegisterRow): number {
  return MODE[row.access ?? 'rw'];
}

/**
 * What a register holds after a write: the arithmetic of all access modes, in one place and before any hook
 * (gvt-facts §2.3). `written` has 0 in bytes that a short access did not touch; `byteMask` has ones in those it
 * did. All numbers are unsigned 32-bit.
 */
export function mergeWrite(
  mode: number,
  previous: number,
  written: number,
  byteMask: number,
  readOnlyMask: number,
): number {
  switch (mode) {
    case MODE.ro:
      return previous;
    case MODE['ro-bits']: {
      const writable = byteMask & ~readOnlyMask;
      return ((previous & ~writable) | (written & writable)) >>> 0;
    }
    case MODE.w1c:
      return (previous & ~written) >>> 0;
    case MODE.masked: {
      // What a short access leaves out is as it was: half of such a register alone selects, or sets, nothing.
      const landed = (previous & ~byteMask) | (written & byteMask);
      const selected = (written >>> 16) & ~readOnlyMask;
      return ((previous & ~selected) | (landed & selected)) >>> 0;
    }
    case MODE['write-zero']:
      return (previous & ~byteMask) >>> 0;
    default:
      return ((previous & ~byteMask) | (written & byteMask)) >>> 0;
  }
}
