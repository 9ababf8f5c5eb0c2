import { GEN9 } from '../gen8/row-helpers.ts';
import type { RegisterBlock } from '../mmio/register-row.ts';

/** Display microcontroller: firmware memory, and where it starts (gvt-facts §2.1). */
export const DMC_REGISTERS: RegisterBlock = {
  name: 'DMC',
  rows: [
    { name: 'DMC_PROGRAM', offset: 0x80000, count: 0xc00, platforms: GEN9 },
    { name: 'DMC_HTP_SKL', offset: 0x8f004, platforms: GEN9 },
    { name: 'DMC_LAST_WRITE', offset: 0x8f034, platforms: GEN9 },
    { name: 'DMC_SSP_BASE', offset: 0x8f074, platforms: GEN9 },
  ],
};
