import type { RegisterBlock } from '../mmio/register-row.ts';
import { BDW, bit, bits } from './row-helpers.ts';

/** PLLs of Haswell and Broadwell. Skylake has two of them tracked as well, and its own names for the WRPLLs. */
export const BDW_CLOCK_REGISTERS: RegisterBlock = {
  name: 'Broadwell clocks',
  rows: [
    {
      name: 'SPLL_CTL',
      offset: 0x46020,
      fields: [
        bit('enable', 31),
        bits('reference', 29, 28, { 0: 'BCLK', 1: 'muxed SSC', 2: 'PCH SSC', 3: 'LCPLL' }),
        bits('frequency', 27, 26, { 0: '810 MHz', 1: '1350 MHz', 2: '2700 MHz' }),
      ],
    },
    ...[1, 2].map((pll) => ({
      name: `WRPLL_CTL${pll}`,
      offset: 0x46020 + pll * 0x20,
      platforms: BDW,
      fields: [
        bit('enable', 31),
        bits('reference', 29, 28, { 0: 'BCLK', 1: 'PCH SSC', 2: 'muxed SSC', 3: 'LCPLL' }),
        bits('dividerFeedback', 23, 16),
        bits('dividerPost', 13, 8),
        bits('dividerReference', 7, 0),
      ],
    })),
    {
      name: 'CDCLK_FREQ',
      offset: 0x46200,
      platforms: BDW,
      fields: [bits('frequency', 9, 0)],
      description: 'Display core clock in MHz, less one.',
    },
    {
      name: 'LCPLL_CTL',
      offset: 0x130040,
      onWrite: 'lcpll',
      fields: [
        bit('pllDisable', 31),
        bit('pllLock', 30),
        bits('reference', 29, 28),
        bits('cdFrequency', 27, 26, { 0: '450 MHz', 1: '540 MHz', 2: '337.5 MHz', 3: '675 MHz' }),
        bit('cdClockDisable', 25),
        bit('rootCdClockDisable', 24),
        bit('cd2xClockDisable', 23),
        bit('powerDownAllow', 22),
        bit('cdSourceFclk', 21),
        bit('cdSourceFclkDone', 19),
      ],
    },
  ],
};
