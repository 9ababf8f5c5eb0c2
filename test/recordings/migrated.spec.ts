import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { aloneOnHost, GuestOnHost, sharedHost } from '../support/shared-host.ts';
import { openSample } from './open-sample.ts';

test('§12.5: a guest that moves to another host of equal layout, whenever, does not notice', async () => {
  const trace = await openSample('two-guests-second.vgpu.gz');
  const alone = aloneOnHost(2, trace);
  const places = fc.array(fc.nat(trace.store.length - 1), { minLength: 1, maxLength: 4 });
  fc.assert(
    fc.property(places, (moves) => {
      let guest = new GuestOnHost(sharedHost(), 2, trace);
      const answers: number[] = [];
      for (const place of [...moves].sort((a, b) => a - b)) {
        guest.go(Math.max(0, place - guest.replayer.position));
        const there = new GuestOnHost(sharedHost(), 2, trace);
        there.device.restore(guest.device.save());
        there.replayer.moveTo(guest.replayer.moment);
        answers.push(...guest.answers);
        guest = there;
      }
      guest.go(trace.store.length);
      assert.deepEqual([...answers, ...guest.answers], alone.answers);
      assert.equal(guest.different, 0);
      assert.equal(guest.hash, alone.hash);
    }),
    { numRuns: 15 },
  );
});
