import type { EngineRegisterRow } from '../mmio/register-row.ts';
import {
  BB_ADDR_FIELDS,
  BB_STATE_FIELDS,
  BCS_SWCTRL_FIELDS,
  CCID_FIELDS,
  CONTEXT_CONTROL_FIELDS,
  CSB_FIELDS,
  CSB_POINTER_FIELDS,
  ERROR_FIELDS,
  EXECLIST_STATUS_FIELDS,
  INDIRECT_CTX_FIELDS,
  INDIRECT_CTX_OFFSET_FIELDS,
  INSTDONE_FIELDS,
  INSTPM_FIELDS,
  IPEHR_FIELDS,
  MI_MODE_FIELDS,
  NONPRIV_FIELDS,
  PER_CONTEXT_BATCH_FIELDS,
  PSMI_CTL_FIELDS,
  R_PWR_CLK_STATE_FIELDS,
  RESET_CTL_FIELDS,
  RING_CTL_FIELDS,
  RING_HEAD_FIELDS,
  RING_IMR_FIELDS,
  RING_MODE_FIELDS,
  RING_START_FIELDS,
  RING_TAIL_FIELDS,
} from './engine-fields.ts';
import { address, bit, bits, CMD, GEN9, GMADR, GMADR_CMD } from './row-helpers.ts';

const RCS = ['RCS0'];
const OTHERS = ['BCS0', 'VCS0', 'VCS1', 'VECS0'];
/** GVT-g reads these from the engine, and only when the guest reads them. */
const HOST_LIVE = { onRead: 'read-through', onWrite: 'read-through' } as const;

/** The ring buffer and what the command streamer is doing (gvt-facts §6.2). */
const RING: readonly EngineRegisterRow[] = [
  { name: 'RING_EXCC', offset: 0x28, flags: CMD, description: 'Execute condition codes.' },
  {
    name: 'RING_TAIL',
    offset: 0x30,
    onWrite: 'ring',
    fields: RING_TAIL_FIELDS,
    description: 'Where the driver will write next; the command streamer runs up to here.',
  },
  {
    name: 'RING_HEAD',
    offset: 0x34,
    fields: RING_HEAD_FIELDS,
    description: 'Where the command streamer reads next.',
  },
  {
    name: 'RING_START',
    offset: 0x38,
    flags: GMADR,
    fields: RING_START_FIELDS,
    description: 'Graphics address of the ring buffer.',
  },
  {
    name: 'RING_CTL',
    offset: 0x3c,
    onWrite: 'ring',
    fields: RING_CTL_FIELDS,
    description: 'Size and enable.',
  },
  { name: 'RING_SYNC_0', offset: 0x40, flags: CMD },
  { name: 'RING_SYNC_1', offset: 0x44, flags: CMD },
  { name: 'RING_PSMI_CTL', offset: 0x50, fields: PSMI_CTL_FIELDS },
  {
    name: 'RING_MAX_IDLE',
    offset: 0x54,
    fields: [bits('idleTime', 19, 0)],
    description: 'Idle time before the engine may power down.',
  },
  {
    name: 'RING_ACTHD_UDW',
    offset: 0x5c,
    ...HOST_LIVE,
    description: 'Active head pointer, upper dword.',
  },
  { name: 'RING_DMA_FADD_UDW', offset: 0x60, description: 'DMA fetch address, upper dword.' },
  { name: 'RING_IPEIR', offset: 0x64, description: 'Instruction parser error identification.' },
  {
    name: 'RING_IPEHR',
    offset: 0x68,
    fields: IPEHR_FIELDS,
    description: 'Header of the command that the parser is at.',
  },
  { name: 'RING_INSTDONE', offset: 0x6c, ...HOST_LIVE, fields: INSTDONE_FIELDS },
  { name: 'RING_INSTPS', offset: 0x70, description: 'Instruction parser state.' },
  {
    name: 'RING_ACTHD',
    offset: 0x74,
    ...HOST_LIVE,
    description: 'Graphics address of the command being executed, in ring or batch.',
  },
  { name: 'RING_DMA_FADD', offset: 0x78, description: 'DMA fetch address.' },
];

