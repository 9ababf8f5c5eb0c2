import { throughGamma } from './palette.ts';
import { patternColour, UNDRAWN_PIXEL } from './pattern.ts';
import type { Plane } from './plane.ts';
import { type ScanoutMemory, UNKNOWN_PIXEL, UNMAPPED_PIXEL } from './scanout-memory.ts';
import { pixelReader, type ReadPixel } from './surface.ts';

/** A picture that is being put together: colours as in `pixel-format.ts`. */
export interface Canvas {
  readonly width: number;
  readonly height: number;
  readonly colours: Uint32Array;
}

/** Pixels of a plane that could not be shown. */
export interface Missing {
  unknown: number;
  unmapped: number;
}

/** Lays a plane on what is there already; what reaches beyond the canvas is cut. */
export function drawPlane(
  canvas: Canvas,
  plane: Plane,
  memory: ScanoutMemory,
  palette: Uint32Array,
): Missing {
  const { target, source } = plane;
  const read = readerOf(plane, memory, palette);
  const missing = { unknown: 0, unmapped: 0 };
  const blend = blender(plane);
  const gamma = plane.gamma && plane.format?.kind !== 'indexed';
  const [left, right] = [Math.max(0, target.x), Math.min(canvas.width, target.x + target.width)];
  const bottom = Math.min(canvas.height, target.y + target.height);
  // Without a scaler both are of the same size.
  const [across, down] = [source.width / target.width, source.height / target.height];
  for (let y = Math.max(0, target.y); y < bottom; y++) {
    const sourceY = Math.floor((y - target.y) * down);
    for (let x = left; x < right; x++) {
      const at = y * canvas.width + x;
      const colour = read(Math.floor((x - target.x) * across), sourceY);
      if (colour < 0) {
        count(missing, colour);
        canvas.colours[at] = patternColour(colour, x, y);
      } else {
        const shown = gamma ? throughGamma(palette, colour) : colour;
        canvas.colours[at] = blend === undefined ? shown : blend(shown, canvas.colours[at] ?? 0);
      }
    }
  }
  return missing;
}

function readerOf(plane: Plane, memory: ScanoutMemory, palette: Uint32Array): ReadPixel {
  if (plane.format === undefined) return () => UNDRAWN_PIXEL;
  return pixelReader(plane, plane.format, memory, palette);
}

function count(missing: Missing, why: number): void {
  if (why === UNKNOWN_PIXEL) missing.unknown++;
  else if (why === UNMAPPED_PIXEL) missing.unmapped++;
}

/** How a colour is laid upon another; undefined where it covers it. */
function blender(plane: Plane): ((top: number, below: number) => number) | undefined {
  const { alpha, constantAlpha } = plane;
  if (alpha === 'opaque' && constantAlpha === 255) return undefined;
  const premultiplied = alpha === 'premultiplied';
  return (top, below) => {
    const own = alpha === 'opaque' ? 255 : top >>> 24;
    const share = (own * constantAlpha) / 255;
    const factor = (premultiplied ? constantAlpha : share) / 255;
    const rest = 1 - share / 255;
    const part = (shift: number) => {
      const mixed = ((top >>> shift) & 0xff) * factor + ((below >>> shift) & 0xff) * rest;
      return Math.min(255, Math.round(mixed)) << shift;
    };
    return (0xff000000 | part(16) | part(8) | part(0)) >>> 0;
  };
}
