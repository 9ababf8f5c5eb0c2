import type { FieldRow, RegisterBlock, RegisterRow } from '../mmio/register-row.ts';
import { address, BDW, bit, bits, CMD, GEN9, GMADR_CMD, unnamed } from './row-helpers.ts';

const FAULT_FIELDS: readonly FieldRow[] = [
  bits('engineId', 16, 12, { 0: 'RCS0', 1: 'VCS0', 2: 'VCS1', 3: 'VECS0', 4: 'BCS0' }),
  bits('sourceId', 10, 3),
  bits('faultType', 2, 1, {
    0: 'page not present',
    1: 'page directory pointer not present',
    2: 'page directory not present',
    3: 'page table not present',
  }),
  bit('valid', 0),
];

const TLB_FIELDS: readonly FieldRow[] = [bit('invalidate', 0)];

const HWS_FIELDS: readonly FieldRow[] = [address('pageAddress', 31, 12)];

/** One byte of a private PAT register (gvt-facts §5.1). */
function patEntry(index: number, low: number): FieldRow[] {
  return [
    bits(`index${index}Age`, low + 5, low + 4),
    bits(`index${index}Target`, low + 3, low + 2, { 0: 'eLLC', 1: 'LLC', 2: 'LLC and eLLC' }),
    bits(`index${index}Type`, low + 1, low, { 0: 'UC', 1: 'WC', 2: 'WT', 3: 'WB' }),
  ];
}

/** An invalidation request: the write stores 0, so that the driver's poll ends at once (gvt-facts §6.6). */
function tlbRow(name: string, offset: number, engine: string): RegisterRow {
  return {
    name,
    offset,
    access: 'write-zero',
    fields: TLB_FIELDS,
    description: `TLB invalidation of ${engine}.`,
  };
}

/** Graphics arbiter, translation, faults. */
const ARBITER: readonly RegisterRow[] = [
  { name: 'HSW_GTT_CACHE_EN', offset: 0x4024 },
  { name: 'ARB_MODE', offset: 0x4030, access: 'masked', flags: CMD },
  ...unnamed([0x4068], { platforms: GEN9 }),
  {
    name: 'GEN8_GAMW_ECO_DEV_RW_IA',
    offset: 0x4080,
    onWrite: 'gen9-gamw',
    fields: [
      bit('contextReloadDisable', 7),
      bits('enable64kIps', 3, 0, { 0: 'no walker', 15: 'all walkers' }),
    ],
    description: '64 KiB pages in PPGTTs.',
  },
  {
    name: 'GAM_ECOCHK',
    offset: 0x4090,
    flags: CMD,
    fields: [
      bit('disableHdcInvalidation', 25),
      bit('snbBit', 10),
      bit('disableTlb', 8),
      bits('ppgttCacheability', 4, 3),
    ],
  },
  { name: 'GEN8_RING_FAULT_REG', offset: 0x4094, flags: CMD, fields: FAULT_FIELDS },
  { name: 'ERROR_GEN6', offset: 0x40a0 },
  { name: 'DONE_REG', offset: 0x40b0 },
  {
    name: 'GEN8_PRIVATE_PAT_LO',
    offset: 0x40e0,
    fields: [0, 1, 2, 3].flatMap((index) => patEntry(index, index * 8)),
    description: 'Cache attributes by PAT index 0 to 3.',
  },
  {
    name: 'GEN8_PRIVATE_PAT_HI',
    offset: 0x40e4,
    fields: [0, 1, 2, 3].flatMap((index) => patEntry(index + 4, index * 8)),
    description: 'Cache attributes by PAT index 4 to 7.',
  },
  { name: 'BSD_HWS_PGA_GEN7', offset: 0x4180, flags: GMADR_CMD, fields: HWS_FIELDS },
  ...unnamed([0x41d0]),
  tlbRow('GEN8_RTCR', 0x4260, 'RCS0'),
  tlbRow('GEN8_M1TCR', 0x4264, 'VCS0'),
  tlbRow('GEN8_M2TCR', 0x4268, 'VCS1'),
  tlbRow('GEN8_BTCR', 0x426c, 'BCS0'),
  tlbRow('GEN8_VTCR', 0x4270, 'VECS0'),
  { name: 'BLT_HWS_PGA_GEN7', offset: 0x4280, flags: GMADR_CMD, fields: HWS_FIELDS },
  { name: 'VEBOX_HWS_PGA_GEN7', offset: 0x4380, flags: GMADR_CMD, fields: HWS_FIELDS },
  {
    name: 'GAMTARBMODE',
    offset: 0x4a08,
    fields: [bit('bandwidthGttTlbDisable', 9), bit('swizzle', 1)],
  },
  {
    name: 'GEN9_GAMT_ECO_REG_RW_IA',
    offset: 0x4ab0,
    platforms: GEN9,
    flags: CMD,
    fields: [bit('enableInPlaceDecompress', 18)],
  },
  { name: 'GAMT_CHKN_BIT_REG', offset: 0x4ab8, platforms: ['kbl'], flags: CMD },
  { name: 'GEN8_FAULT_TLB_DATA0', offset: 0x4b10, description: 'Faulting address bits 43:12.' },
  {
    name: 'GEN8_FAULT_TLB_DATA1',
    offset: 0x4b14,
    fields: [bit('gttSelect', 4, { 0: 'PPGTT', 1: 'GGTT' }), bits('virtualAddressHigh', 3, 0)],
  },
  { name: 'GEN8_L3_LRA_1_GPGPU', offset: 0x4dd4 },
  {
    name: 'MMCD_MISC_CTRL',
    offset: 0x4ddc,
    platforms: GEN9,
    flags: CMD,
    fields: [bit('pcla', 31), bit('hotspotEnable', 27)],
  },
];

