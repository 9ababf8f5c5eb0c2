import assert from 'node:assert/strict';
import { test } from 'node:test';
import { openTrace } from '../open-trace.ts';
import { mergeStores } from './merge-stores.ts';
import type { TraceStore } from './trace-store.ts';

async function storeOf(...lines: readonly string[]): Promise<TraceStore> {
  const bytes = new TextEncoder().encode(['## platform: skl', ...lines, ''].join('\n'));
  return (await openTrace([bytes], { name: 'x.vgpu' })).store;
}

const first = () =>
  storeOf(
    'T 0.000001',
    'W 4 002098 00000001  @ inner < outer',
    'T 0.000003',
    `M 000001000 ${'ab'.repeat(64)}`,
  );
const second = () =>
  storeOf('T 0.000002', 'W 8 800008 000000120000abcd', '# 0.000002 said so', 'R 4 002098 ?');

test('each record is as it was, and knows whose it is and where it stands', async () => {
  const stores = [await first(), await second()];
  const { store, places } = mergeStores(stores, [
    { guest: 0, end: 1 },
    { guest: 1, end: 3 },
    { guest: 0, end: 2 },
  ]);
  assert.deepEqual(
    places.map((each) => [...each]),
    [
      [0, 4],
      [1, 2, 3],
    ],
  );
  stores.forEach((own, guest) => {
    for (let record = 0; record < own.length; record++) {
      const place = places[guest]?.[record] ?? -1;
      assert.equal(store.guest(place), guest);
      const facts = (of: TraceStore, at: number) => [
        of.kind(at),
        of.space(at),
        of.size(at),
        of.offset(at),
        of.low(at),
        of.high(at),
        of.valueKnown(at),
        of.timeNs(at),
        of.line(at),
        of.stack(at),
        [...of.bytes(at)],
        of.text(at),
      ];
      assert.deepEqual(facts(store, place), facts(own, record));
    }
  });
  assert.ok(store.bytesUsed > 0);
});

test('times may run back from one store to the other, also where they are long', async () => {
  const late = await storeOf(
    'T 8589934.592001',
    'W 4 002098 1',
    'T 8589934.592002',
    'W 4 002098 2',
  );
  const early = await second();
  const { store } = mergeStores(
    [late, early],
    [
      { guest: 0, end: 1 },
      { guest: 1, end: 3 },
      { guest: 0, end: 2 },
    ],
  );
  const times = Array.from({ length: store.length }, (_, record) => store.timeNs(record));
  assert.deepEqual(times, [8589934592001000, 2000, 2000, 2000, 8589934592002000]);
});
