import type { FieldRow, RegisterBlock, RegisterRow } from '../mmio/register-row.ts';
import { colorRows } from './color-registers.ts';
import { address, BDW, bit, bits, GEN9, PIPES, unnamed } from './row-helpers.ts';

/** Bytes from a pipe's registers to the next pipe's. */
const STRIDE = 0x1000;

const SIZE_FIELDS: readonly FieldRow[] = [bits('x', 31, 16), bits('y', 15, 0)];

export const PIPECONF_FIELDS: readonly FieldRow[] = [
  bit('enable', 31),
  bit('active', 30),
  bits('interlaceMode', 22, 21, {
    0: 'progressive',
    1: 'progressive fetch',
    3: 'interlaced fetch',
  }),
  bit('colorRangeSelect', 13),
  bit('outputColorspaceYuv', 11),
];

const PIPESTAT_FIELDS: readonly FieldRow[] = [bits('enables', 30, 16), bits('status', 15, 0)];

const PIPE_MISC_FIELDS: readonly FieldRow[] = [
  bit('psrMaskPrimaryFlip', 23),
  bit('psrMaskSpriteEnable', 22),
  bit('psrMaskPipeRegisterWrite', 21),
  bit('psrMaskVblankVsyncInterrupt', 20),
  bit('outputColorspaceYuv', 11),
  bits('ditherBpc', 7, 5, { 0: '8', 1: '10', 2: '6' }),
  bit('ditherEnable', 4),
  bits('ditherType', 3, 2, { 0: 'spatial', 1: 'ST1', 2: 'ST2', 3: 'temporal' }),
];

const CURSOR_MODES = {
  0: 'disabled',
  2: '128 32-bit',
  3: '256 32-bit',
  4: '64 2-bit',
  7: '64 32-bit',
  34: '128 ARGB',
  35: '256 ARGB',
  39: '64 ARGB',
};

const CURSOR_FIELDS: readonly FieldRow[] = [
  bits('pipeSelect', 29, 28),
  bit('gammaEnable', 26),
  bit('pipeCscEnable', 24),
  bit('rotate180', 15),
  bit('trickleFeedDisable', 14),
  bits('mode', 5, 0, CURSOR_MODES),
];

const CURSOR_POSITION_FIELDS: readonly FieldRow[] = [
  bit('ySign', 31),
  bits('y', 30, 16),
  bit('xSign', 15),
  bits('x', 14, 0),
];

/** Scan-out state of a pipe; `EDP` is the transcoder that has these registers too. */
function scanRows(pipe: string, base: number): RegisterRow[] {
  return [
    {
      name: `PIPEDSL_${pipe}`,
      offset: base,
      onRead: 'scan-line',
      fields: [bit('currentField', 31), bits('line', 19, 0)],
      description: 'Line being scanned out.',
    },
    {
      name: `PIPECONF_${pipe}`,
      offset: base + 0x8,
      onWrite: 'pipe-config',
      fields: PIPECONF_FIELDS,
    },
    { name: `PIPESTAT_${pipe}`, offset: base + 0x24, fields: PIPESTAT_FIELDS },
    {
      name: `PIPE_FRMCOUNT_${pipe}`,
      offset: base + 0x40,
      onRead: 'frame-counter',
      description: 'Frames begun.',
    },
    { name: `PIPE_FLIPCOUNT_${pipe}`, offset: base + 0x44, description: 'Flips done.' },
  ];
}

function cursorRows(pipe: string, base: number): RegisterRow[] {
  return [
    { name: `CURCNTR_${pipe}`, offset: base + 0x80, fields: CURSOR_FIELDS },
    { name: `CURBASE_${pipe}`, offset: base + 0x84, fields: [address('base', 31, 12)] },
    { name: `CURPOS_${pipe}`, offset: base + 0x88, fields: CURSOR_POSITION_FIELDS },
    {
      name: `CUR_FBC_CTL_${pipe}`,
      offset: base + 0xa0,
      fields: [bit('enable', 31), bits('height', 7, 0)],
    },
    { name: `CURSURFLIVE_${pipe}`, offset: base + 0xac, fields: [address('base', 31, 12)] },
  ];
}

function pipeRows(pipe: string, index: number): RegisterRow[] {
  const base = 0x70000 + index * STRIDE;
  return [
    ...scanRows(pipe, base),
    { name: `PIPE_MISC_${pipe}`, offset: base + 0x30, fields: PIPE_MISC_FIELDS },
    {
      name: `SKL_BOTTOM_COLOR_${pipe}`,
      offset: base + 0x34,
      platforms: GEN9,
      fields: [bit('gammaEnable', 31), bit('cscEnable', 30)],
    },
    ...cursorRows(pipe, base),
    ...(pipe === 'A' ? unnamed([0x70090, 0x70094, 0x70098, 0x7009c]) : []),
    { name: `SPR_GAMC_${pipe}`, offset: base + 0x400, count: 16 },
    // Skylake has watermarks of the third plane here, which reach a dword further.
    { name: `SPR_GAMC16_${pipe}`, offset: base + 0x440, count: 3, platforms: BDW },
    { name: `SPR_GAMC17_${pipe}`, offset: base + 0x44c, count: 3, platforms: BDW },
  ];
}

/** Panel fitters of the time before Skylake; still tracked. */
function fitterRows(pipe: string, index: number): RegisterRow[] {
  const base = 0x68000 + index * 0x800;
  return [
    { name: `PF_WIN_POS_${pipe}`, offset: base + 0x70, fields: SIZE_FIELDS },
    { name: `PF_WIN_SZ_${pipe}`, offset: base + 0x74, fields: SIZE_FIELDS },
    {
      name: `PF_CTL_${pipe}`,
      offset: base + 0x80,
      fields: [bit('enable', 31), bits('filter', 24, 23)],
    },
    { name: `PF_VSCALE_${pipe}`, offset: base + 0x84 },
    { name: `PF_HSCALE_${pipe}`, offset: base + 0x90 },
  ];
}

export const PIPE_REGISTERS: readonly RegisterBlock[] = PIPES.map((pipe, index) => ({
  name: `Pipe ${pipe}`,
  rows: [...pipeRows(pipe, index), ...colorRows(pipe, index), ...fitterRows(pipe, index)],
}));

export const PIPE_EDP_REGISTERS: RegisterBlock = {
  name: 'Pipe EDP',
  rows: scanRows('EDP', 0x7f000),
};
