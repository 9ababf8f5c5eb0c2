import type { FieldRow, RegisterBlock, RegisterRow } from '../mmio/register-row.ts';
import { BDW, bit, bits, GEN9, unnamed } from './row-helpers.ts';

const PULSES = { 0: 'none', 1: 'short', 2: 'long', 3: 'short and long' };

/** Chicken bits, straps, hot plug, clocks of the south display. */
const SOUTH: readonly RegisterRow[] = [
  {
    name: 'SOUTH_CHICKEN1',
    offset: 0xc2000,
    fields: [bits('chassisClockRequestDuration', 11, 8), bit('sptPwmGranularity', 0)],
  },
  {
    name: 'SOUTH_CHICKEN2',
    offset: 0xc2004,
    onWrite: 'south-reset-request',
    fields: [
      bit('fdiMphyIosfsbResetStatus', 13),
      bit('fdiMphyIosfsbResetControl', 12),
      bit('lptPwmGranularity', 5),
      bit('edpPpsFixDisable', 0),
    ],
  },
  {
    name: 'SFUSE_STRAP',
    offset: 0xc2014,
    fields: [
      bit('fuseLock', 13),
      bit('rawFrequency', 8),
      bit('displayDisabled', 7),
      bit('crtDisabled', 6),
      bit('ddiBDetected', 2),
      bit('ddiCDetected', 1),
      bit('ddiDDetected', 0),
    ],
    description: 'Ports that the board has.',
  },
  {
    name: 'SOUTH_DSPCLK_GATE_D',
    offset: 0xc2020,
    fields: [
      bit('gmbusUnitClockGateDisable', 31),
      bit('dplUnitClockGateDisable', 30),
      bit('dplsUnitClockGateDisable', 29),
      bit('dpmgUnitClockGateDisable', 15),
      bit('cpUnitClockGateDisable', 14),
      bit('lpPartitionLevelDisable', 12),
    ],
  },
  {
    name: 'PCH_PORT_HOTPLUG',
    offset: 0xc4030,
    access: 'ro-bits',
    readOnlyMask: 0x03030303,
    fields: [
      bit('ddiAEnable', 28),
      bits('ddiAStatus', 25, 24, PULSES),
      bit('ddiDEnable', 20),
      bits('ddiDStatus', 17, 16, PULSES),
      bit('ddiCEnable', 12),
      bits('ddiCStatus', 9, 8, PULSES),
      bit('ddiBEnable', 4),
      bits('ddiBStatus', 1, 0, PULSES),
    ],
  },
  {
    name: 'PCH_PORT_HOTPLUG2',
    offset: 0xc403c,
    platforms: GEN9,
    fields: [bit('ddiEEnable', 4), bits('ddiEStatus', 1, 0, PULSES)],
  },
  { name: 'SERR_INT', offset: 0xc4040 },
  { name: 'PCH_DPLL_A', offset: 0xc6014 },
  { name: 'PCH_DPLL_B', offset: 0xc6018 },
  { name: 'PIXCLK_GATE', offset: 0xc6020, fields: [bit('ungate', 0)] },
  { name: 'PCH_FPA0', offset: 0xc6040 },
  { name: 'PCH_FPA1', offset: 0xc6044 },
  { name: 'PCH_FPB0', offset: 0xc6048 },
  { name: 'PCH_FPB1', offset: 0xc604c },
  { name: 'PCH_DREF_CONTROL', offset: 0xc6200 },
  { name: 'PCH_RAWCLK_FREQ', offset: 0xc6204, fields: [bits('frequency', 9, 0)] },
  { name: 'PCH_DPLL_SEL', offset: 0xc7000 },
  { name: 'BLC_PWM_PCH_CTL1', offset: 0xc8250, fields: [bit('enable', 31), bit('polarity', 29)] },
  {
    name: 'BLC_PWM_PCH_CTL2',
    offset: 0xc8254,
    fields: [bits('frequency', 31, 16), bits('dutyCycle', 15, 0)],
  },
  ...unnamed([0xce044]),
];

/** Sideband to the PCH's own registers (gvt-facts §8). */
const SIDEBAND: readonly RegisterRow[] = [
  { name: 'SBI_ADDR', offset: 0xc6000, fields: [bits('address', 31, 16)] },
  { name: 'SBI_DATA', offset: 0xc6004 },
  {
    name: 'SBI_CTL_STAT',
    offset: 0xc6008,
    onWrite: 'sbi',
    fields: [
      bit('destination', 16, { 0: 'iCLK', 1: 'mPHY' }),
      bits('operation', 15, 8, { 2: 'IO read', 3: 'IO write', 6: 'CR read', 7: 'CR write' }),
      bits('response', 2, 1, { 0: 'success', 1: 'fail' }),
      bit('busy', 0),
    ],
  },
];

