import type { FieldRow, RegisterBlock, RegisterRow } from '../mmio/register-row.ts';
import { address, BDW, bit, bits, GEN9, PIPES, unnamed } from './row-helpers.ts';

/** What belongs to no pipe: VGA, straps, chicken bits, clock gating, arbitration. */
const CORE: readonly RegisterRow[] = [
  {
    name: 'CPU_VGACNTRL',
    offset: 0x41000,
    fields: [bit('vgaDisplayDisable', 31), bit('pipeSelect', 29), bit('borderEnable', 26)],
  },
  { name: 'ILK_DISPLAY_CHICKEN1', offset: 0x42000, platforms: BDW },
  {
    name: 'SKL_FUSE_STATUS',
    offset: 0x42000,
    platforms: GEN9,
    fields: [
      bit('fuseDownload', 31, { 1: 'done' }),
      bit('fusePg0Distribution', 27, { 1: 'done' }),
      bit('fusePg1Distribution', 26, { 1: 'done' }),
      bit('fusePg2Distribution', 25, { 1: 'done' }),
    ],
    description: 'Fuses were loaded and handed to the power gates.',
  },
  { name: 'ILK_DISPLAY_CHICKEN2', offset: 0x42004 },
  {
    name: 'FUSE_STRAP',
    offset: 0x42014,
    fields: [
      bit('internalGraphicsDisable', 31),
      bit('internalDisplayDisable', 30),
      bit('displayDebugDisable', 29),
      bit('pipeCDisable', 28),
      bit('hdcpDisable', 25),
      bit('cdclkLimit', 24),
      bit('desktop', 23),
      bit('cpuSscEnable', 21),
    ],
  },
  { name: 'ILK_DSPCLK_GATE_D', offset: 0x42020 },
  {
    // GVT-g tracks it from Skylake on; Broadwell's driver uses it too.
    name: 'CHICKEN_PAR1_1',
    offset: 0x42080,
    fields: [
      bit('ignoreKvmr', 31),
      bit('dpaMaskVblankSrd', 15),
      bit('forceArbIdlePlanes', 14),
      bit('edpPsrFixTsPsr', 3),
      bit('ignorePsr2HwTracking', 1),
    ],
  },
  { name: 'CHICKEN_MISC_2', offset: 0x42084, platforms: ['kbl'] },
  {
    name: 'CHICKEN_PAR2_1',
    offset: 0x42090,
    platforms: BDW,
    fields: [bit('kvmConfigChangeNotificationSelect', 14)],
  },
  ...PIPES.map(
    (pipe, n): RegisterRow => ({
      name: `CHICKEN_PIPESL_1_${pipe}`,
      offset: 0x420b0 + n * 4,
      fields: [bit('maskPlaneVblank', 0)],
    }),
  ),
  ...['A', 'B', 'C', 'EDP'].map(
    (transcoder, n): RegisterRow => ({
      name: `CHICKEN_TRANS_${transcoder}`,
      offset: 0x420c0 + n * 4,
      fields: [
        bit('unmaskVblankToPipeInSrd', 30),
        bits('frameStartDelay', 28, 27),
        bit('ddiTrainingOverrideEnable', 19),
        bit('ddiTrainingOverrideValue', 18),
        bit('ddiETrainingOverrideEnable', 17),
        bit('ddiETrainingOverrideValue', 16),
        bit('psr2AddVerticalLineCount', 15),
        bit('psr2VscEnableProgHeader', 12),
      ],
    }),
  ),
  {
    name: 'FPGA_DBG',
    offset: 0x42300,
    onWrite: 'fpga-debug',
    fields: [bit('unclaimedAccess', 31)],
    description: 'An access that no unit claimed.',
  },
  {
    name: 'DIGITAL_PORT_HOTPLUG_CNTRL',
    offset: 0x44030,
    fields: [
      bit('ddiAHotplugEnable', 4),
      bits('ddiAStatus', 1, 0, { 0: 'none', 1: 'short', 2: 'long' }),
    ],
  },
  { name: 'IVB_TIMESTAMP_CTR', offset: 0x44070 },
  {
    name: 'DISP_ARB_CTL',
    offset: 0x45000,
    fields: [
      bit('fbcMemoryWake', 31),
      bit('tileAddressSwizzling', 13),
      bit('fbcWatermarkDisable', 15),
    ],
  },
  {
    name: 'DISP_ARB_CTL2',
    offset: 0x45004,
    fields: [bit('dataPartition56', 6), bit('ipcEnable', 3)],
  },
  {
    name: 'HSW_NDE_RSTWRN_OPT',
    offset: 0x46408,
    fields: [bit('resetPchHandshakeEnable', 4)],
  },
  {
    name: 'GEN8_CHICKEN_DCPR_1',
    offset: 0x46430,
    platforms: GEN9,
    fields: [bit('maskWakemem', 13)],
  },
  ...unnamed([0x46508]),
  { name: 'CLKGATE_DIS_PSL_A', offset: 0x46520, platforms: GEN9 },
  { name: 'SWF_ILK', offset: 0x4f000, count: 36, description: 'Scratch for firmware.' },
  {
    name: 'SKL_DFSM',
    offset: 0x51000,
    platforms: GEN9,
    fields: [
      bit('pipeADisable', 30),
      bit('pipeCDisable', 28),
      bit('displayPmDisable', 27),
      bit('hdcpDisable', 25),
      bits('cdclkLimit', 24, 23, { 0: '675 MHz', 1: '540 MHz', 2: '450 MHz', 3: '337.5 MHz' }),
      bit('pipeBDisable', 21),
    ],
    description: 'Display fuses.',
  },
];

