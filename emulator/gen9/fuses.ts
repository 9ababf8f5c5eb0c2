import type { PowerOnValue } from './power-on-values.ts';

/**
 * Fuses and straps of a Skylake GT2 part of the i7-6700 class (one slice, three subslices of eight execution units,
 * no eDRAM). GVT-g shows the host's own values, which differ from part to part: where the manual leaves a choice,
 * this table makes it.
 */
export const SKYLAKE_GT2_FUSES: readonly PowerOnValue[] = [
  {
    offset: 0xd00,
    value: 0x8,
    source: 'fuse table: 24 MHz crystal (i915 GEN9_RPM_CONFIG0_CRYSTAL_CLOCK_FREQ_24_MHZ)',
  },
  {
    offset: 0x9120,
    value: 0x02800000,
    source: 'fuse table: slice 0 present, subslice 3 absent (i915 GEN8_F2_S_ENA, GEN9_F2_SS_DIS)',
  },
  { offset: 0x9134, value: 0, source: 'fuse table: no execution unit of slice 0 disabled' },
  { offset: 0x42014, value: 0, source: 'fuse table: nothing of the display disabled' },
  { offset: 0x51000, value: 0, source: 'fuse table: all pipes present, cdclk up to 675 MHz' },
  {
    offset: 0xa26c,
    value: 0,
    source: 'fuse table: timestamps from the crystal clock, shift parameter 0',
  },
  { offset: 0x120010, value: 0, source: 'fuse table: no eDRAM' },
  {
    offset: 0x145998,
    value: 0x00050a16,
    source: 'fuse table: RP0 1100 MHz, RP1 500 MHz, RPn 250 MHz, in units of 50 MHz',
  },
];
