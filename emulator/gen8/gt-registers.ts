import type { RegisterBlock, RegisterRow } from '../mmio/register-row.ts';
import { BDW, bit, bits, CMD, GEN9, unnamed } from './row-helpers.ts';

/** Execution units switched off: Broadwell's slices have 24 bits in a row, Skylake's a dword each. */
const EU_DISABLE: readonly RegisterRow[] = [
  {
    name: 'GEN8_EU_DISABLE0',
    offset: 0x9134,
    platforms: BDW,
    fields: [bits('slice1Low', 31, 24), bits('slice0', 23, 0)],
    description: 'Execution units switched off, 8 bits a subslice, 24 bits a slice.',
  },
  {
    name: 'GEN8_EU_DISABLE1',
    offset: 0x9138,
    platforms: BDW,
    fields: [bits('slice2Low', 31, 16), bits('slice1High', 15, 0)],
  },
  {
    name: 'GEN8_EU_DISABLE2',
    offset: 0x913c,
    platforms: BDW,
    fields: [bits('slice2High', 7, 0)],
  },
  ...[0, 1, 2].map(
    (slice): RegisterRow => ({
      name: `GEN9_EU_DISABLE${slice}`,
      offset: 0x9134 + slice * 4,
      platforms: GEN9,
      fields: [0, 1, 2, 3].map((at) => bits(`subslice${at}`, at * 8 + 7, at * 8)),
      description: 'Execution units of a slice that are switched off, 8 bits a subslice.',
    }),
  ),
];

/** Fuses, clock gating and resets of the GT. */
export const GT_REGISTERS: RegisterBlock = {
  name: 'GT',
  rows: [
    ...unnamed([0x3c, 0x860]),
    {
      name: 'RPM_CONFIG0',
      offset: 0xd00,
      platforms: GEN9,
      fields: [bit('crystalClockFrequency', 3, { 0: '19.2 MHz', 1: '24 MHz' })],
    },
    { name: 'RCP_CONFIG', offset: 0xd08, platforms: GEN9 },
    {
      name: 'RC6_LOCATION',
      offset: 0xd40,
      platforms: GEN9,
      fields: [bit('contextInDram', 0)],
    },
    {
      name: 'GEN8_MCR_SELECTOR',
      offset: 0xfdc,
      fields: [bits('slice', 27, 26), bits('subslice', 25, 24)],
      description: 'Slice and subslice that reads of multicast registers go to.',
    },
    { name: 'HSW_IDICR', offset: 0x9008, fields: [bits('idiHashMask', 21, 16)] },
    {
      name: 'GEN6_MBCUNIT_SNPCR',
      offset: 0x900c,
      fields: [bits('llcShare', 22, 21, { 0: 'maximum', 1: 'medium', 2: 'low', 3: 'minimum' })],
    },
    ...unnamed([0x902c]),
    {
      name: 'GEN7_SQ_CHICKEN_MBCUNIT_CONFIG',
      offset: 0x9030,
      flags: CMD,
      fields: [bit('sqInterruptMob', 11)],
    },
    { name: 'FBC_LLC_READ_CTRL', offset: 0x9044, fields: [bit('fullyOpen', 30)] },
    {
      name: 'GEN6_MBCTL',
      offset: 0x907c,
      onWrite: 'mbctl',
      fields: [
        bit('enableBootFetch', 4),
        bit('contextFetchNeeded', 3),
        bit('bmeUpdateEnable', 2),
        bit('maeUpdateEnable', 1),
        bit('bootFetchMechanism', 0),
      ],
    },
    { name: 'HSW_PAVP_FUSE1', offset: 0x911c, fields: [bits('euDisable', 17, 16)] },
    {
      name: 'GEN8_FUSE2',
      offset: 0x9120,
      platforms: BDW,
      fields: [bits('sliceEnable', 27, 25), bits('subsliceDisable', 23, 21)],
      description: 'Which slices and subslices the part has.',
    },
    {
      name: 'GEN8_FUSE2',
      offset: 0x9120,
      platforms: GEN9,
      fields: [bits('sliceEnable', 27, 25), bits('subsliceDisable', 23, 20)],
      description: 'Which slices and subslices the part has.',
    },
    ...EU_DISABLE,
    { name: 'GEN6_UCGCTL1', offset: 0x9400, fields: [bit('gamUnitClockGateDisable', 22)] },
    { name: 'GEN6_UCGCTL2', offset: 0x9404 },
    {
      name: 'GEN7_UCGCTL4',
      offset: 0x940c,
      flags: CMD,
      fields: [bit('l3BankClockGateDisable', 25), bit('euGaUnitClockGateDisable', 14)],
    },
    {
      name: 'GEN6_GDRST',
      offset: 0x941c,
      onWrite: 'gdrst',
      fields: [
        bit('media2', 7),
        bit('guc', 5),
        bit('vecs', 4),
        bit('blitter', 3),
        bit('media', 2),
        bit('render', 1),
        bit('full', 0),
      ],
      description: 'Graphics domain reset; reads 0 when done.',
    },
    {
      name: 'GEN7_MISCCPCTL',
      offset: 0x9424,
      fields: [
        bit('dopClockGateMediaEnable', 6),
        bit('dopClockGateGucEnable', 4),
        bit('dopClockGateCfclkEnable', 2),
        bit('dopClockGateEnable', 0),
      ],
    },
    {
      name: 'GEN8_UCGCTL6',
      offset: 0x9430,
      flags: CMD,
      fields: [
        bit('hdcUnitClockGateDisableHdcReq', 28),
        bit('gapsUnitClockGateDisable', 24),
        bit('sdeUnitClockGateDisable', 14),
      ],
    },
  ],
};
