import type { FieldRow, RegisterBlock, RegisterRow } from '../mmio/register-row.ts';
import { bit, bits, CMD, GEN9, unnamed } from './row-helpers.ts';

const FORCEWAKE_FIELDS: readonly FieldRow[] = [
  bit('bios', 15),
  bit('kernelFallback', 1),
  bit('kernel', 0, { 0: 'may sleep', 1: 'awake' }),
];

/** Fuses and clocks of the GT, and who may sleep (gvt-facts §8). */
const GT_CONFIGURATION: readonly RegisterRow[] = [
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
    name: 'FORCEWAKE_ACK_RENDER_GEN9',
    offset: 0xd84,
    platforms: GEN9,
    fields: FORCEWAKE_FIELDS,
  },
  { name: 'FORCEWAKE_ACK_MEDIA_GEN9', offset: 0xd88, platforms: GEN9, fields: FORCEWAKE_FIELDS },
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
    fields: [bits('sliceEnable', 27, 25), bits('subsliceDisable', 23, 20)],
    description: 'Which slices and subslices the part has.',
  },
  {
    name: 'GEN8_EU_DISABLE0',
    offset: 0x9134,
    fields: [bits('slice1Low', 31, 24), bits('slice0', 23, 0)],
    description: 'Execution units switched off; Skylake has one dword a slice, 8 bits a subslice.',
  },
  {
    name: 'GEN8_EU_DISABLE1',
    offset: 0x9138,
    fields: [bits('slice2Low', 31, 16), bits('slice1High', 15, 0)],
  },
  { name: 'GEN8_EU_DISABLE2', offset: 0x913c, fields: [bits('slice2High', 7, 0)] },
  { name: 'GEN6_UCGCTL1', offset: 0x9400, fields: [bit('gamUnitClockGateDisable', 22)] },
  { name: 'GEN6_UCGCTL2', offset: 0x9404 },
  { name: 'GEN7_UCGCTL4', offset: 0x940c, flags: CMD, fields: [bit('l3BankClockGateDisable', 25), bit('eu2ClockGateDisable', 14)] },
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
];

const EI_FIELDS: readonly FieldRow[] = [bits('count', 23, 0)];

/** Render P-states: frequencies and their up and down thresholds. */
const RPS: readonly RegisterRow[] = [
  {
    name: 'GEN6_RPNSWREQ',
    offset: 0xa008,
    // Gen9 counts in sixteenths-and-two-thirds of a MHz: 50 / 3 MHz a step.
    fields: [bits('frequency', 31, 23), bits('offset', 22, 19), bits('turbo', 16, 15)],
    description: 'Frequency that software requests.',
  },
  { name: 'GEN6_RC_VIDEO_FREQ', offset: 0xa00c, fields: [bits('frequency', 31, 23)] },
  { name: 'GEN6_RP_DOWN_TIMEOUT', offset: 0xa010 },
  {
    name: 'GEN6_RP_INTERRUPT_LIMITS',
    offset: 0xa014,
    fields: [bits('upperLimit', 31, 23), bits('lowerLimit', 22, 14)],
  },
  {
    name: 'GEN6_RPSTAT1',
    offset: 0xa01c,
    fields: [bits('currentFrequency', 31, 23)],
    description: 'Frequency that the GT runs at.',
  },
  {
    name: 'GEN6_RP_CONTROL',
    offset: 0xa024,
    fields: [
      bit('mediaTurbo', 11),
      bits('mediaMode', 10, 9, { 0: 'software', 1: 'hardware', 2: 'normal', 3: 'turbo' }),
      bit('mediaIsGraphics', 8),
      bit('enable', 7),
      bits('upMode', 5, 3, { 1: 'idle minimum', 2: 'busy average', 4: 'busy continuous' }),
      bits('downMode', 2, 0, { 1: 'idle continuous', 2: 'idle average' }),
    ],
  },
  { name: 'GEN6_RP_UP_THRESHOLD', offset: 0xa02c },
  { name: 'GEN6_RP_DOWN_THRESHOLD', offset: 0xa030 },
  { name: 'GEN6_RP_CUR_UP_EI', offset: 0xa050, fields: EI_FIELDS },
  { name: 'GEN6_RP_CUR_UP', offset: 0xa054, fields: EI_FIELDS },
  { name: 'GEN6_RP_PREV_UP', offset: 0xa058, fields: EI_FIELDS },
  { name: 'GEN6_RP_CUR_DOWN_EI', offset: 0xa05c, fields: EI_FIELDS },
  { name: 'GEN6_RP_CUR_DOWN', offset: 0xa060, fields: EI_FIELDS },
  { name: 'GEN6_RP_PREV_DOWN', offset: 0xa064, fields: EI_FIELDS },
  { name: 'GEN6_RP_UP_EI', offset: 0xa068 },
  { name: 'GEN6_RP_DOWN_EI', offset: 0xa06c },
  { name: 'GEN6_RP_IDLE_HYSTERSIS', offset: 0xa070 },
  {
    name: 'GEN6_PMINTRMSK',
    offset: 0xa168,
    fields: [bit('disableRedirectToGuc', 31), bit('aratExpired', 9)],
    description: 'Power management interrupts that are not reported.',
  },
];

