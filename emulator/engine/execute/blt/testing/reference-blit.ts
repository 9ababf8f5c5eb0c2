/** The blitter as simply as it can be said, for comparison: bit by bit and byte by byte, without regard to speed. */

export type TilingName = 'linear' | 'X' | 'Y';

export interface ReferenceSurface {
  /** Bytes from the start of the area. */
  readonly offset: number;
  /** Bytes. */
  readonly pitch: number;
  readonly tiling: TilingName;
}

export interface ReferenceBlit {
  readonly bytes: number;
  readonly operation: number;
  readonly mask: number;
  readonly box: { left: number; top: number; right: number; bottom: number };
  readonly clip?: { left: number; top: number; right: number; bottom: number } | undefined;
  readonly destination: ReferenceSurface;
  /** The colour that belongs to a destination pixel; undefined where it is transparent. */
  readonly source: (x: number, y: number) => number | undefined;
  readonly pattern: (x: number, y: number) => number | undefined;
}

export function byteOffset(surface: ReferenceSurface, x: number, y: number): number {
  const { offset, pitch, tiling } = surface;
  if (tiling === 'linear') return offset + y * pitch + x;
  const [width, height] = tiling === 'X' ? [512, 8] : [128, 32];
  const tilesInRow = pitch / width;
  const tile = Math.floor(y / height) * tilesInRow + Math.floor(x / width);
  const [inX, inY] = [x % width, y % height];
  const within =
    tiling === 'X' ? inY * 512 + inX : Math.floor(inX / 16) * 512 + inY * 16 + (inX % 16);
  return offset + tile * 4096 + within;
}

export function readPixel(
  area: Uint8Array,
  surface: ReferenceSurface,
  bytes: number,
  x: number,
  y: number,
): number {
  let value = 0;
  for (let i = 0; i < bytes; i++) {
    value += (area[byteOffset(surface, x * bytes + i, y)] ?? 0) * 2 ** (8 * i);
  }
  return value;
}

/** Draws into a copy of the area, and reads from the area as it was. */
export function referenceBlit(area: Uint8Array, blit: ReferenceBlit): Uint8Array {
  const { bytes, box, clip, destination } = blit;
  const drawn = area.slice();
  for (let y = box.top; y < box.bottom; y++) {
    for (let x = box.left; x < box.right; x++) {
      if (clip && (x < clip.left || x >= clip.right || y < clip.top || y >= clip.bottom)) continue;
      const source = blit.source(x, y);
      const pattern = blit.pattern(x, y);
      if (source === undefined || pattern === undefined) continue;
      const old = readPixel(area, destination, bytes, x, y);
      const value = combine(blit.operation, pattern, source, old);
      for (let i = 0; i < bytes; i++) {
        if (((blit.mask >>> (8 * i)) & 1) === 0) continue;
        drawn[byteOffset(destination, x * bytes + i, y)] = Math.floor(value / 2 ** (8 * i)) % 256;
      }
    }
  }
  return drawn;
}

export function combine(code: number, pattern: number, source: number, old: number): number {
  let result = 0;
  for (let bit = 0; bit < 32; bit++) {
    const of = (value: number) => (value >>> bit) & 1;
    const index = of(pattern) * 4 + of(source) * 2 + of(old);
    if (((code >>> index) & 1) === 1) result += 2 ** bit;
  }
  return result;
}