/** Tiled resources: a second level of translation. */
const TILED_RESOURCES: readonly RegisterRow[] = [
  ...[0, 1, 2, 3].map(
    (n): RegisterRow => ({
      name: `TRVATTL3PTRDW_${n}`,
      offset: 0x4de0 + n * 4,
      platforms: GEN9,
      flags: CMD,
    }),
  ),
  { name: 'TRVADR', offset: 0x4df0, platforms: GEN9, flags: CMD },
  {
    name: 'TRTTE',
    offset: 0x4df4,
    platforms: GEN9,
    flags: ['cmd', 'pm-save'],
    onWrite: 'trtt',
    fields: [bit('addressMode', 1, { 0: 'physical', 1: 'virtual' }), bit('enable', 0)],
    description: 'Tiled resources translation table enable.',
  },
  { name: 'TRTT_CHICKEN', offset: 0x4dfc, platforms: GEN9, flags: ['pm-save'] },
];

/** L3 cache. */
const L3: readonly RegisterRow[] = [
  {
    name: 'GEN8_GARBCNTL',
    offset: 0xb004,
    platforms: GEN9,
    flags: CMD,
    fields: [bit('gapsTsvCreditDisable', 7)],
  },
  {
    name: 'GEN9_SCRATCH_LNCF1',
    offset: 0xb008,
    fields: [bit('nonIaCoherentAtomicsEnable', 0)],
  },
  { name: 'GEN8_L3SQCREG1', offset: 0xb100, platforms: BDW, flags: CMD },
  ...unnamed([0xb10c], { platforms: BDW, flags: CMD }),
  ...unnamed([0xb110], { platforms: BDW }),
  {
    name: 'GEN8_L3SQCREG4',
    offset: 0xb118,
    flags: CMD,
    fields: [
      bit('readOnlyPerformanceDisable', 27),
      bit('nonIaCoherentAtomicsEnable', 22),
      bit('flushCoherentLines', 21),
    ],
  },
  {
    name: 'BDW_SCRATCH1',
    offset: 0xb11c,
    platforms: GEN9,
    flags: CMD,
    fields: [bit('evictionPerformanceFixEnable', 8), bit('slaRetryTimerDecrementEnable', 2)],
  },
  ...unnamed([0xb1c0, 0xb1f0], { platforms: BDW, flags: CMD }),
];

const OTHER: readonly RegisterRow[] = [
  { name: 'GAC_ECO_BITS', offset: 0x14090 },
  { name: 'GAB_CTL', offset: 0x24000 },
  ...unnamed([0x320f0], { platforms: GEN9 }),
  {
    name: 'TILECTL',
    offset: 0x101000,
    fields: [
      bit('backsnoopDisable', 3),
      bit('tlbPrefetchDisable', 2),
      bit('tlbPf', 1),
      bit('swizzleControl', 0),
    ],
  },
  {
    name: 'GFX_FLSH_CNTL_GEN6',
    offset: 0x101008,
    fields: [bit('enable', 0)],
    description: 'Flushes GGTT entries that were written through the aperture of registers.',
  },
  {
    name: 'GEN6_STOLEN_RESERVED',
    offset: 0x1082c0,
    platforms: GEN9,
    fields: [
      address('address', 31, 20),
      bits('size', 8, 7, { 0: '1 MiB', 1: '2 MiB', 2: '4 MiB', 3: '8 MiB' }),
      bit('enable', 0),
    ],
  },
  ...unnamed([0x110000]),
];

export const MEMORY_REGISTERS: RegisterBlock = {
  name: 'Memory interface',
  rows: [...ARBITER, ...TILED_RESOURCES, ...L3, ...OTHER],
};
