/** Command types, dword 0 bits 31:29, and the bits that tell their commands apart (gvt-facts §10.1). */
const OPCODE_MASKS: Readonly<Record<number, number>> = {
  0: 0xff800000,
  2: 0xffc00000,
  3: 0xffff0000,
};

/** Bits of dword 0 that tell a command of this one's type from others; none where there is no such type. */
export function opcodeMask(dword: number): number {
  return OPCODE_MASKS[dword >>> 29] ?? 0;
}
