import type { FieldRow, RegisterBlock, RegisterRow } from '../mmio/register-row.ts';
import { BDW, bit, bits, unnamed } from './row-helpers.ts';

/** Totals and blanking: both numbers are one less than what they mean. */
const TOTAL_FIELDS: readonly FieldRow[] = [bits('total', 28, 16), bits('active', 12, 0)];
const RANGE_FIELDS: readonly FieldRow[] = [bits('end', 28, 16), bits('start', 12, 0)];

export const DATA_M_FIELDS: readonly FieldRow[] = [bits('tuSize', 30, 25), bits('m', 23, 0)];
export const M_FIELDS: readonly FieldRow[] = [bits('m', 23, 0)];
export const N_FIELDS: readonly FieldRow[] = [bits('n', 23, 0)];

const FUNC_CTL_FIELDS: readonly FieldRow[] = [
  bit('enable', 31),
  bits('port', 30, 28, { 0: 'none', 1: 'DDI B', 2: 'DDI C', 3: 'DDI D', 4: 'DDI E' }),
  bits('mode', 26, 24, { 0: 'HDMI', 1: 'DVI', 2: 'DP SST', 3: 'DP MST', 4: 'FDI' }),
  bits('bitsPerColor', 22, 20, { 0: '8', 1: '10', 2: '6', 3: '12' }),
  bits('portSyncMasterSelect', 19, 18),
  bit('vsyncPolarity', 17, { 0: 'low', 1: 'high' }),
  bit('hsyncPolarity', 16, { 0: 'low', 1: 'high' }),
  bit('portSyncEnable', 15),
  bits('edpInput', 14, 12, { 0: 'A always', 4: 'A', 5: 'B', 6: 'C' }),
  bit('hdcpSignalling', 9),
  bit('dpVcPayloadAllocate', 8),
  bit('bfiEnable', 4),
  bits('portWidth', 3, 1, { 0: '1 lane', 1: '2 lanes', 3: '4 lanes' }),
];

const MSA_MISC_FIELDS: readonly FieldRow[] = [
  bits('misc1', 15, 8),
  bits('bitsPerColor', 7, 5, { 0: '6', 1: '8', 2: '10', 3: '12' }),
  bits('colorimetry', 4, 1),
  bit('synchronousClock', 0),
];

const DIP_CTL_FIELDS: readonly FieldRow[] = [
  bit('vscEnable', 20),
  bit('gcpEnable', 16),
  bit('aviEnable', 12),
  bit('vendorEnable', 8),
  bit('gamutEnable', 4),
  bit('spdEnable', 0),
];

/** Timings and link ratios that every transcoder has. */
function timingRows(transcoder: string, base: number): RegisterRow[] {
  const row = (name: string, at: number, fields?: readonly FieldRow[]): RegisterRow => ({
    name: `${name}_${transcoder}`,
    offset: base + at,
    ...(fields ? { fields } : {}),
  });
  return [
    row('TRANS_HTOTAL', 0x00, TOTAL_FIELDS),
    row('TRANS_HBLANK', 0x04, RANGE_FIELDS),
    row('TRANS_HSYNC', 0x08, RANGE_FIELDS),
    row('TRANS_VTOTAL', 0x0c, TOTAL_FIELDS),
    row('TRANS_VBLANK', 0x10, RANGE_FIELDS),
    row('TRANS_VSYNC', 0x14, RANGE_FIELDS),
    row('BCLRPAT', 0x20),
    row('TRANS_VSYNCSHIFT', 0x28, [bits('secondFieldShift', 12, 0)]),
    row('PIPE_DATA_M1', 0x30, DATA_M_FIELDS),
    row('PIPE_DATA_N1', 0x34, N_FIELDS),
    row('PIPE_DATA_M2', 0x38, DATA_M_FIELDS),
    row('PIPE_DATA_N2', 0x3c, N_FIELDS),
    row('PIPE_LINK_M1', 0x40, M_FIELDS),
    row('PIPE_LINK_N1', 0x44, N_FIELDS),
    row('PIPE_LINK_M2', 0x48, M_FIELDS),
    row('PIPE_LINK_N2', 0x4c, N_FIELDS),
    row('TRANS_DDI_FUNC_CTL', 0x400, FUNC_CTL_FIELDS),
    row('TRANS_MSA_MISC', 0x410, MSA_MISC_FIELDS),
  ];
}

function transcoderRows(transcoder: string, base: number): RegisterRow[] {
  return [
    ...timingRows(transcoder, base),
    {
      name: `PIPESRC_${transcoder}`,
      offset: base + 0x1c,
      fields: [bits('width', 28, 16), bits('height', 11, 0)],
      description: 'Size of the picture, less one.',
    },
    { name: `PIPE_CRC_CTL_${transcoder}`, offset: base + 0x50, fields: [bit('enable', 31)] },
    { name: `TRANS_MULT_${transcoder}`, offset: base + 0x2c, fields: [bits('multiplier', 2, 0)] },
    { name: `HSW_TVIDEO_DIP_CTL_${transcoder}`, offset: base + 0x200, fields: DIP_CTL_FIELDS },
  ];
}

export const TRANSCODER_REGISTERS: readonly RegisterBlock[] = [
  {
    name: 'Transcoder A',
    rows: [
      ...transcoderRows('A', 0x60000),
      ...unnamed([0x60110]),
      { name: 'HSW_TVIDEO_DIP_AVI_DATA_A', offset: 0x60220, count: 8 },
      { name: 'HSW_TVIDEO_DIP_SPD_DATA_A', offset: 0x602a0 },
    ],
  },
  {
    name: 'Transcoder B',
    rows: [
      ...transcoderRows('B', 0x61000),
      { name: 'PORT_HOTPLUG_EN', offset: 0x61110 },
      { name: 'PP_ON_DELAYS_GMCH', offset: 0x61208 },
      { name: 'PP_OFF_DELAYS_GMCH', offset: 0x6120c },
    ],
  },
  { name: 'Transcoder C', rows: transcoderRows('C', 0x62000) },
  {
    name: 'Transcoder EDP',
    rows: [
      ...timingRows('EDP', 0x6f000),
      { name: 'SRD_CTL_EDP', offset: 0x6f800, platforms: BDW, fields: [bit('enable', 31)] },
    ],
  },
];