const PANEL_POWER: readonly RegisterRow[] = [
  {
    name: 'PP_STATUS',
    offset: 0xc7200,
    fields: [
      bit('on', 31),
      bit('ready', 30),
      bits('sequence', 29, 28, { 0: 'none', 1: 'power up', 2: 'power down' }),
      bit('cycleDelayActive', 27),
      bits('sequenceState', 3, 0, { 0: 'off idle', 8: 'on idle', 15: 'reset' }),
    ],
  },
  {
    name: 'PP_CONTROL',
    offset: 0xc7204,
    onWrite: 'panel-power',
    fields: [
      bits('unlock', 31, 16),
      bits('powerCycleDelay', 8, 4),
      bit('edpForceVdd', 3),
      bit('backlightEnable', 2),
      bit('powerDownOnReset', 1),
      bit('powerOn', 0),
    ],
  },
  {
    name: 'PP_ON_DELAYS',
    offset: 0xc7208,
    fields: [
      bits('portSelect', 31, 30, { 0: 'LVDS', 1: 'DP A', 2: 'DP C', 3: 'DP D' }),
      bits('powerUpDelay', 28, 16),
      bits('lightOnDelay', 12, 0),
    ],
  },
  {
    name: 'PP_OFF_DELAYS',
    offset: 0xc720c,
    fields: [bits('powerDownDelay', 28, 16), bits('lightOffDelay', 12, 0)],
  },
  {
    name: 'PP_DIVISOR',
    offset: 0xc7210,
    fields: [bits('referenceDivider', 31, 8), bits('powerCycleDelay', 4, 0)],
  },
];

const DIP_FIELDS: readonly FieldRow[] = [bit('enable', 31), bits('port', 30, 29)];

/** Transcoders in the PCH: only Broadwell's CRT still goes through one. */
const TRANSCODERS: readonly RegisterRow[] = [
  { name: 'PCH_TRANS_HTOTAL_A', offset: 0xe0000 },
  { name: 'PCH_TRANS_HBLANK_A', offset: 0xe0004 },
  { name: 'PCH_TRANS_HSYNC_A', offset: 0xe0008 },
  { name: 'PCH_TRANS_VTOTAL_A', offset: 0xe000c },
  { name: 'PCH_TRANS_VBLANK_A', offset: 0xe0010 },
  { name: 'PCH_TRANS_VSYNC_A', offset: 0xe0014 },
  { name: 'PCH_TRANS_VSYNCSHIFT_A', offset: 0xe0028 },
  { name: 'PCH_TRANSA_DATA_M1', offset: 0xe0030 },
  { name: 'PCH_TRANSA_DATA_N1', offset: 0xe0034 },
  { name: 'PCH_TRANSA_DATA_M2', offset: 0xe0038 },
  { name: 'PCH_TRANSA_DATA_N2', offset: 0xe003c },
  { name: 'PCH_TRANSA_LINK_M1', offset: 0xe0040 },
  { name: 'PCH_TRANSA_LINK_N1', offset: 0xe0044 },
  { name: 'PCH_TRANSA_LINK_M2', offset: 0xe0048 },
  { name: 'PCH_TRANSA_LINK_N2', offset: 0xe004c },
  { name: 'PCH_TRANS_HTOTAL_B', offset: 0xe1000 },
  { name: 'PCH_TRANS_HBLANK_B', offset: 0xe1004 },
  { name: 'PCH_TRANS_HSYNC_B', offset: 0xe1008 },
  { name: 'PCH_TRANS_VTOTAL_B', offset: 0xe100c },
  { name: 'PCH_TRANS_VBLANK_B', offset: 0xe1010 },
  { name: 'PCH_TRANS_VSYNC_B', offset: 0xe1014 },
  { name: 'PCH_TRANS_VSYNCSHIFT_B', offset: 0xe1028 },
  ...['A', 'B', 'C'].flatMap((pipe, index): RegisterRow[] => {
    const base = 0xe0000 + index * 0x1000;
    return [
      { name: `TVIDEO_DIP_CTL_${pipe}`, offset: base + 0x200, fields: DIP_FIELDS },
      { name: `TVIDEO_DIP_DATA_${pipe}`, offset: base + 0x208 },
      { name: `TVIDEO_DIP_GCP_${pipe}`, offset: base + 0x210 },
      { name: `TRANS_DP_CTL_${pipe}`, offset: base + 0x300 },
    ];
  }),
  {
    name: 'PCH_ADPA',
    offset: 0xe1100,
    platforms: BDW,
    onWrite: 'crt',
    fields: [bit('dacEnable', 31), bit('hotplugForceTrigger', 16)],
  },
  { name: 'PCH_LVDS', offset: 0xe1180 },
  ...unnamed([0xe4f00], { count: 10 }),
];

export const PCH_REGISTERS: RegisterBlock = {
  name: 'PCH',
  rows: [...SOUTH, ...SIDEBAND, ...PANEL_POWER, ...TRANSCODERS],
};
