import type { Core } from '../../core.ts';
import { LINEAR, X_TILED } from '../../gtt/tiling.ts';
import { PIPE_STRIDE } from '../pipe.ts';
import { FORMATS, type PixelFormat } from './pixel-format.ts';
import type { DecodedPlane, Plane, Rectangle } from './plane.ts';

/** Broadwell has a primary plane of the pipe's size and a sprite on it (i915_reg.h). Registers of pipe A. */
const PRIMARY = 0x70180;
const SPRITE = 0x70280;
/** From either. */
const STRIDE = 0x08;
const POS = 0x0c;
const SIZE = 0x10;
const OFFSET = 0x24;
const SURFLIVE = 0x2c;

type Format = readonly [name: string, format?: PixelFormat];

/** DSPCNTR bits 29:26. */
const PRIMARY_FORMATS: Readonly<Record<number, Format>> = {
  2: ['C8', FORMATS.C8],
  5: ['RGB565', FORMATS.RGB565],
  6: ['XRGB8888', FORMATS.XRGB8888],
  8: ['XBGR2101010', FORMATS.XBGR2101010],
  10: ['XRGB2101010', FORMATS.XRGB2101010],
  12: ['XBGR16161616F'],
  14: ['XBGR8888', FORMATS.XBGR8888],
};
/** SPRCTL bits 27:25, in the order BGRX; bit 20 makes it RGBX. */
const SPRITE_FORMATS: readonly Format[] = [
  ['YUV422', FORMATS.YUV422],
  ['XRGB2101010', FORMATS.XRGB2101010],
  ['XRGB8888', FORMATS.XRGB8888],
  ['XRGB16161616F'],
];
const RGBX: Readonly<Record<string, Format>> = {
  XRGB2101010: ['XBGR2101010', FORMATS.XBGR2101010],
  XRGB8888: ['XBGR8888', FORMATS.XBGR8888],
};

/** The planes of a pipe that are on, the undermost first. */
export function gen8Planes(core: Core, pipe: number, screen: Rectangle): DecodedPlane[] {
  const at = pipe * PIPE_STRIDE;
  const primary = core.registers.get(PRIMARY + at);
  const sprite = core.registers.get(SPRITE + at);
  const planes: DecodedPlane[] = [];
  if (primary >>> 31 !== 0) {
    const format = PRIMARY_FORMATS[(primary >>> 26) & 15];
    planes.push(decode(core, 'primary', PRIMARY + at, primary, format, screen));
  }
  if (sprite >>> 31 !== 0) {
    const plain = SPRITE_FORMATS[(sprite >>> 25) & 7];
    const format = ((sprite >>> 20) & 1) !== 0 ? (RGBX[plain?.[0] ?? ''] ?? plain) : plain;
    const [position, size] = [
      core.registers.get(SPRITE + at + POS),
      core.registers.get(SPRITE + at + SIZE),
    ];
    const target = {
      x: position & 0xfff,
      y: (position >>> 16) & 0xfff,
      width: (size & 0xfff) + 1,
      height: ((size >>> 16) & 0xfff) + 1,
    };
    planes.push(decode(core, 'sprite', SPRITE + at, sprite, format, target));
  }
  return planes;
}

function decode(
  core: Core,
  name: string,
  base: number,
  control: number,
  [formatName, format]: Format = ['an unknown format'],
  target: Rectangle,
): DecodedPlane {
  const get = (register: number) => core.registers.get(base + register);
  const plane: Plane = {
    name,
    format,
    formatName,
    tiling: ((control >>> 10) & 1) !== 0 ? X_TILED : LINEAR,
    address: (get(SURFLIVE) & 0xfffff000) >>> 0,
    pitch: get(STRIDE) & 0xffc0,
    source: { ...target, x: get(OFFSET) & 0xfff, y: (get(OFFSET) >>> 16) & 0xfff },
    target,
    rotation: ((control >>> 15) & 1) !== 0 ? 180 : 0,
    alpha: 'opaque',
    constantAlpha: 255,
    gamma: ((control >>> 30) & 1) !== 0,
  };
  return { plane, remarks: format === undefined ? [`${name}: ${formatName} is not drawn`] : [] };
}
