import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { align } from './align.ts';

const letters = fc.array(fc.constantFrom('a', 'b', 'c', 'd'), { maxLength: 12 });

/** Longest common subsequence by trying everything. */
function longest(a: readonly string[], b: readonly string[]): number {
  if (a.length === 0 || b.length === 0) return 0;
  if (a[0] === b[0]) return 1 + longest(a.slice(1), b.slice(1));
  return Math.max(longest(a.slice(1), b), longest(a, b.slice(1)));
}

test('what is said to agree does, in order, and is the most there can be', () => {
  fc.assert(
    fc.property(letters, letters, (a, b) => {
      const matches = align(a, b);
      let last = [-1, -1];
      for (const [i, j] of matches) {
        assert.equal(a[i], b[j]);
        assert.ok(i > (last[0] ?? 0) && j > (last[1] ?? 0));
        last = [i, j];
      }
      assert.equal(matches.length, longest(a, b));
    }),
  );
});

test('long sequences are divided where something occurs once in both', () => {
  const long = (name: string) => Array.from({ length: 5000 }, (_, n) => `${name}${n % 10}`);
  const a = [...long('a'), 'here', ...long('c')];
  const b = [...long('b'), 'here', ...long('c')];
  const matches = align(a, b);
  assert.deepEqual(matches[0], [5000, 5000]);
  assert.equal(matches.length, 5001);
});

test('long sequences with nothing in common end at once', () => {
  const many = (name: string) => new Array<string>(5000).fill(name);
  assert.deepEqual(align(many('a'), many('b')), []);
});
