import assert from 'node:assert/strict';
import { test } from 'node:test';
import { tablesOf } from '../platforms.ts';
import { MODE, mergeWrite } from './access-mode.ts';

const ALL = 0xffffffff;

const cases = [
  ['a plain write replaces', MODE.rw, 0x11111111, 0x22222222, ALL, 0, 0x22222222],
  [
    'a short plain write replaces its bytes only',
    MODE.rw,
    0x11111111,
    0x2200,
    0xff00,
    0,
    0x11112211,
  ],
  ['a read-only register keeps', MODE.ro, 0x11111111, 0x22222222, ALL, 0, 0x11111111],
  ['read-only bits keep', MODE['ro-bits'], 0xf0f0f0f0, 0, ALL, 0xffff0000, 0xf0f00000],
  ['a 1 clears, a 0 leaves alone', MODE.w1c, 0x000f, 0x0005, ALL, 0, 0x000a],
  ['a mask selects and sets', MODE.masked, 0x0000, 0x80008000, ALL, 0, 0x8000],
  ['a mask selects and clears', MODE.masked, 0x8001, 0x80000000, ALL, 0, 0x0001],
  ['without a mask nothing changes', MODE.masked, 0x0001, 0x0000ffff, ALL, 0, 0x0001],
  ['a self-clearing register holds 0', MODE['write-zero'], 0, 1, ALL, 0, 0],
  ['results are unsigned', MODE.rw, 0, 0x80000000, ALL, 0, 0x80000000],
] as const;

for (const [name, mode, previous, written, byteMask, readOnly, expected] of cases) {
  test(name, () => {
    assert.equal(mergeWrite(mode, previous, written, byteMask, readOnly), expected);
  });
}

test('each access mode is that of some register', () => {
  const used = new Set(
    (['bdw', 'skl', 'kbl'] as const).flatMap((name) => {
      const { engineRows, blocks } = tablesOf(name);
      const rows = [...engineRows, ...blocks.flatMap((block) => block.rows)];
      return rows.map(({ access = 'rw' }) => access);
    }),
  );
  assert.deepEqual([...used].sort(), Object.keys(MODE).sort());
});
