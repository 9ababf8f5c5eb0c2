import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { countBefore } from './count-before.ts';

test('as many as a filter finds, in numbers that are in order', () => {
  fc.assert(
    fc.property(fc.array(fc.nat(20)), fc.nat(22), (numbers, wanted) => {
      const sorted = numbers.sort((a, b) => a - b);
      const expected = sorted.filter((number) => number < wanted).length;
      assert.equal(
        countBefore(sorted.length, (place) => (sorted[place] ?? 0) < wanted),
        expected,
      );
    }),
  );
});
