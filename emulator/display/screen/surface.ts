import { rotatedOffset } from '../../gtt/tiling.ts';
import type { PixelFormat } from './pixel-format.ts';
import { yuvColour } from './pixel-format.ts';
import type { Plane, YuvLayout } from './plane.ts';
import type { ScanoutMemory } from './scanout-memory.ts';

/** The colour of pixel `x`, `y` of a plane's source, or why there is none: a negative number. */
export type ReadPixel = (x: number, y: number) => number;

const BT601: YuvLayout = {
  bt709: false,
  fullRange: false,
  order: [0, 1, 2, 3],
  chroma: { offset: 0, pitch: 0 },
};

/** How the pixels of a plane are read; `palette` has 256 colours. */
export function pixelReader(
  plane: Plane,
  format: PixelFormat,
  memory: ScanoutMemory,
  palette: Uint32Array,
): ReadPixel {
  const { bytes, colour } = format;
  const offset = offsets(plane, bytes);
  const raw: ReadPixel = (x, y) => memory.read(plane.address + offset(x, y), bytes);
  switch (format.kind) {
    case 'direct':
      return turned(plane, (x, y) => {
        const value = raw(x, y);
        return value < 0 ? value : colour(value);
      });
    case 'indexed':
      return turned(plane, (x, y) => {
        const value = raw(x, y);
        return value < 0 ? value : (palette[value] ?? 0);
      });
    case 'yuv422':
      return turned(plane, yuv422(plane, memory, offset));
    case 'nv12':
      return turned(plane, nv12(plane, memory, raw));
  }
}

/** Bytes from the surface's start to a pixel. */
function offsets(plane: Plane, bytes: number): (x: number, y: number) => number {
  const { tiling, pitch, rotation } = plane;
  if (rotation === 90 || rotation === 270) {
    return (x, y) => rotatedOffset(tiling, bytes, x, y, pitch);
  }
  const { offset } = tiling;
  return (x, y) => offset(x * bytes, y, pitch);
}

/** From the place in what is shown to the place in the surface. Of a turned surface 90° is how it lies already. */
function turned({ source, rotation }: Plane, read: ReadPixel): ReadPixel {
  const { x: left, y: top, width, height } = source;
  if (rotation === 0 || rotation === 90) return (x, y) => read(left + x, top + y);
  return (x, y) => read(left + width - 1 - x, top + height - 1 - y);
}

/** Two pixels in four bytes. */
function yuv422(
  { yuv = BT601, address }: Plane,
  memory: ScanoutMemory,
  offset: (x: number, y: number) => number,
): ReadPixel {
  const [first, u, second, v] = yuv.order.map((byte) => byte * 8);
  return (x, y) => {
    const value = memory.read(address + offset(x & ~1, y), 4);
    if (value < 0) return value;
    const byte = (shift = 0) => (value >>> shift) & 0xff;
    return yuvColour(byte((x & 1) === 0 ? first : second), byte(u), byte(v), yuv);
  };
}

/** Brightness in one plane, colour at half the size in another; hardware interpolates between colours. */
function nv12({ yuv = BT601, address, tiling }: Plane, memory: ScanoutMemory, luma: ReadPixel) {
  const { chroma } = yuv;
  return (x: number, y: number): number => {
    const bright = luma(x, y);
    if (bright < 0) return bright;
    const at = address + chroma.offset + tiling.offset((x >> 1) * 2, y >> 1, chroma.pitch);
    const colour = memory.read(at, 2);
    return colour < 0 ? colour : yuvColour(bright, colour & 0xff, colour >>> 8, yuv);
  };
}
