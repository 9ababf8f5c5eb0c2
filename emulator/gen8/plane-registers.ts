import type { FieldRow, RegisterBlock, RegisterRow } from '../mmio/register-row.ts';
import { address, BDW, bit, bits, PIPES } from './row-helpers.ts';

/** Planes of Broadwell: one primary and one sprite a pipe. Skylake's universal planes took their places. */

const STRIDE = 0x1000;

const FORMATS = {
  2: 'indexed',
  5: 'BGRX565',
  6: 'BGRX888',
  8: 'RGBX101010',
  10: 'BGRX101010',
  12: 'RGBX161616',
  14: 'RGBX888',
};

const DSPCNTR_FIELDS: readonly FieldRow[] = [
  bit('enable', 31),
  bit('gammaEnable', 30),
  bits('format', 29, 26, FORMATS),
  bit('pipeCscEnable', 24),
  bit('rotate180', 15),
  bit('trickleFeedDisable', 14),
  bit('tiled', 10, { 0: 'linear', 1: 'X' }),
  bit('asyncFlip', 9),
];

const SPRCTL_FIELDS: readonly FieldRow[] = [
  bit('enable', 31),
  bit('gammaEnable', 30),
  bits('format', 27, 25, { 0: 'YUV422', 1: 'RGBX101010', 2: 'RGBX888', 3: 'RGBX161616' }),
  bit('pipeCscEnable', 24),
  bit('sourceKey', 22),
  bit('rgbOrderRgbx', 20),
  bits('yuvByteOrder', 17, 16),
  bit('rotate180', 15),
  bit('trickleFeedDisable', 14),
  bit('tiled', 10, { 0: 'linear', 1: 'X' }),
  bit('destinationKey', 2),
];

const HIGH_LOW_YX: readonly FieldRow[] = [bits('y', 31, 16), bits('x', 15, 0)];
const HEIGHT_WIDTH: readonly FieldRow[] = [bits('height', 31, 16), bits('width', 15, 0)];
const SURFACE: readonly FieldRow[] = [address('address', 31, 12)];

function primaryRows(pipe: string, index: number): RegisterRow[] {
  const base = 0x70180 + index * STRIDE;
  const row = (name: string, at: number, more: Partial<RegisterRow> = {}): RegisterRow => ({
    name: `DSP${name}_${pipe}`,
    offset: base + at,
    platforms: BDW,
    ...more,
  });
  return [
    row('CNTR', 0x00, { fields: DSPCNTR_FIELDS }),
    row('ADDR', 0x04),
    row('STRIDE', 0x08),
    row('POS', 0x0c, { fields: HIGH_LOW_YX }),
    row('SIZE', 0x10, { fields: HEIGHT_WIDTH }),
    row('SURF', 0x1c, { onWrite: 'plane-surface', fields: SURFACE }),
    row('OFFSET', 0x24, { fields: HIGH_LOW_YX }),
    row('SURFLIVE', 0x2c, { fields: SURFACE }),
  ];
}

function spriteRows(pipe: string, index: number): RegisterRow[] {
  const base = 0x70280 + index * STRIDE;
  const row = (name: string, at: number, more: Partial<RegisterRow> = {}): RegisterRow => ({
    name: `SPR${name}_${pipe}`,
    offset: base + at,
    platforms: BDW,
    ...more,
  });
  return [
    row('CTL', 0x00, { fields: SPRCTL_FIELDS }),
    row('LINOFF', 0x04),
    row('STRIDE', 0x08),
    row('POS', 0x0c, { fields: HIGH_LOW_YX }),
    row('SIZE', 0x10, { fields: HEIGHT_WIDTH }),
    row('KEYVAL', 0x14),
    row('KEYMSK', 0x18),
    row('SURF', 0x1c, { onWrite: 'plane-surface', fields: SURFACE }),
    row('KEYMAX', 0x20),
    row('OFFSET', 0x24, { fields: HIGH_LOW_YX }),
    row('SURFLIVE', 0x2c, { fields: SURFACE }),
    row('SCALE', 0x84, { fields: [bit('enable', 31)] }),
  ];
}

export const BDW_PLANE_REGISTERS: readonly RegisterBlock[] = PIPES.map((pipe, index) => ({
  name: `Planes of pipe ${pipe}`,
  rows: [...primaryRows(pipe, index), ...spriteRows(pipe, index)],
}));
