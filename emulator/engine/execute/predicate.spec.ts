import assert from 'node:assert/strict';
import { test } from 'node:test';
import { EngineGuest, SCRATCH } from '../../testing/engine-guest.ts';

const [SOURCE0, SOURCE1, RESULT] = [0x2400, 0x2408, 0x2418];
const predicate = (load: number, combine: number, compare: number) =>
  0x06000000 | (load << 6) | (combine << 3) | compare;
const [LOAD, LOADINV] = [2, 3];
const [SET, AND, OR, XOR] = [0, 1, 2, 3];
const EQUAL = 2;

function result(before: number, sources: readonly [number, number], command: number): number {
  const guest = new EngineGuest();
  const loads = [RESULT, before, SOURCE0, sources[0], SOURCE1, sources[1]];
  guest.run(guest.context(), [0x11000005, ...loads, command]);
  return guest.r(RESULT);
}

test('MI_PREDICATE compares its sources', () => {
  assert.equal(result(0, [3, 3], predicate(LOAD, SET, EQUAL)), 1);
  assert.equal(result(1, [3, 4], predicate(LOAD, SET, EQUAL)), 0);
  assert.equal(result(0, [3, 4], predicate(LOADINV, SET, EQUAL)), 1);
  assert.equal(result(0, [0, 0], predicate(LOAD, SET, 0)), 1, 'always');
  assert.equal(result(1, [0, 0], predicate(LOAD, SET, 1)), 0, 'never');
  assert.equal(result(1, [3, 4], predicate(0, SET, EQUAL)), 1, 'keep');
});

test('MI_PREDICATE combines with what there was', () => {
  assert.equal(result(0, [1, 1], predicate(LOAD, AND, EQUAL)), 0);
  assert.equal(result(1, [1, 2], predicate(LOAD, OR, EQUAL)), 1);
  assert.equal(result(1, [1, 1], predicate(LOAD, XOR, EQUAL)), 0);
});

test('MI_SET_PREDICATE skips commands, but not itself', () => {
  const store = (at: number) => [0x10400002, SCRATCH + at, 0, 1];
  for (const [mode, value, skips] of [
    [0, 0, false],
    [3, 0, true],
    [3, 1, false],
    [4, 1, true],
    [15, 0, true],
  ] as const) {
    const guest = new EngineGuest();
    const set = [
      0x11000001,
      RESULT,
      value,
      0x00800000 | mode,
      ...store(0),
      0x00800000,
      ...store(4),
    ];
    guest.run(guest.context(), set);
    assert.equal(guest.dword(SCRATCH), skips ? 0 : 1, `mode ${mode}, result ${value}`);
    assert.equal(guest.dword(SCRATCH + 4), 1);
  }
});
