import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import type { Partition } from '../../emulator/index.ts';
import {
  aloneOnHost,
  assertSame,
  GuestOnHost,
  runByTime,
  sharedHost,
} from '../support/shared-host.ts';
import { openSample } from './open-sample.ts';

const MIB = 0x100000;
/** Recordings of one machine have one slice; the second guest gets another, in which its accesses still are accesses. */
const OTHER: Partition = {
  mappableBase: 128 * MIB,
  mappableSize: 64 * MIB,
  hiddenBase: 1024 * MIB,
  hiddenSize: 384 * MIB,
  fences: 4,
};

test('two recorded guests on one host get the same answers as alone', async () => {
  const first = await openSample('skl-probe-gem-unload.vgpu.gz');
  const second = await openSample('skl-hang-reset-errorstate.vgpu.gz');
  const shared = sharedHost();
  const guests = [new GuestOnHost(shared, 1, first), new GuestOnHost(shared, 2, second, OTHER)];
  for (let step = 1; guests.some(({ isDone }) => !isDone); step++) {
    // In pieces of unequal length, so that turns fall at all kinds of places.
    guests.forEach((guest, at) => {
      guest.go(at === 0 ? 997 + (step % 7) : 1409 + (step % 13));
    });
  }
  const alone = [aloneOnHost(1, first), aloneOnHost(2, second, { slice: OTHER })];
  guests.forEach((guest, at) => {
    assertSame(guest, alone[at]);
  });
  assert.ok(guests.every(({ answers }) => answers.length > 600_000));
});

const LIVE = ['two-guests-first.vgpu.gz', 'two-guests-second.vgpu.gz'];

test('§11: two live guests, recorded in slices of their own, whatever the order of their records', async () => {
  const traces = await Promise.all(LIVE.map(openSample));
  const alone = traces.map((trace, at) => aloneOnHost(at + 1, trace));
  const turn = fc.record({
    first: fc.boolean(),
    records: fc.oneof(fc.integer({ min: 1, max: 40 }), fc.integer({ min: 1, max: 1500 })),
  });
  fc.assert(
    fc.property(fc.array(turn, { minLength: 1, maxLength: 60 }), (turns) => {
      const host = sharedHost();
      const guests = traces.map((trace, at) => new GuestOnHost(host, at + 1, trace));
      // The turns over and over, a record of each in between so that none waits for ever.
      while (guests.some(({ isDone }) => !isDone)) {
        for (const { first, records } of turns) guests[first ? 0 : 1]?.go(records);
        for (const guest of guests) guest.go(1);
      }
      guests.forEach((guest, at) => {
        assertSame(guest, alone[at]);
        assert.equal(guest.different, 0, 'as recorded');
      });
    }),
    { numRuns: 12 },
  );
});

test('§11: the same by time slices, whenever the second guest comes', async () => {
  const traces = await Promise.all(LIVE.map(openSample));
  const alone = traces.map((trace, at) => aloneOnHost(at + 1, trace, { scheduling: 'sliced' }));
  const milliseconds = fc.oneof(fc.nat(4000), fc.nat(100_000));
  fc.assert(
    fc.property(milliseconds, fc.boolean(), (late, firstIsLate) => {
      const host = sharedHost('sliced');
      const order = firstIsLate ? [1, 0] : [0, 1];
      const guests: GuestOnHost[] = [];
      for (const at of order) {
        const trace = traces[at];
        assert.ok(trace);
        guests.push(new GuestOnHost(host, at + 1, trace));
        if (guests.length > 1) break;
        runByTime(guests, late * 1e6);
        host.advanceTo(late * 1e6);
      }
      runByTime(guests);
      guests.forEach((guest, place) => {
        assertSame(guest, alone[order[place] ?? 0]);
        assert.equal(guest.different, 0, 'as recorded');
      });
    }),
    { numRuns: 12 },
  );
});
