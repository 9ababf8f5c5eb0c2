import assert from 'node:assert/strict';
import { test } from 'node:test';
import { startOf } from '../moment.ts';
import { CheckpointList } from './checkpoint-list.ts';

function add(list: CheckpointList, record: number, ownBytes: number, near = false, event = 0) {
  list.add({ moment: { record, event }, applied: event > 0, snapshot: { ownBytes }, near });
}

const upTo = (list: CheckpointList, record: number) => list.upTo(startOf(record))?.moment.record;

test('the nearest checkpoint up to a record is found', () => {
  const list = new CheckpointList(1000);
  for (const record of [0, 20, 10]) add(list, record, 1);
  assert.deepEqual(
    [0, 9, 10, 19, 1e9].map((record) => upTo(list, record)),
    [0, 0, 10, 10, 20],
  );
  assert.equal(list.upTo(startOf(-1)), undefined);
});

test('a second checkpoint at one record is not kept', () => {
  const list = new CheckpointList(1000);
  add(list, 5, 10);
  add(list, 5, 10, true);
  assert.deepEqual([list.count, list.bytes], [1, 10]);
});

test('over the budget they are thinned, the start stays and the present is denser', () => {
  const list = new CheckpointList(100);
  for (let record = 0; record <= 10_000; record += 100) add(list, record, 5);
  assert.ok(list.bytes <= 100, `${list.bytes} bytes`);
  assert.equal(upTo(list, 0), 0);
  const gap = (record: number) => record - (upTo(list, record - 1) ?? 0);
  assert.ok(gap(10_000) < gap(3000), `${gap(10_000)} and ${gap(3000)}`);
});

test('however small the budget, a few stay', () => {
  const list = new CheckpointList(0);
  for (let record = 0; record < 100; record++) add(list, record, 5);
  assert.equal(list.count, 8);
});

test('near ones are dropped first, oldest first', () => {
  const list = new CheckpointList(1e6);
  add(list, 0, 1);
  for (let record = 1; record <= 100; record++) add(list, record, 1, true);
  assert.equal(list.count, 49);
  assert.equal(upTo(list, 52), 0);
  assert.equal(upTo(list, 53), 53);
});

test('an edit drops what came at it and after it', () => {
  const list = new CheckpointList(1000);
  for (const record of [0, 10, 20]) add(list, record, 7);
  list.dropFrom(startOf(10));
  assert.deepEqual([list.count, list.bytes, upTo(list, 99)], [1, 7, 0]);
});

test('inside of a record they are told apart by events', () => {
  const list = new CheckpointList(1000);
  for (const event of [0, 20, 40]) add(list, 7, 1, true, event);
  const eventUpTo = (event: number) => list.upTo({ record: 7, event })?.moment.event;
  assert.deepEqual([0, 19, 20, 99].map(eventUpTo), [0, 0, 20, 40]);
  assert.equal(upTo(list, 8), 7);
  list.dropFrom({ record: 7, event: 20 });
  assert.deepEqual([list.count, eventUpTo(99)], [1, 0]);
});
