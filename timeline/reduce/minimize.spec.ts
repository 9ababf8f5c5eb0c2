import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { minimize } from './minimize.ts';

const upTo = (n: number) => Uint32Array.from({ length: n }, (_, i) => i);

test('what is needed is left, and nothing else', async () => {
  await fc.assert(
    fc.asyncProperty(fc.uniqueArray(fc.nat(999), { maxLength: 8 }), async (needed) => {
      const keeps = (items: Uint32Array) => needed.every((item) => items.includes(item));
      const left = await minimize(upTo(1000), (item) => item % 7, keeps);
      assert.deepEqual(
        [...left],
        [...needed].sort((a, b) => a - b),
      );
    }),
  );
});

test('where items can stand in for each other, no item that is left can go', async () => {
  const keeps = (items: Uint32Array) =>
    items.filter((item) => item % 10 === 0).length >= 3 && items.includes(77);
  const left = await minimize(upTo(500), () => 0, keeps);
  assert.equal(left.length, 4);
});

test('few tries do for few needed items of very many', async () => {
  let tries = 0;
  const needed = [3, 400_000, 450_123, 499_999];
  const left = await minimize(
    upTo(500_000),
    (item) => item % 1000,
    (items) => {
      tries++;
      let found = 0;
      for (const item of items) if (needed.includes(item)) found++;
      return found === needed.length;
    },
  );
  assert.deepEqual([...left], needed);
  assert.ok(tries < 500, `${tries} tries`);
});
