import { bit, bits, CMD, fillGaps, GEN9 } from '../gen8/row-helpers.ts';
import type { FieldRow, RegisterBlock, RegisterRow } from '../mmio/register-row.ts';

const FIELDS: readonly FieldRow[] = [
  bits('selfSnoopControl', 18, 17),
  bit('skipCacheControl', 7),
  bits('lruAge', 5, 4),
  bits('target', 3, 2, { 0: 'by page table', 1: 'LLC', 2: 'LLC and eLLC', 3: 'eLLC' }),
  bits('cacheability', 1, 0, { 0: 'by page table', 1: 'UC', 2: 'WT', 3: 'WB' }),
];

/** Two entries of the L3 table share a dword. */
const L3_FIELDS: readonly FieldRow[] = [0, 16].flatMap((low, half) => {
  const entry = half === 0 ? 'even' : 'odd';
  return [
    bits(`${entry}Cacheability`, low + 5, low + 4, { 0: 'direct', 1: 'UC', 3: 'WB' }),
    bits(`${entry}SkipControl`, low + 3, low + 1),
    bit(`${entry}SkipEnable`, low),
  ];
});

/** Memory object control of an engine: 64 entries (gvt-facts §6.1). */
function table(name: string, offset: number): RegisterRow {
  return { name, offset, count: 64, fields: FIELDS };
}

const TABLES: readonly RegisterRow[] = fillGaps('GEN9_MOCS', 0xc800, 0xcff8, [
  table('GEN9_GFX_MOCS', 0xc800),
  table('GEN9_MFX0_MOCS', 0xc900),
  table('GEN9_MFX1_MOCS', 0xca00),
  table('GEN9_VEBOX_MOCS', 0xcb00),
  table('GEN9_BLT_MOCS', 0xcc00),
]);

export const MOCS_REGISTERS: RegisterBlock = {
  name: 'MOCS',
  rows: [{ name: 'GEN9_LNCFCMOCS', offset: 0xb020, count: 32, fields: L3_FIELDS }, ...TABLES].map(
    (row) => ({ ...row, platforms: GEN9, flags: CMD }),
  ),
};
