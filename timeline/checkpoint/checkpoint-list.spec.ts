import assert from 'node:assert/strict';
import { test } from 'node:test';
import { CheckpointList } from './checkpoint-list.ts';

const snapshot = (ownBytes: number) => ({ ownBytes });

test('the nearest checkpoint up to a record is found', () => {
  const list = new CheckpointList(1000);
  for (const record of [0, 20, 10]) list.add(record, snapshot(1), false);
  assert.deepEqual(
    [0, 9, 10, 19, 1e9].map((record) => list.upTo(record)?.record),
    [0, 0, 10, 10, 20],
  );
  assert.equal(list.upTo(-1), undefined);
});

test('a second checkpoint at one record is not kept', () => {
  const list = new CheckpointList(1000);
  list.add(5, snapshot(10), false);
  list.add(5, snapshot(10), true);
  assert.deepEqual([list.count, list.bytes], [1, 10]);
});

test('over the budget they are thinned, the start stays and the present is denser', () => {
  const list = new CheckpointList(100);
  for (let record = 0; record <= 10_000; record += 100) list.add(record, snapshot(5), false);
  assert.ok(list.bytes <= 100, `${list.bytes} bytes`);
  assert.equal(list.upTo(0)?.record, 0);
  const gap = (record: number) => record - (list.upTo(record - 1)?.record ?? 0);
  assert.ok(gap(10_000) < gap(3000), `${gap(10_000)} and ${gap(3000)}`);
});

test('however small the budget, a few stay', () => {
  const list = new CheckpointList(0);
  for (let record = 0; record < 100; record++) list.add(record, snapshot(5), false);
  assert.equal(list.count, 8);
});

test('near ones are dropped first, oldest first', () => {
  const list = new CheckpointList(1e6);
  list.add(0, snapshot(1), false);
  for (let record = 1; record <= 100; record++) list.add(record, snapshot(1), true);
  assert.equal(list.count, 49);
  assert.equal(list.upTo(52)?.record, 0);
  assert.equal(list.upTo(53)?.record, 53);
});

test('an edit drops what came at it and after it', () => {
  const list = new CheckpointList(1000);
  for (const record of [0, 10, 20]) list.add(record, snapshot(7), false);
  list.dropFrom(10);
  assert.deepEqual([list.count, list.bytes, list.upTo(99)?.record], [1, 7, 0]);
});
