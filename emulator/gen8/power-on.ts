import type { PowerOnValue } from '../mmio/power-on-values.ts';

/** Straps and frequencies of a Broadwell part, besides what its GT level says. */
export const BROADWELL_FUSES: readonly PowerOnValue[] = [
  { offset: 0x42014, value: 0, source: 'fuse table: nothing of the display disabled' },
  { offset: 0x120010, value: 0, source: 'fuse table: no eDRAM' },
  {
    offset: 0x145998,
    value: 0x00060b16,
    source: 'fuse table: RP0 1100 MHz, RP1 550 MHz, RPn 300 MHz, in units of 50 MHz',
  },
];

/**
 * What a guest finds because the host's firmware and driver ran before it (golden state, gvt-facts §12.1): the one
 * PLL of the display's core clock runs, and the PCH's own clock is told, without which a driver has no divider for its
 * AUX channels. Ports and their clocks come with the monitor.
 */
export const BROADWELL_GOLDEN_STATE: readonly PowerOnValue[] = [
  {
    offset: 0x130040,
    value: 0x40000000,
    source: 'golden state: LCPLL enabled and locked, cdclk 450 MHz (i915 LCPLL_CLK_FREQ_450)',
  },
  {
    offset: 0xc6204,
    value: 24,
    source: 'golden state: raw clock 24 MHz, as LPT-LP has it (i915 pch_rawclk)',
  },
];
