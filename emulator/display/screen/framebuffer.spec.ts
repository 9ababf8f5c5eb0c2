import assert from 'node:assert/strict';
import { test } from 'node:test';
import { LINEAR, type Tiling, X_TILED, Y_TILED, YF_TILED } from '../../gtt/tiling.ts';
import { DEFAULT_PARTITION } from '../../partition.ts';
import { framebufferBytes, isOwned } from './framebuffer.ts';
import { FORMATS } from './pixel-format.ts';
import type { Plane } from './plane.ts';

function plane(tiling: Tiling, height: number, change: Partial<Plane> = {}): Plane {
  const box = { x: 0, y: 0, width: 1024, height };
  return {
    name: 'plane 1',
    format: FORMATS.XRGB8888,
    formatName: 'XRGB8888',
    tiling,
    address: DEFAULT_PARTITION.mappableBase,
    pitch: 4096,
    source: box,
    target: box,
    rotation: 0,
    alpha: 'opaque',
    constantAlpha: 255,
    gamma: false,
    ...change,
  };
}

test('§9 its size is the stride in bytes times the height, rounded up to 8 rows of X and 32 of Y and Yf', () => {
  assert.deepEqual(
    [LINEAR, X_TILED, Y_TILED, YF_TILED].map((tiling) => framebufferBytes(plane(tiling, 769))),
    [769 * 4096, 776 * 4096, 800 * 4096, 800 * 4096],
  );
  // Two tiles across and three down: turned, 24 tiles of 4 KiB in each of two rows.
  const turned = plane(Y_TILED, 64, { rotation: 90, pitch: 24 });
  assert.equal(framebufferBytes(turned), 2 * 24 * 4096);
});

test('§9 it must be inside of the vGPU’s range', () => {
  const { mappableBase, mappableSize } = DEFAULT_PARTITION;
  const at = (address: number) => isOwned(DEFAULT_PARTITION, plane(LINEAR, 768, { address }));
  assert.equal(at(mappableBase), true);
  assert.equal(at(mappableBase - 4096), false);
  assert.equal(at(mappableBase + mappableSize - 768 * 4096), true);
  assert.equal(at(mappableBase + mappableSize - 767 * 4096), false);
});
