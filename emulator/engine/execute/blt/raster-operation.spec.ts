import assert from 'node:assert/strict';
import { test } from 'node:test';
import { rasterOperation, usesDestination, usesPattern, usesSource } from './raster-operation.ts';
import { combine } from './testing/reference-blit.ts';

/** All eight combinations of bits stand in these operands. */
const [PATTERN, SOURCE, OLD] = [0xf0f0a5c3, 0xcccc5a3c, 0xaaaaff00];

test('all 256 raster operations, bit by bit', () => {
  for (let code = 0; code < 256; code++) {
    const value = rasterOperation(code)(PATTERN, SOURCE, OLD) >>> 0;
    assert.equal(value, combine(code, PATTERN, SOURCE, OLD), code.toString(16));
  }
});

test('operands are used where the result depends on them', () => {
  for (let code = 0; code < 256; code++) {
    const mix = (p: number, s: number, d: number) => combine(code, p, s, d);
    assert.equal(usesPattern(code), mix(0, SOURCE, OLD) !== mix(-1, SOURCE, OLD));
    assert.equal(usesSource(code), mix(PATTERN, 0, OLD) !== mix(PATTERN, -1, OLD));
    assert.equal(usesDestination(code), mix(PATTERN, SOURCE, 0) !== mix(PATTERN, SOURCE, -1));
  }
});

test('§10.4 0xcc is source copy, 0xf0 the pattern', () => {
  assert.equal(rasterOperation(0xcc)(1, 2, 3), 2);
  assert.equal(rasterOperation(0xf0)(1, 2, 3), 1);
  assert.deepEqual(
    [usesPattern(0xcc), usesSource(0xf0), usesDestination(0xcc)],
    [false, false, false],
  );
});
