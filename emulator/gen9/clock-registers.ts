import { bit, bits, GEN9, unnamed } from '../gen8/row-helpers.ts';
import type { FieldRow, RegisterBlock, RegisterRow } from '../mmio/register-row.ts';

const LINK_RATES = {
  0: '2700 MHz',
  1: '1350 MHz',
  2: '810 MHz',
  3: '1620 MHz',
  4: '1080 MHz',
  5: '2160 MHz',
};

const CTRL1_FIELDS: readonly FieldRow[] = [0, 1, 2, 3].flatMap((pll) => [
  bit(`dpll${pll}HdmiMode`, pll * 6 + 5),
  bit(`dpll${pll}Ssc`, pll * 6 + 4),
  bits(`dpll${pll}LinkRate`, pll * 6 + 3, pll * 6 + 1, LINK_RATES),
  bit(`dpll${pll}Override`, pll * 6),
]);

const CTRL2_FIELDS: readonly FieldRow[] = ['A', 'B', 'C', 'D', 'E'].flatMap((port, index) => [
  bit(`ddi${port}ClockOff`, index + 15),
  bits(`ddi${port}ClockSelect`, index * 3 + 2, index * 3 + 1, {
    0: 'DPLL0',
    1: 'DPLL1',
    2: 'DPLL2',
    3: 'DPLL3',
  }),
  bit(`ddi${port}SelectOverride`, index * 3),
]);

const PLL_ENABLE_FIELDS: readonly FieldRow[] = [bit('enable', 31), bit('lock', 30)];

function configurationRows(pll: number): RegisterRow[] {
  const base = 0x6c040 + (pll - 1) * 8;
  return [
    {
      name: `DPLL${pll}_CFGCR1`,
      offset: base,
      platforms: GEN9,
      fields: [bit('frequencyEnable', 31), bits('dcoFraction', 23, 9), bits('dcoInteger', 8, 0)],
    },
    {
      name: `DPLL${pll}_CFGCR2`,
      offset: base + 4,
      platforms: GEN9,
      fields: [
        bits('qdivRatio', 15, 8),
        bit('qdivMode', 7),
        bits('kdiv', 6, 5, { 0: '5', 1: '2', 2: '3', 3: '1' }),
        bits('pdiv', 4, 2, { 0: '1', 1: '2', 2: '3', 4: '7' }),
        bits('centralFrequency', 1, 0, { 0: '9600 MHz', 1: '9000 MHz', 3: '8400 MHz' }),
      ],
    },
  ];
}

/** PLLs and the display's core clock (gvt-facts §8). */
export const CLOCK_REGISTERS: RegisterBlock = {
  name: 'Clocks',
  rows: [
    {
      name: 'CDCLK_CTL',
      offset: 0x46000,
      platforms: GEN9,
      fields: [
        bits('frequencySelect', 27, 26, {
          0: '450 or 432 MHz',
          1: '540 MHz',
          2: '337.5 or 308.57 MHz',
          3: '675 or 617.14 MHz',
        }),
        bit('divmuxCdOverride', 19),
        // Frequency in MHz less one, with one bit of fraction.
        bits('frequencyDecimal', 10, 0),
      ],
    },
    {
      name: 'LCPLL1_CTL',
      offset: 0x46010,
      platforms: GEN9,
      onWrite: 'lcpll',
      fields: PLL_ENABLE_FIELDS,
      description: 'DPLL0.',
    },
    {
      name: 'LCPLL2_CTL',
      offset: 0x46014,
      platforms: GEN9,
      onWrite: 'lcpll',
      fields: PLL_ENABLE_FIELDS,
      description: 'DPLL1.',
    },
    {
      name: 'WRPLL_CTL1',
      offset: 0x46040,
      platforms: GEN9,
      onWrite: 'lcpll',
      fields: [bit('enable', 31)],
      description: 'DPLL2.',
    },
    {
      name: 'WRPLL_CTL2',
      offset: 0x46060,
      platforms: GEN9,
      onWrite: 'lcpll',
      fields: [bit('enable', 31)],
      description: 'DPLL3.',
    },
    { name: 'DISPIO_CR_TX_BMU_CR0', offset: 0x6c00c, platforms: GEN9 },
    ...[1, 2, 3].flatMap(configurationRows),
    { name: 'DPLL_CTRL1', offset: 0x6c058, platforms: GEN9, fields: CTRL1_FIELDS },
    { name: 'DPLL_CTRL2', offset: 0x6c05c, platforms: GEN9, fields: CTRL2_FIELDS },
    {
      name: 'DPLL_STATUS',
      offset: 0x6c060,
      platforms: GEN9,
      fields: [
        bit('dpll3Lock', 24),
        bit('dpll2Lock', 16),
        bit('dpll1Lock', 8),
        bit('dpll0Lock', 0),
      ],
    },
    ...unnamed([0x6e554, 0x6e560], { platforms: GEN9 }),
  ],
};
