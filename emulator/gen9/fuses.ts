import type { PowerOnValue } from '../mmio/power-on-values.ts';

/**
 * Fuses and straps that parts of one platform share. GVT-g shows the host's own values, which differ from part to
 * part: where the manual leaves a choice, these tables make it. Slices and execution units follow from the GT level.
 */
const COMMON: readonly PowerOnValue[] = [
  {
    offset: 0xd00,
    value: 0x8,
    source: 'fuse table: 24 MHz crystal (i915 GEN9_RPM_CONFIG0_CRYSTAL_CLOCK_FREQ_24_MHZ)',
  },
  { offset: 0x42014, value: 0, source: 'fuse table: nothing of the display disabled' },
  { offset: 0x51000, value: 0, source: 'fuse table: all pipes present, cdclk up to 675 MHz' },
  {
    offset: 0xa26c,
    value: 0,
    source: 'fuse table: timestamps from the crystal clock, shift parameter 0',
  },
  { offset: 0x120010, value: 0, source: 'fuse table: no eDRAM' },
];

/** A part of the i7-6700 class. */
export const SKYLAKE_FUSES: readonly PowerOnValue[] = [
  ...COMMON,
  {
    offset: 0x145998,
    value: 0x00050a16,
    source: 'fuse table: RP0 1100 MHz, RP1 500 MHz, RPn 250 MHz, in units of 50 MHz',
  },
];

/** A part of the i7-7700 class. */
export const KABY_LAKE_FUSES: readonly PowerOnValue[] = [
  ...COMMON,
  {
    offset: 0x145998,
    value: 0x00070717,
    source: 'fuse table: RP0 1150 MHz, RP1 350 MHz, RPn 350 MHz, in units of 50 MHz',
  },
];
