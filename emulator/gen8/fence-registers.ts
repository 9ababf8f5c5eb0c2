import type { RegisterBlock, RegisterRow } from '../mmio/register-row.ts';
import { address, bit, bits } from './row-helpers.ts';

/** Fences that GVT-g tracks; the 16 behind them exist on hardware only (gvt-facts §4.4). */
const FENCES = 16;

function fence(index: number): RegisterRow[] {
  const offset = 0x100000 + index * 8;
  return [
    {
      name: `FENCE_REG_GEN6_LO_${index}`,
      offset,
      onRead: 'fence',
      onWrite: 'fence',
      fields: [
        address('lowerBound', 31, 12),
        bit('tileWalk', 1, { 0: 'X', 1: 'Y' }),
        bit('valid', 0),
      ],
    },
    {
      name: `FENCE_REG_GEN6_HI_${index}`,
      offset: offset + 4,
      onRead: 'fence',
      onWrite: 'fence',
      // Pitch in units of 128 bytes, less one.
      fields: [address('upperBound', 31, 12), bits('pitch', 11, 0)],
    },
  ];
}

export const FENCE_REGISTERS: RegisterBlock = {
  name: 'Fences',
  rows: Array.from({ length: FENCES }, (_, index) => fence(index)).flat(),
};
