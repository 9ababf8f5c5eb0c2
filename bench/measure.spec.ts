import assert from 'node:assert/strict';
import { test } from 'node:test';
import { inTurns, percentile, randomNumbers } from './measure.ts';

test('a percentile is one of the samples, by nearest rank', () => {
  const samples = [5, 1, 4, 2, 3];
  assert.equal(percentile(samples, 50), 3);
  assert.equal(percentile(samples, 95), 5);
  assert.equal(percentile(samples, 1), 1);
  assert.throws(() => percentile([], 50), RangeError);
});

test('works run in turns, each once more than counted', async () => {
  const order: string[] = [];
  const times = await inTurns({ a: () => order.push('a'), b: () => order.push('b') }, 2);
  assert.deepEqual(order, ['a', 'b', 'a', 'b', 'a', 'b']);
  assert.ok(times.a >= 0 && times.b >= 0);
});

test('random numbers repeat with their seed and stay in 0 to 1', () => {
  const [first, second] = [randomNumbers(7), randomNumbers(7)];
  for (let i = 0; i < 1000; i++) {
    const number = first();
    assert.equal(number, second());
    assert.ok(number >= 0 && number < 1);
  }
});
