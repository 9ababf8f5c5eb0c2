import type { FieldRow, RegisterBlock, RegisterRow } from '../mmio/register-row.ts';
import { bit, bits, fillGaps } from './row-helpers.ts';

const BASE = 0x140000;
const SIZE = 0x40000;

const WIDTHS = { 0: 'x8', 1: 'x16', 2: 'x32' };

const DIMM_FIELDS: readonly FieldRow[] = [
  bit('smallRanks', 26, { 0: '1', 1: '2' }),
  bits('smallWidth', 25, 24, WIDTHS),
  bits('smallSize', 21, 16),
  bit('largeRanks', 10, { 0: '1', 1: '2' }),
  bits('largeWidth', 9, 8, WIDTHS),
  bits('largeSize', 5, 0),
];

/** What i915 reads of the memory controller through its mirror (i915 intel_mchbar_regs.h). */
const NAMED: readonly RegisterRow[] = [
  {
    name: 'SKL_MAD_INTER_CHANNEL',
    offset: 0x5000,
    fields: [bits('ddrType', 1, 0, { 0: 'DDR4', 1: 'DDR3', 2: 'LPDDR3', 3: 'LPDDR4' })],
  },
  { name: 'SKL_MAD_DIMM_CH0', offset: 0x500c, fields: DIMM_FIELDS },
  { name: 'SKL_MAD_DIMM_CH1', offset: 0x5010, fields: DIMM_FIELDS },
  { name: 'PCU_PACKAGE_POWER_SKU_UNIT', offset: 0x5938 },
  { name: 'PCU_PACKAGE_ENERGY_STATUS', offset: 0x593c },
  { name: 'GEN6_GT_PERF_STATUS', offset: 0x5948 },
  { name: 'GEN6_RP_STATE_LIMITS', offset: 0x5994 },
  {
    name: 'GEN6_RP_STATE_CAP',
    offset: 0x5998,
    // Units of 50 MHz.
    fields: [bits('rpn', 23, 16), bits('rp1', 15, 8), bits('rp0', 7, 0)],
    description: 'Lowest, efficient and highest frequency of the part.',
  },
  { name: 'PCU_PACKAGE_RAPL_LIMIT', offset: 0x59a0 },
  { name: 'MCH_SSKPD', offset: 0x5d10, count: 2 },
  {
    name: 'SKL_MC_BIOS_DATA',
    offset: 0x5e04,
    fields: [bits('requestedFrequency', 3, 0)],
  },
  { name: 'D_COMP_HSW', offset: 0x5f0c },
];

export const MCHBAR_REGISTERS: RegisterBlock = {
  name: 'MCHBAR mirror',
  rows: fillGaps(
    'MCHBAR',
    BASE,
    BASE + SIZE,
    NAMED.map((row) => ({ ...row, offset: row.offset + BASE })),
  ),
};
