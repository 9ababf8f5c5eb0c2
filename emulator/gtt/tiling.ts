/**
 * How surfaces lie in graphics memory (SKL PRM vol 5, Memory Data Formats). Tiles have 4 KiB and follow one another
 * in rows; a row of tiles has as many bytes as the tile's height in rows of pixels.
 */
export interface Tiling {
  readonly name: 'linear' | 'X' | 'Y' | 'Yf';
  /** Bytes and rows of a tile; a linear surface has none: 64 bytes is what its stride is counted in. */
  readonly tileWidth: number;
  readonly tileHeight: number;
  /** Bytes of a row that lie next to one another, from multiples of it on. */
  readonly run: number;
  /** Bytes from the surface's start to byte `x` of row `y`; `pitch` is the bytes from row to row, tiles laid flat. */
  readonly offset: (x: number, y: number, pitch: number) => number;
}

export const TILE_BYTES = 4096;

export const LINEAR: Tiling = {
  name: 'linear',
  tileWidth: 64,
  tileHeight: 1,
  run: 4096,
  offset: (x, y, pitch) => y * pitch + x,
};

/** Row after row of 512 bytes. */
export const X_TILED: Tiling = {
  name: 'X',
  tileWidth: 512,
  tileHeight: 8,
  run: 512,
  offset: (x, y, pitch) => (y >> 3) * 8 * pitch + (x >> 9) * TILE_BYTES + (y & 7) * 512 + (x & 511),
};

/** Columns of 16 bytes, each 32 rows high. */
export const Y_TILED: Tiling = {
  name: 'Y',
  tileWidth: 128,
  tileHeight: 32,
  run: 16,
  offset: (x, y, pitch) =>
    (y >> 5) * 32 * pitch +
    (x >> 7) * TILE_BYTES +
    ((x & 0x70) >> 4) * 512 +
    (y & 31) * 16 +
    (x & 15),
};

/**
 * Address bits 11 to 0 are x6 y4 x5 y3 x4 y2 y1 y0 x3 x2 x1 x0, x in bytes, for pixels of 16 and 32 bits. With other
 * sizes of pixel a tile has another shape, which is not modelled.
 */
export const YF_TILED: Tiling = {
  name: 'Yf',
  tileWidth: 128,
  tileHeight: 32,
  run: 16,
  offset: (x, y, pitch) =>
    (y >> 5) * 32 * pitch +
    (x >> 7) * TILE_BYTES +
    ((x & 0x40) << 5) +
    ((y & 0x10) << 6) +
    ((x & 0x20) << 4) +
    ((y & 8) << 5) +
    ((x & 0x10) << 3) +
    ((y & 7) << 4) +
    (x & 15),
};

/**
 * The same for a surface whose tiles the driver has mapped turned by 90° clockwise, as displays need for 90° and
 * 270° (i915 rotated GGTT views): pixel `x`, `y` of the turned picture, with pixels of `bytes`; `pitch` in tiles.
 */
export function rotatedOffset(
  tiling: Tiling,
  bytes: number,
  x: number,
  y: number,
  pitch: number,
): number {
  const { tileWidth, tileHeight } = tiling;
  const tilePixels = tileWidth / bytes;
  const tile = Math.floor(y / tilePixels) * pitch + Math.floor(x / tileHeight);
  const inTile = tiling.offset(
    (y % tilePixels) * bytes,
    tileHeight - 1 - (x % tileHeight),
    tileWidth,
  );
  return tile * TILE_BYTES + inTile;
}
