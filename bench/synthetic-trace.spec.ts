import assert from 'node:assert/strict';
import { test } from 'node:test';
import { openTrace } from '../trace/index.ts';
import { repeated } from './synthetic-trace.ts';

test('a trace repeated is as long as asked for, holds the same accesses, and its time never runs back', async () => {
  const text =
    'T 1\nW 4 002030 00000040\nM 1000 0102030405060708\nT 2\nR 8 800000 1111111122222222\n';
  const { store } = await openTrace([new TextEncoder().encode(text)]);
  assert.equal(store.length, 3);
  const long = repeated(store, 8);
  assert.equal(long.length, 8);
  for (let i = 0; i < 8; i++) {
    assert.equal(long.kind(i), store.kind(i % 3));
    assert.equal(long.space(i), store.space(i % 3));
    assert.equal(long.size(i), store.size(i % 3));
    assert.equal(long.offset(i), store.offset(i % 3));
    assert.equal(long.low(i), store.low(i % 3));
    assert.equal(long.high(i), store.high(i % 3));
    assert.deepEqual(long.bytes(i), store.bytes(i % 3));
    if (i > 0) assert.ok(long.timeNs(i) >= long.timeNs(i - 1));
  }
});
