import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import type { TraceStore } from '../../trace/index.ts';
import { traceOf } from '../testing/traces.ts';
import { type Interleave, type Turn, turnsOf } from './turns.ts';

/** A recording whose records are at these microseconds. */
async function storeAt(times: readonly number[]): Promise<TraceStore> {
  const lines = times.flatMap((at) => [`T ${(at / 1e6).toFixed(6)}`, 'W 4 002098 00000001']);
  return (await traceOf(lines)).store;
}

async function turns(times: readonly number[][], interleave: Interleave): Promise<Turn[]> {
  return [...turnsOf(await Promise.all(times.map(storeAt)), interleave)];
}

test('by time, the first recording first where times are equal', async () => {
  assert.deepEqual(await turns([[1, 2, 5], [2, 3], [9]], 'time'), [
    { guest: 0, end: 2 },
    { guest: 1, end: 2 },
    { guest: 0, end: 3 },
    { guest: 2, end: 1 },
  ]);
});

test('so many of each in turn; who is at its end is passed over', async () => {
  assert.deepEqual(await turns([[1, 2, 3, 4, 5], [7], []], 2), [
    { guest: 0, end: 2 },
    { guest: 1, end: 1 },
    { guest: 0, end: 4 },
    { guest: 0, end: 5 },
  ]);
});

test('whatever the times, each record comes once, in its recording’s order, and by time none too early', async () => {
  const times = fc.array(fc.nat(20), { maxLength: 12 }).map((list) => list.sort((a, b) => a - b));
  const order = fc.oneof(fc.constant('time' as const), fc.integer({ min: 1, max: 5 }));
  await fc.assert(
    fc.asyncProperty(fc.array(times, { minLength: 1, maxLength: 4 }), order, async (all, how) => {
      const done = all.map(() => 0);
      let now = 0;
      for (const { guest, end } of await turns(all, how)) {
        assert.ok(end > (done[guest] ?? 0));
        for (const at of all[guest]?.slice(done[guest], end) ?? []) {
          if (how === 'time') assert.ok(at >= now);
          now = at;
        }
        done[guest] = end;
      }
      assert.deepEqual(
        done,
        all.map(({ length }) => length),
      );
    }),
  );
});
