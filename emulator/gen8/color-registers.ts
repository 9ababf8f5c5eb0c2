import type { RegisterRow } from '../mmio/register-row.ts';
import { bit, bits, unnamed } from './row-helpers.ts';

const CSC: readonly (readonly [string, number])[] = [
  ['COEFF_RY_GY', 0x10],
  ['COEFF_BY', 0x14],
  ['COEFF_RU_GU', 0x18],
  ['COEFF_BU', 0x1c],
  ['COEFF_RV_GV', 0x20],
  ['COEFF_BV', 0x24],
  ['PREOFF_HI', 0x30],
  ['PREOFF_ME', 0x34],
  ['PREOFF_LO', 0x38],
  ['POSTOFF_HI', 0x40],
  ['POSTOFF_ME', 0x44],
  ['POSTOFF_LO', 0x48],
];

/** Colour space conversion, palettes and gamma of a pipe. */
export function colorRows(pipe: string, index: number): RegisterRow[] {
  const csc = 0x49000 + index * 0x100;
  const palette = 0x4a000 + index * 0x800;
  return [
    ...CSC.map(
      ([part, at]): RegisterRow => ({ name: `PIPE_CSC_${part}_${pipe}`, offset: csc + at }),
    ),
    {
      name: `PIPE_CSC_MODE_${pipe}`,
      offset: csc + 0x28,
      fields: [
        bit('blackScreenOffset', 2),
        bit('positionBeforeGamma', 1),
        bit('mode', 0, { 0: 'RGB to YUV', 1: 'YUV to RGB' }),
      ],
    },
    ...unnamed([csc + 0x80]),
    ...unnamed([csc + 0x90], { count: 5 }),
    {
      name: `LGC_PALETTE_${pipe}`,
      offset: palette,
      count: 256,
      fields: [bits('red', 23, 16), bits('green', 15, 8), bits('blue', 7, 0)],
    },
    {
      name: `PREC_PAL_INDEX_${pipe}`,
      offset: palette + 0x400,
      fields: [bit('splitMode', 31), bit('autoIncrement', 15), bits('index', 9, 0)],
    },
    { name: `PREC_PAL_DATA_${pipe}`, offset: palette + 0x404 },
    { name: `PREC_PAL_GC_MAX_${pipe}`, offset: palette + 0x410, count: 3 },
    {
      name: `GAMMA_MODE_${pipe}`,
      offset: palette + 0x480,
      fields: [bits('mode', 1, 0, { 0: '8 bit', 1: '10 bit', 2: '12 bit', 3: 'split' })],
    },
  ];
}
