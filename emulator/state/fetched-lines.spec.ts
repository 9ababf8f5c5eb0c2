import assert from 'node:assert/strict';
import { test } from 'node:test';
import { FetchedLines } from './fetched-lines.ts';

test('a line is new once a turn', () => {
  const lines = new FetchedLines();
  assert.ok(lines.isNew(0x1000, 1));
  assert.ok(!lines.isNew(0x1000, 1));
  assert.ok(lines.isNew(0x1040, 1));
  assert.ok(lines.isNew(0x1000, 2));
  assert.ok(lines.isNew(0x1_0000_1000, 2));
});

test('what it forgets is new again', () => {
  const lines = new FetchedLines();
  lines.isNew(0, 0);
  lines.forget();
  assert.ok(lines.isNew(0, 0));
});
