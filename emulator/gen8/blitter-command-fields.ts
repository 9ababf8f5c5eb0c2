import type { CommandFieldRow } from '../command/command-row.ts';
import { coordinates, data, field, flag } from './command-helpers.ts';

/** Parts that commands of the blitter are made of (SKL PRM vol 2a and vol 11; gvt-facts §10.4). */

const TILING = { 0: 'linear', 1: 'tiled' };

/** Dword 0: which bytes of 32-bit pixels are written. */
export const WRITTEN_BYTES: readonly CommandFieldRow[] = [
  flag(0, 'writeAlpha', 21),
  flag(0, 'writeRgb', 20),
];
export const DESTINATION_TILING = field(0, 'destinationTiling', 11, 11, TILING);
export const SOURCE_TILING = field(0, 'sourceTiling', 15, 15, TILING);
/** Where in the 8×8 pattern the first pixel lies. */
export const PATTERN_SEEDS: readonly CommandFieldRow[] = [
  field(0, 'patternHorizontalSeed', 14, 12),
  field(0, 'patternVerticalSeed', 10, 8),
];
/** The first pixel's bit in a byte of a monochrome source. */
export const SOURCE_BIT = field(0, 'monoSourceBitPosition', 19, 17);
export const TRANSPARENCY_RANGE = field(0, 'transparencyRangeMode', 19, 17);
export const PACKING = field(0, 'packing', 16, 16, { 0: 'bit', 1: 'byte' });

const CLIPPING = flag(1, 'clippingEnable', 30);
const MONO_SOURCE = flag(1, 'monoSourceTransparency', 29);
const MONO_PATTERN: readonly CommandFieldRow[] = [
  flag(1, 'solidPattern', 31),
  flag(1, 'monoPatternTransparency', 28),
];

/** Dword 1 (BR13): how pixels are combined. */
const RASTER: readonly CommandFieldRow[] = [
  field(1, 'colorDepth', 25, 24, { 0: '8 bpp', 1: '565', 2: '1555', 3: '32 bpp' }),
  field(1, 'rasterOperation', 23, 16),
  { dword: 1, name: 'destinationPitch', low: 0, high: 15, kind: 'signed' },
];

/** Dwords 2 and 3; what lies at right and bottom is not drawn. */
const RECTANGLE: readonly CommandFieldRow[] = [
  ...coordinates(2, 'left', 'top'),
  ...coordinates(3, 'right', 'bottom'),
];

/** Dwords 0 to 3 of what draws into a rectangle. */
const COMMON: readonly CommandFieldRow[] = [
  ...WRITTEN_BYTES,
  DESTINATION_TILING,
  CLIPPING,
  ...RASTER,
  ...RECTANGLE,
];

function colors(dword: number, of: string): readonly CommandFieldRow[] {
  return [data(dword, `${of}BackgroundColor`), data(dword + 1, `${of}ForegroundColor`)];
}

/** 8×8 pixels of one bit. */
function monoPattern(dword: number): readonly CommandFieldRow[] {
  return [data(dword, 'pattern'), data(dword + 1, 'patternUpper')];
}

/** Dwords 6 and 7 of copies. */
const COPIED_FROM: readonly CommandFieldRow[] = [
  ...coordinates(6, 'sourceLeft', 'sourceTop'),
  { dword: 7, name: 'sourcePitch', low: 0, high: 15, kind: 'signed' },
];

function chroma(dword: number): readonly CommandFieldRow[] {
  return [data(dword, 'transparencyColorLow'), data(dword + 1, 'transparencyColorHigh')];
}

export const XY_SETUP_BLT_FIELDS: readonly CommandFieldRow[] = [
  ...COMMON,
  MONO_SOURCE,
  data(6, 'backgroundColor'),
  data(7, 'foregroundColor'),
];

export const XY_SETUP_MONO_PATTERN_SL_BLT_FIELDS: readonly CommandFieldRow[] = [
  ...COMMON,
  ...MONO_PATTERN,
  ...colors(6, 'pattern'),
  ...monoPattern(8),
];

export const XY_SETUP_CLIP_BLT_FIELDS: readonly CommandFieldRow[] = [
  ...coordinates(1, 'left', 'top'),
  ...coordinates(2, 'right', 'bottom'),
];

export const XY_PIXEL_BLT_FIELDS: readonly CommandFieldRow[] = [
  DESTINATION_TILING,
  ...coordinates(1, 'left', 'top'),
];

export const XY_SCANLINES_BLT_FIELDS: readonly CommandFieldRow[] = [
  ...PATTERN_SEEDS,
  DESTINATION_TILING,
  ...XY_SETUP_CLIP_BLT_FIELDS,
];

export const XY_TEXT_BLT_FIELDS: readonly CommandFieldRow[] = [
  PACKING,
  DESTINATION_TILING,
  ...XY_SETUP_CLIP_BLT_FIELDS,
];

