import { LINEAR, type Tiling } from '../../../gtt/tiling.ts';
import type { BulkMemory } from '../../bulk-memory.ts';

export type PixelBytes = 1 | 2 | 4;

/** An area of pixels in graphics memory. */
export interface Surface {
  /** Graphics address of its first byte. */
  readonly address: number;
  /** Bytes from row to row; negative in linear surfaces that are stored upside down. */
  readonly pitch: number;
  readonly tiling: Tiling;
  readonly bytes: PixelBytes;
}

/** Pixels from `left` to before `right`, rows from `top` to before `bottom`. */
export interface Box {
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
}

export function isEmpty({ left, top, right, bottom }: Box): boolean {
  return right <= left || bottom <= top;
}

export function intersection(a: Box, b: Box): Box {
  return {
    left: Math.max(a.left, b.left),
    top: Math.max(a.top, b.top),
    right: Math.min(a.right, b.right),
    bottom: Math.min(a.bottom, b.bottom),
  };
}

/** The pitch field in 16 bits with a sign: bytes, or dwords for a tiled surface. */
export function surface(
  address: number,
  pitch: number,
  tiling: Tiling,
  bytes: PixelBytes,
): Surface {
  const signed = (pitch << 16) >> 16;
  return { address, pitch: tiling === LINEAR ? signed : signed * 4, tiling, bytes };
}

/** Graphics address of a pixel. */
export function pixelAddress({ address, pitch, tiling, bytes }: Surface, x: number, y: number) {
  return address + tiling.offset(x * bytes, y, pitch);
}

/** Announces an area, run by run of bytes that lie next to one another. False where the engine has stalled. */
export function announce(
  memory: BulkMemory,
  what: 'reading' | 'writing',
  { address, pitch, tiling, bytes }: Surface,
  { left, top, right, bottom }: Box,
): boolean {
  const end = right * bytes;
  for (let y = top; y < bottom; y++) {
    for (let x = left * bytes; x < end; ) {
      const next = Math.min(end, x - (x & (tiling.run - 1)) + tiling.run);
      if (!memory[what](address + tiling.offset(x, y, pitch), next - x)) return false;
      x = next;
    }
  }
  return true;
}