/** Status page, mode, interrupts, errors. */
const CONTROL: readonly EngineRegisterRow[] = [
  {
    name: 'RING_HWS_PGA',
    offset: 0x80,
    flags: GMADR,
    onWrite: 'hws-page',
    fields: [address('pageAddress', 31, 12)],
    description: 'Graphics address of the hardware status page.',
  },
  {
    name: 'RING_NOPID',
    offset: 0x94,
    fields: [bits('identification', 21, 0)],
    description: 'Identification of the last MI_NOOP that carried one.',
  },
  {
    name: 'RING_HWSTAM',
    offset: 0x98,
    fields: RING_IMR_FIELDS,
    description: 'Interrupts that are not reported in the status page.',
  },
  {
    name: 'RING_MI_MODE',
    offset: 0x9c,
    access: 'masked',
    flags: CMD,
    onWrite: 'mi-mode',
    fields: MI_MODE_FIELDS,
    reset: { value: 0x200, source: 'gvt-facts §6.2: the idle bit is 1 in the golden state' },
  },
  // i915 clears a stuck error with this Gen2 leftover (gt/intel_gt.c, intel_gt_clear_error_registers).
  { name: 'RING_IIR', offset: 0xa4, engines: RCS },
  {
    name: 'RING_IMR',
    offset: 0xa8,
    onWrite: 'interrupt-mask',
    fields: RING_IMR_FIELDS,
    reset: { value: 0xffffffff, source: 'SKL PRM vol 2c: IMR, all masked' },
  },
  { name: 'RING_EIR', offset: 0xb0, fields: ERROR_FIELDS, description: 'Error identity.' },
  { name: 'RING_EMR', offset: 0xb4, fields: ERROR_FIELDS, description: 'Error mask.' },
  { name: 'RING_ESR', offset: 0xb8, fields: ERROR_FIELDS, description: 'Error status.' },
  { name: 'RING_INSTPM', offset: 0xc0, access: 'masked', flags: CMD, fields: INSTPM_FIELDS },
  { name: 'R_PWR_CLK_STATE', offset: 0xc8, engines: RCS, fields: R_PWR_CLK_STATE_FIELDS },
  {
    name: 'RING_RESET_CTL',
    offset: 0xd0,
    // Bits 31:16 are the write mask and, with bit 0, all that a guest can change.
    access: 'masked',
    readOnlyMask: 0xfffefffe,
    onWrite: 'engine-reset-request',
    fields: RESET_CTL_FIELDS,
    description: 'Handshake before an engine reset: request, then ready.',
  },
  {
    name: 'CSFE_CHICKEN1',
    offset: 0xd4,
    platforms: GEN9,
    access: 'masked',
    flags: CMD,
    onWrite: 'csfe-chicken',
    fields: [bits('hostReserved', 4, 3)],
  },
];

/** Batch buffers and contexts. */
const BATCH: readonly EngineRegisterRow[] = [
  { name: 'RING_BBSTATE', offset: 0x110, fields: BB_STATE_FIELDS },
  { name: 'RING_SBBADDR', offset: 0x114, fields: BB_ADDR_FIELDS },
  { name: 'RING_SBBSTATE', offset: 0x118, fields: BB_STATE_FIELDS },
  { name: 'RING_SBBADDR_UDW', offset: 0x11c },
  { name: 'RING_UHPTR', offset: 0x134, flags: CMD, description: 'Pending head pointer.' },
  { name: 'RING_BBADDR', offset: 0x140, flags: GMADR, fields: BB_ADDR_FIELDS },
  { name: 'RING_BB_START_ADDR', offset: 0x150 },
  { name: 'RING_BB_ADDR_DIFF', offset: 0x154 },
  { name: 'RING_BB_OFFSET', offset: 0x158 },
  { name: 'RING_BBADDR_UDW', offset: 0x168 },
  { name: 'RING_BB_START_ADDR_UDW', offset: 0x170 },
  { name: 'PR_CTR_CTL', offset: 0x178, flags: CMD, description: 'Watchdog counter control.' },
  { name: 'PR_CTR_THRSH', offset: 0x17c, flags: CMD, description: 'Watchdog counter threshold.' },
  { name: 'CCID', offset: 0x180, engines: RCS, flags: GMADR_CMD, fields: CCID_FIELDS },
  { name: 'CCID', offset: 0x180, engines: OTHERS, fields: CCID_FIELDS },
  { name: 'RNCID', offset: 0x198, engines: ['VCS0'], flags: GMADR_CMD },
  { name: 'CXT_SIZE', offset: 0x1a8, engines: RCS },
  { name: 'RING_BB_PER_CTX_PTR', offset: 0x1c0, fields: PER_CONTEXT_BATCH_FIELDS },
  { name: 'RING_INDIRECT_CTX', offset: 0x1c4, fields: INDIRECT_CTX_FIELDS },
  { name: 'RING_INDIRECT_CTX_OFFSET', offset: 0x1c8, fields: INDIRECT_CTX_OFFSET_FIELDS },
  {
    name: 'ECOSKPD',
    offset: 0x1d0,
    engines: ['RCS0', 'BCS0', 'VCS0', 'VCS1'],
    fields: [bit('constantBufferSaveRestoreDisable', 4), bit('gatingContextOnly', 3)],
  },
  {
    name: 'BCS_SWCTRL',
    offset: 0x200,
    engines: ['BCS0'],
    flags: CMD,
    fields: BCS_SWCTRL_FIELDS,
    description: 'Tiling of the blitter.',
  },
  {
    name: 'RING_PP_DIR_DCLV',
    offset: 0x220,
    engines: ['RCS0', 'BCS0', 'VCS0'],
    flags: CMD,
    description: 'Page directory cache lines valid.',
  },
];