export const XY_COLOR_BLT_FIELDS: readonly CommandFieldRow[] = [...COMMON, data(6, 'color')];

export const XY_PAT_BLT_FIELDS: readonly CommandFieldRow[] = [...COMMON, ...PATTERN_SEEDS];

export const XY_PAT_CHROMA_BLT_FIELDS: readonly CommandFieldRow[] = [
  ...XY_PAT_BLT_FIELDS,
  TRANSPARENCY_RANGE,
  ...chroma(8),
];

export const XY_PAT_CHROMA_BLT_IMMEDIATE_FIELDS: readonly CommandFieldRow[] = [
  ...XY_PAT_BLT_FIELDS,
  TRANSPARENCY_RANGE,
  ...chroma(6),
];

export const XY_MONO_PAT_BLT_FIELDS: readonly CommandFieldRow[] = [
  ...COMMON,
  ...PATTERN_SEEDS,
  ...MONO_PATTERN,
  ...colors(6, 'pattern'),
  ...monoPattern(8),
];

export const XY_MONO_PAT_FIXED_BLT_FIELDS: readonly CommandFieldRow[] = [
  ...COMMON,
  ...PATTERN_SEEDS,
  field(0, 'fixedPattern', 18, 15),
  flag(1, 'monoPatternTransparency', 28),
  ...colors(6, 'pattern'),
];

export const XY_SRC_COPY_BLT_FIELDS: readonly CommandFieldRow[] = [
  ...COMMON,
  SOURCE_TILING,
  ...COPIED_FROM,
];

export const XY_SRC_COPY_CHROMA_BLT_FIELDS: readonly CommandFieldRow[] = [
  ...XY_SRC_COPY_BLT_FIELDS,
  TRANSPARENCY_RANGE,
  ...chroma(10),
];

export const XY_MONO_SRC_COPY_BLT_FIELDS: readonly CommandFieldRow[] = [
  ...COMMON,
  SOURCE_BIT,
  MONO_SOURCE,
  ...colors(8, 'source'),
];

export const XY_MONO_SRC_COPY_IMMEDIATE_BLT_FIELDS: readonly CommandFieldRow[] = [
  ...COMMON,
  SOURCE_BIT,
  MONO_SOURCE,
  ...colors(6, 'source'),
];

export const XY_FULL_BLT_FIELDS: readonly CommandFieldRow[] = [
  ...XY_SRC_COPY_BLT_FIELDS,
  ...PATTERN_SEEDS,
];

export const XY_FULL_MONO_SRC_BLT_FIELDS: readonly CommandFieldRow[] = [
  ...XY_MONO_SRC_COPY_BLT_FIELDS,
  ...PATTERN_SEEDS,
];

export const XY_FULL_MONO_PATTERN_BLT_FIELDS: readonly CommandFieldRow[] = [
  ...XY_FULL_BLT_FIELDS,
  ...MONO_PATTERN,
  ...colors(10, 'pattern'),
  ...monoPattern(12),
];

export const XY_FULL_MONO_PATTERN_MONO_SRC_BLT_FIELDS: readonly CommandFieldRow[] = [
  ...XY_FULL_MONO_SRC_BLT_FIELDS,
  ...MONO_PATTERN,
  ...colors(10, 'pattern'),
  ...monoPattern(12),
];

const FAST_COPY_TILING = { 0: 'linear', 1: 'X', 2: 'Y', 3: '64 KiB' };

/** Has no raster operation, no clipping, and knows more tilings. */
export const XY_FAST_COPY_BLT_FIELDS: readonly CommandFieldRow[] = [
  field(0, 'sourceTiling', 21, 20, FAST_COPY_TILING),
  field(0, 'destinationTiling', 14, 13, FAST_COPY_TILING),
  field(1, 'colorDepth', 26, 24, {
    0: '8 bpp',
    1: '16 bpp',
    3: '32 bpp',
    4: '64 bpp',
    5: '128 bpp',
  }),
  { dword: 1, name: 'destinationPitch', low: 0, high: 15, kind: 'signed' },
  ...RECTANGLE,
  ...COPIED_FROM,
];

/** The commands without coordinates. */
const LINEAR: readonly CommandFieldRow[] = [
  ...WRITTEN_BYTES,
  ...RASTER,
  field(2, 'height', 31, 16),
  field(2, 'widthInBytes', 15, 0),
];

export const COLOR_BLT_FIELDS: readonly CommandFieldRow[] = [...LINEAR, data(5, 'color')];

export const SRC_COPY_BLT_FIELDS: readonly CommandFieldRow[] = [
  ...LINEAR,
  { dword: 5, name: 'sourcePitch', low: 0, high: 15, kind: 'signed' },
];
