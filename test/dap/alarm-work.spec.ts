import assert from 'node:assert/strict';
import path from 'node:path';
import { describe, test } from 'node:test';
import { Walker } from './engine-steps.ts';
import { sharedClient } from './stdio-session.ts';

/** A batch that counts in memory without end; a millisecond passes between two reads of RING_HEAD. */
const ALARM_WORK = path.join(import.meta.dirname, '../fixtures/alarm-work.vgpu');

describe('work that engines do at a timer, between two accesses', () => {
  const adapter = sharedClient((client) => client.open(ALARM_WORK));
  const lastBefore = { name: 'read RCS0.RING_HEAD', hitCondition: '1' };

  test("is entered by a step in of the driver's thread, and left by the same step back", async () => {
    const walker = new Walker(adapter());
    await walker.runTo(lastBefore);
    const before = [await walker.where(), await walker.hash()];
    const stop = await walker.step('stepIn');
    assert.equal(stop.reason, 'step');
    const { threads } = (await adapter().threadsRequest()).body;
    assert.equal(threads.find(({ id }) => id === stop.threadId)?.name, 'RCS0');
    assert.match(await walker.where(), /^event 1 of record /);
    assert.match(await walker.top(), /^MI_/);
    const there = [await walker.hash()];
    for (let step = 0; step < 3; step++) {
      await walker.step('stepIn');
      there.push(await walker.hash());
    }
    assert.equal(new Set(there).size, there.length, 'each command changes something');
    for (const hash of there.slice(0, -1).toReversed()) {
      await walker.step('stepBack');
      assert.equal(await walker.hash(), hash);
    }
    const back = await walker.step('stepBack');
    assert.equal(back.threadId, 1);
    assert.deepEqual([await walker.where(), await walker.hash()], before);
  });

  test("is left by steps of the driver's thread: to the access before, and to the next one", async () => {
    const walker = new Walker(adapter());
    await walker.runTo(lastBefore);
    const before = await walker.where();
    await walker.step('next');
    const after = [await walker.where(), await walker.hash()];
    await walker.step('stepBack');
    await walker.step('stepIn');
    await walker.steps('stepIn', 2);
    await walker.step('stepBack', 1);
    assert.equal(await walker.where(), before);
    await walker.step('stepIn');
    await walker.step('next', 1);
    assert.deepEqual([await walker.where(), await walker.hash()], after);
  });
});
