/** Register bases of RCS0, VCS0, VECS0, VCS1 and BCS0 on Gen8 and Gen9 (gvt-facts §6.1). */
export const ENGINE_BASES: readonly number[] = [0x2000, 0x12000, 0x1a000, 0x1c000, 0x22000];
