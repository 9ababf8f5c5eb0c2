import type { RegisterBlock } from '../mmio/register-row.ts';
import { address, bit, bits, GEN9 } from './row-helpers.ts';

/** The microcontroller that GVT-g guests do without (gvt-facts §8). */
export const GUC_REGISTERS: RegisterBlock = {
  name: 'GuC',
  rows: [
    {
      name: 'GUC_STATUS',
      offset: 0xc000,
      onRead: 'guc-status',
      onWrite: 'guc-reset',
      reset: { value: 1, source: 'gvt-facts §12.3: MIA in reset after a full reset' },
      fields: [
        bits('authenticationStatus', 31, 30, { 1: 'bad', 2: 'good' }),
        bits('mia', 18, 16),
        bits('ukernel', 15, 8),
        bits('bootrom', 7, 1),
        bit('miaInReset', 0),
      ],
    },
    {
      name: 'GUC_WOPCM_SIZE',
      offset: 0xc050,
      fields: [address('size', 31, 12), bit('locked', 0)],
    },
    {
      name: 'DMA_CTRL',
      offset: 0xc314,
      platforms: GEN9,
      onWrite: 'guc-dma',
      fields: [bit('hucUkernel', 9), bit('uosMove', 4), bit('startDma', 0)],
    },
    {
      name: 'DMA_GUC_WOPCM_OFFSET',
      offset: 0xc340,
      fields: [address('offset', 31, 14), bit('hucLoadingAgentGuc', 1), bit('valid', 0)],
    },
    { name: 'GUCPMTIMESTAMP', offset: 0xc3e8 },
  ],
};
