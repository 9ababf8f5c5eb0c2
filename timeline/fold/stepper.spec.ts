import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { compilePattern } from '../patterns/access-pattern.ts';
import { sampleDirectory } from '../patterns/testing/directory.ts';
import { FoldIndex } from './fold-index.ts';
import { Stepper } from './stepper.ts';
import {
  fill,
  memory,
  note,
  read,
  repeat,
  type SampleRecord,
  sourceOf,
  write,
} from './testing/records.ts';

function stepperOf(records: readonly SampleRecord[], skip?: string): Stepper {
  const source = sourceOf(records);
  const folds = new FoldIndex(source);
  if (skip === undefined) return new Stepper(source, folds);
  const pattern = compilePattern(skip, sampleDirectory);
  assert.ok(pattern.ok);
  return new Stepper(source, folds, pattern.matcher);
}

/** 0 note, 1 write, 2 memory, 3–8 fill, 9 read, 10 write. */
const RECORDS = [
  note('start'),
  write(0x2030),
  memory(0),
  ...fill(0, 6),
  read(0x2034),
  write(0x2030),
];

test('next passes over a fold in one step, back returns to its start', () => {
  const stepper = stepperOf(RECORDS);
  assert.equal(stepper.rowFrom(0), 1);
  assert.deepEqual(
    [1, 3, 9, 10].map((record) => stepper.next(record)),
    [3, 9, 10, 11],
  );
  assert.deepEqual(
    [11, 10, 9, 3, 1].map((record) => stepper.back(record)),
    [10, 9, 3, 1, -1],
  );
});

test('inside a fold next and back go record by record', () => {
  const stepper = stepperOf(RECORDS);
  assert.equal(stepper.nextAccess(3), 4);
  assert.equal(stepper.next(4), 5);
  assert.equal(stepper.next(8), 9);
  assert.equal(stepper.back(5), 4);
});

test('out leaves a fold, backwards to its start', () => {
  const stepper = stepperOf(RECORDS);
  assert.equal(stepper.out(5), 9);
  assert.equal(stepper.backOut(5), 3);
  assert.equal(stepper.backOut(3), 1);
});

test('skipped registers are passed over both ways, but a step into them still stops', () => {
  const stepper = stepperOf(RECORDS, 'ggtt:*');
  assert.equal(stepper.next(1), 9);
  assert.equal(stepper.back(9), 1);
  assert.equal(stepper.nextAccess(1), 3);
});

test('a fold of which only a part is skipped is a stop', () => {
  assert.equal(stepperOf(RECORDS, 'ggtt:0x0-0x1fff').next(1), 3);
});

test('next and back visit the same stops in opposite order', () => {
  const record = fc.constantFrom(read(0x44200), write(0x2030), read(0xc501c), note('x'), memory(0));
  const list = fc.array(fc.tuple(record, fc.integer({ min: 1, max: 6 })));
  fc.assert(
    fc.property(list, fc.boolean(), (parts, skipping) => {
      const records = parts.flatMap(([each, count]) => repeat(count, each));
      const stepper = stepperOf(records, skipping ? 'GPIO_CTL_D' : undefined);
      const forward: number[] = [];
      for (let at = stepper.rowFrom(0); at < records.length; at = stepper.next(at))
        forward.push(at);
      const backward: number[] = [];
      for (let at = stepper.back(records.length); at >= 0; at = stepper.back(at)) backward.push(at);
      assert.deepEqual(forward, backward.reverse());
    }),
  );
});
