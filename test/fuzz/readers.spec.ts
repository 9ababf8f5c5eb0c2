import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { fuzzFiles } from './fuzz-files.ts';
import { fuzzFile } from './fuzz-readers.ts';
import { mutate, randomFrom, sliceOf } from './mutate.ts';

/** `npm run fuzz` makes a thousand times as many. */
const PLAN = { seed: 1, slices: 100, whole: 0, most: 16_384 };

describe('mutated pieces of genuine files', () => {
  for (const file of fuzzFiles()) {
    test(`${file.name} never does more than be reported`, async () => {
      const { cases, records, diagnostics } = await fuzzFile(file, PLAN);
      assert.equal(cases, PLAN.slices);
      assert.ok(records + diagnostics > 0);
    });
  }
});

test('the same seed makes the same pieces, which are in the file', () => {
  const file = Uint8Array.from({ length: 1000 }, (_, index) => index % 251);
  const make = (seed: number) => {
    const random = randomFrom(seed);
    const slice = sliceOf(file, 64, random);
    mutate(slice, 5, random);
    return [...slice];
  };
  assert.deepEqual(make(7), make(7));
  assert.notDeepEqual(make(7), make(8));
  for (let seed = 0; seed < 200; seed++) {
    const slice = sliceOf(file, 64, randomFrom(seed));
    assert.ok(slice.length >= 1 && slice.length <= 64);
  }
});
