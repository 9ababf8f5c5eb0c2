import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  LINEAR,
  rotatedOffset,
  TILE_BYTES,
  type Tiling,
  X_TILED,
  Y_TILED,
  YF_TILED,
} from './tiling.ts';

for (const tiling of [X_TILED, Y_TILED, YF_TILED]) {
  test(`${tiling.name}: a tile holds each of its bytes once`, () => {
    const { tileWidth, tileHeight } = tiling;
    assert.equal(tileWidth * tileHeight, TILE_BYTES);
    const seen = new Set<number>();
    for (let y = 0; y < tileHeight; y++) {
      for (let x = 0; x < tileWidth; x++) seen.add(tiling.offset(x, y, tileWidth * 3));
    }
    assert.equal(seen.size, TILE_BYTES);
    assert.equal(Math.max(...seen), TILE_BYTES - 1);
  });

  test(`${tiling.name}: tiles follow one another in rows`, () => {
    const pitch = tiling.tileWidth * 5;
    assert.equal(tiling.offset(tiling.tileWidth * 2, 0, pitch), 2 * TILE_BYTES);
    assert.equal(tiling.offset(0, tiling.tileHeight, pitch), 5 * TILE_BYTES);
  });
}

const PLACES: readonly (readonly [Tiling, number, number, number])[] = [
  [LINEAR, 5, 3, 3 * 1024 + 5],
  // Row 1 of an X tile starts behind 512 bytes.
  [X_TILED, 4, 1, 516],
  // The second column of 16 bytes of a Y tile starts behind 32 rows.
  [Y_TILED, 16, 1, 512 + 16],
  // Four rows of 16 bytes, then four more, then to the right (bit 7 is x4).
  [YF_TILED, 0, 4, 64],
  [YF_TILED, 16, 0, 128],
  [YF_TILED, 64, 16, 2048 + 1024],
];
for (const [tiling, x, y, offset] of PLACES) {
  test(`${tiling.name}: byte ${x} of row ${y} lies at ${offset}`, () => {
    assert.equal(tiling.offset(x, y, 1024), offset);
  });
}

test('of a picture turned by 90° the first pixel is the lowest of the first column', () => {
  // One tile of 32 by 32 pixels of 32 bits.
  assert.equal(rotatedOffset(Y_TILED, 4, 0, 0, 1), Y_TILED.offset(0, 31, 128));
  assert.equal(rotatedOffset(Y_TILED, 4, 31, 0, 1), Y_TILED.offset(0, 0, 128));
  assert.equal(rotatedOffset(Y_TILED, 4, 0, 1, 1), Y_TILED.offset(4, 31, 128));
  // Two tiles across: the next one to the right, and two further for the next row of tiles.
  assert.equal(rotatedOffset(Y_TILED, 4, 32, 0, 2), TILE_BYTES + Y_TILED.offset(0, 31, 128));
  assert.equal(rotatedOffset(Y_TILED, 4, 0, 32, 2), 2 * TILE_BYTES + Y_TILED.offset(0, 31, 128));
});
