import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { RecordKind, Space } from '../../trace/index.ts';
import { type Fold, FoldIndex } from './fold-index.ts';
import { draw, fill, memory, note, read, repeat, sourceOf, write } from './testing/records.ts';

function foldsOf(records: Parameters<typeof sourceOf>[0]): readonly Fold[] {
  const index = new FoldIndex(sourceOf(records));
  return Array.from({ length: index.length }, (_, at) => index.fold(at)).filter((each) => !!each);
}

const spans = (records: Parameters<typeof sourceOf>[0]) =>
  foldsOf(records).map(({ first, last, accesses, kind }) => [kind.id, first, last, accesses]);

test('table fills, drawing, polls and bit-banging fold', () => {
  assert.deepEqual(spans([read(0x2030), ...fill(0x1000, 6), write(0x2030)]), [
    ['ggttWrite', 1, 6, 6],
  ]);
  assert.deepEqual(spans(repeat(5, draw(0x1000))), [['apertureWrite', 0, 4, 5]]);
  assert.deepEqual(spans(repeat(4, read(0x44200))), [['poll', 0, 3, 4]]);
  assert.deepEqual(spans([read(0xc501c), write(0xc501c), read(0xc5024), write(0xc5010)]), [
    ['bitBanging', 0, 3, 4],
  ]);
});

test('three accesses of a kind stay single', () => {
  assert.deepEqual(spans([...fill(0, 3), ...repeat(3, read(0x44200)), ...repeat(3, draw(0))]), []);
});

test('writes of one register never fold, because each may start something', () => {
  assert.deepEqual(spans(repeat(8, write(0x2230))), []);
});

test('reads of two registers in turn are no poll', () => {
  assert.deepEqual(spans([read(8), read(12), read(8), read(12), read(8), read(12)]), []);
});

test('only a scan of configuration space folds, not a look at some registers', () => {
  const look = { kind: RecordKind.read, space: Space.config, offset: 0xac };
  assert.deepEqual(spans(repeat(15, look)), []);
  assert.deepEqual(spans(repeat(16, look)), [['configScan', 0, 15, 16]]);
});

test('memory and interrupts within a run do not end it, notes do', () => {
  const drawn = [
    draw(0),
    memory(0x1000),
    draw(4),
    { kind: RecordKind.interrupt },
    draw(8),
    draw(12),
  ];
  assert.deepEqual(spans([...drawn, memory(0)]), [['apertureWrite', 0, 5, 4]]);
  assert.deepEqual(spans([draw(0), draw(4), note('DMESG x'), draw(8), draw(12)]), []);
});

const anyRecord = fc.oneof(
  fc.constantFrom(read(0x44200), write(0x2030), read(0xc501c), write(0xc501c), draw(0), memory(0)),
  fc.constantFrom(note('x'), { kind: RecordKind.interrupt }, ...fill(0, 2)),
);

test('folds are in order, do not overlap, and look-up finds the fold of each record', () => {
  fc.assert(
    fc.property(fc.array(fc.tuple(anyRecord, fc.integer({ min: 1, max: 9 }))), (parts) => {
      const records = parts.flatMap(([record, count]) => repeat(count, record));
      const index = new FoldIndex(sourceOf(records));
      const owner = new Map<number, number>();
      let end = -1;
      for (let at = 0; at < index.length; at++) {
        const fold = index.fold(at);
        assert.ok(fold && fold.first > end && fold.last >= fold.first);
        for (let record = fold.first; record <= fold.last; record++) owner.set(record, at);
        end = fold.last;
      }
      for (let record = 0; record < records.length; record++) {
        assert.equal(index.at(record)?.index, owner.get(record));
      }
    }),
  );
});