/** Render C-states. */
const RC6: readonly RegisterRow[] = [
  {
    name: 'GEN6_RC_CONTROL',
    offset: 0xa090,
    fields: [
      bit('hardwareEnable', 31),
      bit('timeoutMode', 28),
      bit('evaluationIntervalMode', 27),
      bit('rc7Enable', 22),
      bit('rc1eEnable', 20),
      bit('rc6Enable', 18),
      bit('rc6pEnable', 17),
      bit('rc6ppEnable', 16),
    ],
  },
  { name: 'GEN6_RC_STATE', offset: 0xa094, fields: [bits('targetState', 18, 16)] },
  { name: 'GEN6_RC1_WAKE_RATE_LIMIT', offset: 0xa098 },
  { name: 'GEN6_RC6_WAKE_RATE_LIMIT', offset: 0xa09c },
  { name: 'GEN6_RC6pp_WAKE_RATE_LIMIT', offset: 0xa0a0 },
  { name: 'GEN6_RC_EVALUATION_INTERVAL', offset: 0xa0a8 },
  { name: 'GEN6_RC_IDLE_HYSTERSIS', offset: 0xa0ac },
  { name: 'GEN6_RC_SLEEP', offset: 0xa0b0 },
  { name: 'GEN6_RC1e_THRESHOLD', offset: 0xa0b4 },
  { name: 'GEN6_RC6_THRESHOLD', offset: 0xa0b8 },
  { name: 'GEN6_RC6p_THRESHOLD', offset: 0xa0bc },
  { name: 'GEN6_RC6pp_THRESHOLD', offset: 0xa0c0 },
  { name: 'GEN9_MEDIA_PG_IDLE_HYSTERESIS', offset: 0xa0c4, platforms: GEN9 },
  { name: 'GEN9_RENDER_PG_IDLE_HYSTERESIS', offset: 0xa0c8, platforms: GEN9 },
  {
    name: 'GEN9_PG_ENABLE',
    offset: 0xa210,
    platforms: GEN9,
    fields: [bit('mediaPowerGateEnable', 1), bit('renderPowerGateEnable', 0)],
  },
  {
    name: 'CTC_MODE',
    offset: 0xa26c,
    fields: [
      bits('shiftParameter', 2, 1),
      bit('source', 0, { 0: 'crystal clock', 1: 'divide logic' }),
    ],
    description: 'Where the command streamer timestamp comes from.',
  },
];

