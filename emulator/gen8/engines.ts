import type { EngineRow } from '../mmio/register-row.ts';

/** Command streamers of GT1 and GT2 (gvt-facts §6.1), with their bits in GDRST. */
export const ENGINES: readonly EngineRow[] = [
  { name: 'RCS0', base: 0x2000, resetBit: 1 },
  { name: 'BCS0', base: 0x22000, resetBit: 3 },
  { name: 'VCS0', base: 0x12000, resetBit: 2 },
  { name: 'VECS0', base: 0x1a000, resetBit: 4 },
];

/** GT3 and GT4 have a second video engine. */
export const ENGINES_GT3: readonly EngineRow[] = [
  ...ENGINES,
  { name: 'VCS1', base: 0x1c000, resetBit: 7 },
];
