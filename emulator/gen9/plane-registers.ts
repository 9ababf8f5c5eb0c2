import { address, bit, bits, GEN9, PIPES } from '../gen8/row-helpers.ts';
import type { FieldRow, RegisterBlock, RegisterRow } from '../mmio/register-row.ts';

/** Universal planes, their watermarks and their shares of the data buffer. */

const STRIDE = 0x1000;
/** Bytes from a plane's registers to the next plane's on the same pipe. */
const PLANE_STRIDE = 0x100;

const FORMATS = {
  0: 'YUV422',
  1: 'NV12',
  2: 'XRGB2101010',
  3: 'P010',
  4: 'XRGB8888',
  5: 'P012',
  6: 'XRGB16161616F',
  7: 'P016',
  8: 'XYUV',
  12: 'indexed',
  14: 'RGB565',
};

const CTL_FIELDS: readonly FieldRow[] = [
  bit('enable', 31),
  bit('pipeGammaEnable', 30),
  bit('yuvRangeCorrectionDisable', 28),
  bits('format', 27, 24, FORMATS),
  bit('pipeCscEnable', 23),
  bits('keyEnable', 22, 21, { 0: 'disabled', 1: 'source', 2: 'destination' }),
  bit('orderRgbx', 20, { 0: 'BGRX', 1: 'RGBX' }),
  bit('yuv420YPlane', 19),
  bit('yuvToRgbCscFormatBt709', 18),
  bits('yuv422Order', 17, 16, { 0: 'YUYV', 1: 'UYVY', 2: 'YVYU', 3: 'VYUY' }),
  bit('renderDecompressionEnable', 15),
  bit('trickleFeedDisable', 14),
  bit('planeGammaDisable', 13),
  bits('tiling', 12, 10, { 0: 'linear', 1: 'X', 4: 'Y', 5: 'Yf' }),
  bit('asyncFlip', 9),
  bit('flipHorizontal', 8),
  bits('alphaMode', 5, 4, { 0: 'disabled', 2: 'software premultiply', 3: 'hardware premultiply' }),
  bits('rotation', 1, 0, { 0: '0', 1: '90', 2: '180', 3: '270' }),
];

const YX_FIELDS: readonly FieldRow[] = [bits('y', 31, 16), bits('x', 15, 0)];
const SURFACE_FIELDS: readonly FieldRow[] = [
  address('address', 31, 12),
  bit('decrypt', 2),
  bit('asyncUpdate', 0),
];

const WATERMARK_FIELDS: readonly FieldRow[] = [
  bit('enable', 31),
  bit('ignoreLines', 30),
  bits('lines', 26, 14),
  bits('blocks', 11, 0),
];

const BUFFER_FIELDS: readonly FieldRow[] = [bits('end', 27, 16), bits('start', 11, 0)];

type MakeRow = (name: string, at: number, more?: Partial<RegisterRow>) => RegisterRow;

/** Makes rows of one plane (1 to 4) of a pipe. */
function planeRow(pipe: string, index: number, plane: number): MakeRow {
  const base = 0x70100 + index * STRIDE + (plane - 1) * PLANE_STRIDE;
  return (name, at, more = {}) => ({
    name: `PLANE_${name}_${plane}_${pipe}`,
    offset: base + at,
    platforms: GEN9,
    ...more,
  });
}

function controlRows(row: MakeRow): RegisterRow[] {
  return [
    row('CTL', 0x80, { fields: CTL_FIELDS }),
    row('LINOFF', 0x84),
    row('STRIDE', 0x88, {
      fields: [bits('stride', 11, 0)],
      description: 'In units of the tiling: 64 bytes linear, 512 X, 128 Y.',
    }),
    row('POS', 0x8c, { fields: YX_FIELDS }),
    row('SIZE', 0x90, {
      fields: [bits('height', 31, 16), bits('width', 15, 0)],
      description: 'Less one each.',
    }),
    row('KEYVAL', 0x94),
    row('KEYMSK', 0x98, { fields: [bit('alphaEnable', 31)] }),
    row('SURF', 0x9c, {
      onWrite: 'plane-surface',
      fields: SURFACE_FIELDS,
      description: 'Graphics address of the picture; the write arms the flip.',
    }),
    row('KEYMAX', 0xa0, { fields: [bits('alpha', 31, 24)] }),
    row('OFFSET', 0xa4, { fields: YX_FIELDS }),
    row('SURFLIVE', 0xac, { fields: SURFACE_FIELDS }),
  ];
}

function auxiliaryRows(row: MakeRow): RegisterRow[] {
  return [
    row('AUX_DIST', 0xc0, { fields: [address('distance', 31, 12), bits('stride', 11, 0)] }),
    row('AUX_OFFSET', 0xc4),
  ];
}

/** Watermarks lie 0x100 behind the plane they are for. */
function watermarkRows(row: MakeRow, plane: number, pipe: string): RegisterRow[] {
  return [
    ...[0, 1, 2, 3, 4, 5, 6, 7].map(
      (level): RegisterRow => ({
        ...row('WM', 0x140 + level * 4, { fields: WATERMARK_FIELDS }),
        name: `PLANE_WM_${plane}_${pipe}_${level}`,
      }),
    ),
    row('WM_TRANS', 0x168, { fields: WATERMARK_FIELDS }),
  ];
}

function bufferRows(row: MakeRow): RegisterRow[] {
  return [
    row('NV12_BUF_CFG', 0x178, { fields: BUFFER_FIELDS }),
    row('BUF_CFG', 0x17c, { fields: BUFFER_FIELDS }),
  ];
}

function cursorRows(pipe: string, index: number): RegisterRow[] {
  const base = 0x70100 + index * STRIDE;
  return [
    ...[0, 1, 2, 3, 4, 5, 6, 7].map(
      (level): RegisterRow => ({
        name: `CUR_WM_${pipe}_${level}`,
        offset: base + 0x40 + level * 4,
        platforms: GEN9,
        fields: WATERMARK_FIELDS,
      }),
    ),
    {
      name: `CUR_WM_TRANS_${pipe}`,
      offset: base + 0x68,
      platforms: GEN9,
      fields: WATERMARK_FIELDS,
    },
    { name: `CUR_BUF_CFG_${pipe}`, offset: base + 0x7c, platforms: GEN9, fields: BUFFER_FIELDS },
  ];
}

/** Two planes in full; of the third and fourth only what GVT-g tracks. */
function pipeRows(pipe: string, index: number): RegisterRow[] {
  const [first, second, third, fourth] = [1, 2, 3, 4].map((plane) => planeRow(pipe, index, plane));
  if (!first || !second || !third || !fourth) return [];
  return [
    ...cursorRows(pipe, index),
    ...[first, second].flatMap((row, at) => [
      ...controlRows(row),
      ...auxiliaryRows(row),
      ...watermarkRows(row, at + 1, pipe),
      ...bufferRows(row),
    ]),
    { name: `SPRSCALE_${pipe}`, offset: 0x70304 + index * STRIDE, platforms: GEN9 },
    third('CTL', 0x80, { fields: CTL_FIELDS }),
    third('SURF', 0x9c, { fields: SURFACE_FIELDS }),
    ...auxiliaryRows(third),
    ...watermarkRows(third, 3, pipe),
    ...bufferRows(third),
    ...auxiliaryRows(fourth),
    ...bufferRows(fourth),
  ];
}

export const PLANE_REGISTERS: readonly RegisterBlock[] = PIPES.map((pipe, index) => ({
  name: `Planes of pipe ${pipe}`,
  rows: pipeRows(pipe, index),
}));
