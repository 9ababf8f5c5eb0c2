import type { Core } from '../../core.ts';
import { LINEAR } from '../../gtt/tiling.ts';
import { PIPE_STRIDE } from '../pipe.ts';
import { FORMATS, type PixelFormat } from './pixel-format.ts';
import type { DecodedPlane, Plane } from './plane.ts';

const CURCNTR = 0x70080;
const CURBASE = 0x70084;
const CURPOS = 0x70088;
const CUR_FBC_CTL = 0x700a0;

interface CursorMode {
  readonly size: number;
  readonly name: string;
  readonly format?: PixelFormat;
}

/** CURCNTR bits 5:0 (gvt-facts §9; SKL PRM vol 12, CUR_CTL). */
const MODES: Readonly<Record<number, CursorMode>> = {
  2: { size: 128, name: '32-bit AND/INVERT' },
  3: { size: 256, name: '32-bit AND/INVERT' },
  4: { size: 64, name: '2-bit' },
  5: { size: 64, name: '2-bit AND/XOR' },
  6: { size: 64, name: '2-bit 3 colours' },
  7: { size: 64, name: '32-bit AND/INVERT' },
  34: { size: 128, name: 'ARGB8888', format: FORMATS.ARGB8888 },
  35: { size: 256, name: 'ARGB8888', format: FORMATS.ARGB8888 },
  39: { size: 64, name: 'ARGB8888', format: FORMATS.ARGB8888 },
};

/** The cursor of a pipe, which lies on top of all planes; undefined where it is off. */
export function cursorPlane(core: Core, pipe: number): DecodedPlane | undefined {
  const at = pipe * PIPE_STRIDE;
  const control = core.registers.get(CURCNTR + at);
  const number = control & 0x3f;
  if (number === 0) return undefined;
  const mode = MODES[number] ?? { size: 64, name: `mode ${number}` };
  const position = core.registers.get(CURPOS + at);
  const size = { width: mode.size, height: heightOf(core, at, mode.size) };
  const plane: Plane = {
    name: 'cursor',
    format: mode.format,
    formatName: mode.name,
    tiling: LINEAR,
    address: (core.registers.get(CURBASE + at) & 0xfffff000) >>> 0,
    pitch: mode.size * 4,
    source: { x: 0, y: 0, ...size },
    target: { x: signed(position & 0xffff), y: signed(position >>> 16), ...size },
    rotation: ((control >>> 15) & 1) !== 0 ? 180 : 0,
    alpha: 'premultiplied',
    constantAlpha: 255,
    gamma: ((control >>> 26) & 1) !== 0,
  };
  const remarks = mode.format === undefined ? [`cursor: ${mode.name} is not drawn`] : [];
  return { plane, remarks };
}

/** CUR_FBC_CTL can make it lower than it is wide. */
function heightOf(core: Core, at: number, size: number): number {
  const control = core.registers.get(CUR_FBC_CTL + at);
  return control >>> 31 === 0 ? size : (control & 0xff) + 1;
}

/** Sign and magnitude: bits 15 and 14:0 (gvt-facts §9). */
function signed(bits: number): number {
  return (bits & 0x8000) !== 0 ? -(bits & 0x7fff) : bits & 0x7fff;
}
