import assert from 'node:assert/strict';
import { test } from 'node:test';
import { fakeSession, NOT_CANCELLED } from '../testing/traces.ts';

/** Before record 2 comes the work of 131,073 stores, which an alarm gives: 131,080 events with it. */
const LONG_GAP = [
  'T 0.0001',
  'R 4 044200 00000000',
  'W 4 002550 00200101',
  'T 0.0012',
  'R 4 044200 00000000',
  'R 4 044200 00000000',
];

test('a jump over one record with much work goes in slices, and can be left between two', async () => {
  let slices = 0;
  const token = { cancelled: false };
  const yieldToOthers = async () => {
    slices++;
    if (slices === 7) token.cancelled = true;
  };
  const session = await fakeSession(LONG_GAP, { yieldToOthers });
  const there = await session.seek({ record: 3, event: 0 }, NOT_CANCELLED);
  assert.deepEqual(there.moment, { record: 3, event: 0 });
  assert.equal(slices, 4, '131,080 events, 30,000 at once');
  const hash = await session.inspect({ kind: 'hash' });
  await session.seek({ record: 0, event: 0 }, NOT_CANCELLED);
  slices = 5;
  const left = await session.seek({ record: 3, event: 0 }, token);
  assert.deepEqual([left.reason, left.moment.record, slices], ['pause', 2, 7]);
  assert.ok(left.moment.event > 0);
  await session.seek({ record: 3, event: 0 }, NOT_CANCELLED);
  assert.equal(await session.inspect({ kind: 'hash' }), hash);
});

test('what a record will do is not looked for behind more work than there is time for', async () => {
  const session = await fakeSession(LONG_GAP);
  await session.seek({ record: 2, event: 0 }, NOT_CANCELLED);
  const hash = await session.inspect({ kind: 'hash' });
  const access = await session.inspect({ kind: 'access' });
  assert.deepEqual([access?.unforeseen, access?.after.known], [true, false]);
  assert.equal(await session.inspect({ kind: 'hash' }), hash, 'it is taken back');
  await session.seek({ record: 3, event: 0 }, NOT_CANCELLED);
  assert.equal((await session.inspect({ kind: 'access' }))?.unforeseen, undefined);
});
