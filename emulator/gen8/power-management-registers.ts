import type { FieldRow, RegisterBlock, RegisterRow } from '../mmio/register-row.ts';
import { bit, bits, CMD, GEN9 } from './row-helpers.ts';

const EI_FIELDS: readonly FieldRow[] = [bits('count', 23, 0)];

/** Render P-states: frequencies and their up and down thresholds. */
const RPS: readonly RegisterRow[] = [
  {
    name: 'GEN6_RPNSWREQ',
    offset: 0xa008,
    // Gen9 counts frequencies in steps of 50 / 3 MHz.
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

const FORCEWAKE_FIELDS: readonly FieldRow[] = [
  bit('bios', 15),
  bit('kernelFallback', 1),
  bit('kernel', 0, { 0: 'may sleep', 1: 'awake' }),
];

const FORCEWAKE: readonly RegisterRow[] = [
  { name: 'ECOBUS', offset: 0xa180, fields: [bit('forcewakeMtEnable', 5)] },
  {
    name: 'FORCEWAKE_MT',
    offset: 0xa188,
    access: 'masked',
    onWrite: 'force-wake',
    fields: FORCEWAKE_FIELDS,
    description: 'Keeps the GT awake; acknowledged in FORCEWAKE_ACK_HSW.',
  },
  { name: 'FORCEWAKE', offset: 0xa18c },
  {
    name: 'FORCEWAKE_MEDIA_GEN9',
    offset: 0xa270,
    platforms: GEN9,
    access: 'masked',
    onWrite: 'force-wake',
    fields: FORCEWAKE_FIELDS,
    description: 'Keeps the media engines awake; acknowledged in FORCEWAKE_ACK_MEDIA_GEN9.',
  },
  {
    name: 'FORCEWAKE_RENDER_GEN9',
    offset: 0xa278,
    platforms: GEN9,
    access: 'masked',
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
    fields: [
      bits('setsIndex', 9, 8),
      bits('waysIndex', 7, 5),
      bits('banks', 4, 1),
      bit('enabled', 0),
    ],
    description: 'Embedded DRAM of the part.',
  },
  {
    name: 'FORCEWAKE_ACK_RENDER_GEN9',
    offset: 0xd84,
    platforms: GEN9,
    fields: FORCEWAKE_FIELDS,
  },
  { name: 'FORCEWAKE_ACK_MEDIA_GEN9', offset: 0xd88, platforms: GEN9, fields: FORCEWAKE_FIELDS },
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
        24: 'display frequency change',
      }),
    ],
  },
  { name: 'GEN6_PCODE_DATA', offset: 0x138128 },
  { name: 'GEN6_PCODE_DATA1', offset: 0x13812c },
];

export const POWER_MANAGEMENT_REGISTERS: RegisterBlock = {
  name: 'Power management',
  rows: [...RPS, ...RC6, ...FORCEWAKE, ...PCODE, { name: 'RSTDBYCTL', offset: 0x111b8 }],
};
