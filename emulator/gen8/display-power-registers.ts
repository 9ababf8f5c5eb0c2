import type { FieldRow, RegisterBlock, RegisterRow } from '../mmio/register-row.ts';
import { BDW, bit, bits, GEN9 } from './row-helpers.ts';

/** Request and state of one power well; its index counts pairs of bits (i915 HSW_PWR_WELL_CTL_REQ). */
function well(name: string, index: number): FieldRow[] {
  return [
    bit(`${name}Request`, index * 2 + 1, { 0: 'off', 1: 'on' }),
    bit(`${name}State`, index * 2, { 0: 'off', 1: 'on' }),
  ];
}

const SKL_WELLS: readonly FieldRow[] = [
  ...well('powerWell2', 15),
  ...well('powerWell1', 14),
  ...well('ddiD', 4),
  ...well('ddiC', 3),
  ...well('ddiB', 2),
  ...well('ddiAE', 1),
  ...well('miscIo', 0),
];

const BDW_WELLS: readonly FieldRow[] = well('global', 15);

export const DISPLAY_POWER_REGISTERS: RegisterBlock = {
  name: 'Display power',
  rows: [
    {
      name: 'HSW_PWR_WELL_CTL1',
      offset: 0x45400,
      platforms: GEN9,
      fields: SKL_WELLS,
      description: 'Requests of the firmware, and what is on.',
    },
    {
      name: 'HSW_PWR_WELL_CTL2',
      offset: 0x45404,
      platforms: GEN9,
      onWrite: 'power-well',
      fields: SKL_WELLS,
      description: 'Requests of the driver, and what is on.',
    },
    ...[1, 2, 3, 4, 5, 6].map(
      (n): RegisterRow => ({
        name: `HSW_PWR_WELL_CTL${n}`,
        offset: 0x45400 + (n - 1) * 4,
        platforms: BDW,
        onWrite: 'power-well',
        fields: BDW_WELLS,
      }),
    ),
    {
      name: 'DBUF_CTL',
      offset: 0x45008,
      platforms: GEN9,
      onWrite: 'dbuf-control',
      fields: [bit('powerRequest', 31), bit('powerState', 30), bits('trackerStateService', 23, 19)],
      description: 'Power of the display data buffer.',
    },
    {
      name: 'DC_STATE_EN',
      offset: 0x45504,
      platforms: GEN9,
      fields: [bit('dc9', 3), bits('upto', 1, 0, { 0: 'disabled', 1: 'DC5', 2: 'DC6' })],
    },
    {
      name: 'DC_STATE_DEBUG',
      offset: 0x45520,
      platforms: GEN9,
      fields: [bit('maskMemoryUp', 1), bit('maskCores', 0)],
    },
  ],
};
