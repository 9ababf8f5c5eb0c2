import type { PowerOnValue } from '../mmio/power-on-values.ts';

/**
 * What a guest finds because the host's firmware and driver ran before it: GVT-g copies the host's registers at
 * start-up (golden state, gvt-facts §12.1). The display is powered and its clock runs from DPLL0; no port is on.
 */
export const GEN9_GOLDEN_STATE: readonly PowerOnValue[] = [
  {
    offset: 0x42000,
    value: 0x8e000000,
    source: 'gvt-facts §8: fuses downloaded and distributed to PG0, PG1, PG2',
  },
  {
    offset: 0x45008,
    value: 0xc0000000,
    source: 'golden state: data buffer requested and powered (i915 DBUF_POWER_REQUEST, _STATE)',
  },
  {
    offset: 0x46000,
    value: 0x080002a1,
    source:
      'golden state: cdclk 337.5 MHz, the lowest with an 8100 MHz VCO (i915 skl_cdclk_decimal)',
  },
  { offset: 0x46010, value: 0xc0000000, source: 'gvt-facts §9: LCPLL1 enabled and locked' },
  {
    offset: 0x6c058,
    value: 0x00000007,
    source: 'gvt-facts §8: preset for DPLL0 at 1620 MHz',
  },
  { offset: 0x6c060, value: 0x00000001, source: 'gvt-facts §8: DPLL0 locked, as LCPLL1 is on' },
];