const LINETIME_FIELDS: readonly FieldRow[] = [bits('ipsLineTime', 24, 16), bits('lineTime', 8, 0)];

/** Watermarks of the time before Skylake, and line times. */
const WATERMARKS: readonly RegisterRow[] = [
  { name: 'WM0_PIPE_ILK_A', offset: 0x45100 },
  { name: 'WM0_PIPE_ILK_B', offset: 0x45104 },
  { name: 'WM1_LP_ILK', offset: 0x45108 },
  { name: 'WM2_LP_ILK', offset: 0x4510c },
  { name: 'WM3_LP_ILK', offset: 0x45110 },
  { name: 'WM1S_LP_ILK', offset: 0x45120 },
  { name: 'WM2S_LP_IVB', offset: 0x45124 },
  { name: 'WM3S_LP_IVB', offset: 0x45128 },
  { name: 'WM0_PIPE_ILK_C', offset: 0x45200 },
  { name: 'WM_MISC', offset: 0x45260, platforms: BDW },
  ...PIPES.map(
    (pipe, n): RegisterRow => ({
      name: `WM_LINETIME_${pipe}`,
      offset: 0x45270 + n * 4,
      fields: LINETIME_FIELDS,
    }),
  ),
];

const FBC: readonly RegisterRow[] = [
  { name: 'ILK_DPFC_CB_BASE', offset: 0x43200, fields: [address('base', 27, 12)] },
  {
    name: 'ILK_DPFC_CONTROL',
    offset: 0x43208,
    fields: [
      bit('enable', 31),
      bits('plane', 30, 29, { 0: 'A', 1: 'B', 2: 'C' }),
      bit('cpuFenceEnable', 28),
      bit('falseColor', 10),
      bits('compressionLimit', 7, 6, { 0: '1:1', 1: '2:1', 2: '4:1' }),
      bits('fenceNumber', 3, 0),
    ],
    description: 'Framebuffer compression.',
  },
  { name: 'ILK_DPFC_RECOMP_CTL', offset: 0x4320c },
  { name: 'ILK_DPFC_STATUS', offset: 0x43210 },
  { name: 'ILK_DPFC_FENCE_YOFF', offset: 0x43218 },
  {
    name: 'ILK_DPFC_CHICKEN',
    offset: 0x43224,
    fields: [
      bit('nukeOnAnyModification', 23),
      bit('compDummyPixel', 14),
      bit('disableDummy0', 8),
      bit('forceSlbInvalidation', 13),
    ],
  },
  {
    name: 'IPS_CTL',
    offset: 0x43408,
    fields: [bit('enable', 31), bit('falseColor', 4)],
    description: 'Intermediate pixel storage.',
  },
];

const BACKLIGHT: readonly RegisterRow[] = [
  { name: 'BLC_PWM_CPU_CTL2', offset: 0x48250, fields: [bit('enable', 31), bits('pipe', 30, 29)] },
  { name: 'BLC_PWM_CPU_CTL', offset: 0x48254, fields: [bits('dutyCycle', 15, 0)] },
  ...unnamed([0x48268]),
  { name: 'UTIL_PIN_CTL', offset: 0x48400, fields: [bit('enable', 31)] },
  ...unnamed([0x48800]),
];

/** Surfaces of flips as older drivers write them; they act like PLANE_SURF (gvt-facts §9). */
const LEGACY_FLIP: readonly RegisterRow[] = [
  ['A_PRIMARY', 0x50080],
  ['B_PRIMARY', 0x50088],
  ['C_PRIMARY', 0x5008c],
  ['A_SPRITE', 0x50090],
  ['B_SPRITE', 0x50098],
  ['C_SPRITE', 0x5009c],
].map(
  ([plane, offset]): RegisterRow => ({
    name: `REG_50080_${plane}`,
    offset: Number(offset),
    onWrite: 'plane-surface',
    description: 'Surface of a legacy flip (gvt-facts §9).',
  }),
);

export const DISPLAY_REGISTERS: RegisterBlock = {
  name: 'Display',
  rows: [...CORE, ...WATERMARKS, ...FBC, ...BACKLIGHT, ...LEGACY_FLIP],
};