const FORCEWAKE: readonly RegisterRow[] = [
  { name: 'ECOBUS', offset: 0xa180, fields: [bit('forcewakeMtEnable', 5)] },
  {
    name: 'FORCEWAKE_MT',
    offset: 0xa188,
    onWrite: 'force-wake',
    fields: FORCEWAKE_FIELDS,
    description: 'Keeps the GT awake; acknowledged in FORCEWAKE_ACK_HSW.',
  },
  { name: 'FORCEWAKE', offset: 0xa18c },
  {
    name: 'FORCEWAKE_MEDIA_GEN9',
    offset: 0xa270,
    platforms: GEN9,
    onWrite: 'force-wake',
    fields: FORCEWAKE_FIELDS,
    description: 'Keeps the media engines awake; acknowledged in FORCEWAKE_ACK_MEDIA_GEN9.',
  },
  {
    name: 'FORCEWAKE_RENDER_GEN9',
    offset: 0xa278,
    platforms: GEN9,
    onWrite: 'force-wake',
    fields: FORCEWAKE_FIELDS,
    description: 'Keeps the render engine awake; acknowledged in FORCEWAKE_ACK_RENDER_GEN9.',
  },
  {
    name: 'GTFIFODBG',
    offset: 0x120000,
    flags: CMD,
    fields: [
      bit('blobDropped', 6),
      bit('sbDropped', 5),
      bits('freeEntriesDropped', 4, 3),
      bit('gtFifoOverflow', 2),
      bit('ioaWriteError', 1),
      bit('iardWriteError', 0),
    ],
  },
  { name: 'GTFIFOCTL', offset: 0x120008, flags: CMD, fields: [bits('freeEntries', 6, 0)] },
  {
    name: 'HSW_EDRAM_CAP',
    offset: 0x120010,
    fields: [bits('setsIndex', 9, 8), bits('waysIndex', 7, 5), bits('banks', 4, 1), bit('enabled', 0)],
    description: 'Embedded DRAM of the part.',
  },
  { name: 'FORCEWAKE_ACK_HSW', offset: 0x130044, fields: FORCEWAKE_FIELDS },
  { name: 'FORCEWAKE_ACK', offset: 0x130090, fields: FORCEWAKE_FIELDS },
  {
    name: 'GEN6_GT_THREAD_STATUS_REG',
    offset: 0x13805c,
    fields: [bits('coreStatus', 2, 0, { 0: 'awake' })],
  },
  { name: 'GEN6_GT_CORE_STATUS', offset: 0x138060 },
];

/** Mailbox of the power control unit (gvt-facts §8). */
const PCODE: readonly RegisterRow[] = [
  {
    name: 'GEN6_PCODE_MAILBOX',
    offset: 0x138124,
    onWrite: 'pcode-mailbox',
    fields: [
      bit('runBusy', 31),
      bits('parameter2', 23, 16),
      bits('parameter1', 15, 8),
      bits('commandOrError', 7, 0, {
        0: 'success',
        4: 'write RC6 VIDs',
        5: 'read RC6 VIDs',
        6: 'read memory latency',
        7: 'cdclk control',
        8: 'write minimum frequency table',
        9: 'read minimum frequency table',
        0x18: 'display frequency change',
      }),
    ],
  },
  { name: 'GEN6_PCODE_DATA', offset: 0x138128 },
  { name: 'GEN6_PCODE_DATA1', offset: 0x13812c },
];

export const GT_REGISTERS: RegisterBlock = { name: 'GT', rows: GT_CONFIGURATION };

export const POWER_MANAGEMENT_REGISTERS: RegisterBlock = {
  name: 'Power management',
  rows: [...RPS, ...RC6, ...FORCEWAKE, ...PCODE, { name: 'RSTDBYCTL', offset: 0x111b8 }],
};

/** LCPLL of Haswell and Broadwell; Skylake still has the dword tracked. */
export const BDW_LCPLL_REGISTERS: RegisterBlock = {
  name: 'Broadwell clocks',
  rows: [
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