/** Execlists: submission, status, contexts' page directories (gvt-facts §6.3, §6.4). */
const EXECLIST: readonly EngineRegisterRow[] = [
  {
    name: 'ELSP',
    offset: 0x230,
    onWrite: 'elsp',
    description: 'Submission port: descriptor 1 high, 1 low, 0 high, 0 low.',
  },
  {
    name: 'RING_EXECLIST_STATUS_LO',
    offset: 0x234,
    access: 'ro',
    readOnlyMask: 0xffffffff,
    fields: EXECLIST_STATUS_FIELDS,
  },
  {
    name: 'RING_EXECLIST_STATUS_HI',
    offset: 0x238,
    access: 'ro',
    readOnlyMask: 0xffffffff,
    fields: [bits('currentContextId', 31, 0)],
  },
  { name: 'RING_CONTEXT_CONTROL', offset: 0x244, flags: CMD, fields: CONTEXT_CONTROL_FIELDS },
  ...[0, 1, 2, 3].flatMap((n): EngineRegisterRow[] => [
    {
      name: `RING_PDP${n}_LDW`,
      offset: 0x270 + n * 8,
      flags: CMD,
      fields: [address('directory', 31, 12)],
    },
    { name: `RING_PDP${n}_UDW`, offset: 0x274 + n * 8, flags: CMD },
  ]),
  {
    name: 'RING_MODE',
    offset: 0x29c,
    access: 'masked',
    flags: ['cmd', 'patch'],
    onWrite: 'ring-mode',
    fields: RING_MODE_FIELDS,
  },
  {
    name: 'RING_TIMESTAMP',
    offset: 0x358,
    count: 2,
    flags: CMD,
    onRead: 'ring-timestamp',
    onWrite: 'read-through',
    description: 'Command streamer time, low and high dword.',
  },
  ...[0, 1, 2, 3, 4, 5].flatMap((n): EngineRegisterRow[] => [
    {
      name: `RING_CONTEXT_STATUS_BUF_LO_${n}`,
      offset: 0x370 + n * 8,
      access: 'ro',
      readOnlyMask: 0xffffffff,
      fields: CSB_FIELDS,
    },
    {
      name: `RING_CONTEXT_STATUS_BUF_HI_${n}`,
      offset: 0x374 + n * 8,
      access: 'ro',
      readOnlyMask: 0xffffffff,
      fields: [bits('contextId', 31, 0)],
    },
  ]),
  {
    name: 'RING_CONTEXT_STATUS_PTR',
    offset: 0x3a0,
    access: 'masked',
    fields: CSB_POINTER_FIELDS,
    reset: { value: 7, source: 'gvt-facts §6.4: write pointer 7, read pointer 0' },
  },
  { name: 'RING_CTX_TIMESTAMP', offset: 0x3a8 },
];

const PREDICATE_AND_GPR: readonly EngineRegisterRow[] = [
  { name: 'MI_PREDICATE_SRC0', offset: 0x400, count: 2 },
  { name: 'MI_PREDICATE_SRC1', offset: 0x408, count: 2 },
  { name: 'MI_PREDICATE_DATA', offset: 0x410, count: 2 },
  { name: 'MI_PREDICATE_RESULT', offset: 0x418 },
  { name: 'MI_PREDICATE_RESULT_1', offset: 0x41c },
  {
    name: 'RING_FORCE_TO_NONPRIV',
    offset: 0x4d0,
    count: 12,
    engines: RCS,
    flags: ['cmd', 'patch'],
    onWrite: 'force-to-nonpriv',
    fields: NONPRIV_FIELDS,
    description: 'Registers that user batches may write besides the permitted ones.',
  },
  {
    name: 'CS_GPR',
    offset: 0x600,
    count: 32,
    description: 'General purpose registers R0 to R15, low and high dword each.',
  },
];

/**
 * Registers that every command streamer has, by their offset from its base. Those without flags that GVT-g does not
 * track are here because drivers and contexts use them: they act as plain memory.
 */
export const ENGINE_REGISTER_ROWS: readonly EngineRegisterRow[] = [
  ...RING,
  ...CONTROL,
  ...BATCH,
  ...EXECLIST,
  ...PREDICATE_AND_GPR,
];
