import assert from 'node:assert/strict';
import path from 'node:path';
import { describe, test } from 'node:test';
import { sample } from './adapter-client.ts';
import { Walker } from './engine-steps.ts';
import { sharedClient } from './stdio-session.ts';

/** A genuine driver's batch that jumps to itself, until the engine is reset. */
const HANG = sample('skl-hang-reset-errorstate.vgpu.gz');
/** 100,000 commands in one record, 60 million in another. */
const COUNTING = path.join(import.meta.dirname, '../fixtures/endless-counting.vgpu');
const EVENT = /^event (\d+) of record (\d+) /;

describe('a hung engine', () => {
  const adapter = sharedClient((client) => client.open(HANG));
  const toHang = { name: 'RCS0:MI_BATCH_BUFFER_START', hitCondition: '6' };
  const threads = async () => (await adapter().threadsRequest()).body.threads;

  async function moment(walker: Walker): Promise<readonly number[]> {
    const [, event, record] = EVENT.exec(await walker.where()) ?? [];
    return [Number(record), Number(event)];
  }

  test('is left by a step out, and has a thread at the records that follow', async () => {
    const walker = new Walker(adapter());
    await walker.runTo(toHang);
    const engine = walker.threadId;
    await walker.step('stepOut');
    assert.equal(walker.threadId, 1);
    assert.deepEqual(await threads(), [
      { id: 1, name: 'guest driver' },
      { id: engine, name: 'RCS0 (goes on with the next millisecond)' },
    ]);
    const frames = await walker.frames(engine);
    assert.match(frames[0]?.name ?? '', /^MI_BATCH_BUFFER_START .*next millisecond\)$/);
    assert.ok(
      frames.every(({ name }) => !name.includes('GPIO')),
      'no access set it off now',
    );
  });

  test('is followed from record to record on its thread, forwards and backwards', async () => {
    const walker = new Walker(adapter());
    await walker.runTo(toHang);
    const engine = walker.threadId;
    await walker.step('stepOut');
    const there: (readonly number[])[] = [];
    for (let step = 0; step < 60; step++) {
      await walker.step('stepIn', engine);
      there.push(await moment(walker));
    }
    const records = new Set(there.map(([record]) => record));
    assert.ok(records.size > 1, 'a millisecond of work is less than that');
    const back: (readonly number[])[] = [];
    while (back.length < 50) {
      await walker.step('stepBack', engine);
      // On the way lie events that are not the engine's: alarms, and the records themselves.
      if (walker.threadId === engine) back.push(await moment(walker));
    }
    assert.deepEqual(back, there.slice(0, -1).toReversed().slice(0, 50));
  });

  test('loses its thread when it is reset', async () => {
    const walker = new Walker(adapter());
    await walker.runTo(toHang);
    const engine = walker.threadId;
    const reset = { name: 'write 0x941c' };
    await adapter().setFunctionBreakpointsRequest({ breakpoints: [reset] });
    await adapter().stopAfter(() => adapter().continueRequest({ threadId: 1 }));
    assert.ok((await threads()).some(({ id }) => id === engine));
    await adapter().setFunctionBreakpointsRequest({ breakpoints: [] });
    await walker.step('next', 1);
    assert.ok(!(await threads()).some(({ id }) => id === engine));
  });
});

describe('a record with very many commands', () => {
  const adapter = sharedClient((client) => client.open(COUNTING));
  const counted = async () => {
    const args = { expression: 'mem32[0x1003000]', context: 'watch' };
    return (await adapter().evaluateRequest(args)).body.result;
  };

  test('is stepped anywhere inside, and back', async () => {
    const walker = new Walker(adapter());
    await walker.runTo({ name: 'MI_ATOMIC', hitCondition: '40000' });
    const seen = [await counted()];
    for (let step = 0; step < 4; step++) {
      await walker.step('stepBack');
      seen.push(await counted());
    }
    assert.deepEqual(seen.map(Number), [39_999, 39_999, 39_998, 39_998, 39_997]);
    await walker.steps('stepIn', 4);
    assert.equal(Number(await counted()), 39_999);
    await walker.step('stepOut');
    assert.match(await walker.top(), /RING_HEAD read/);
    assert.equal(Number(await counted()), 50_000, 'what an engine gets done at once');
  });

  test('is broken off by pause, in the middle of the work', async () => {
    const walker = new Walker(adapter());
    await walker.runTo({ name: 'MI_ATOMIC', hitCondition: '60000' });
    await adapter().setFunctionBreakpointsRequest({ breakpoints: [] });
    const stop = await adapter().stopAfter(async () => {
      await adapter().continueRequest({ threadId: 1 });
      await adapter().pauseRequest({ threadId: 1 });
    });
    assert.match(stop.reason, /pause/);
    const before = await walker.hash();
    await walker.step('stepIn', stop.threadId);
    assert.notEqual(await walker.hash(), before);
  });

  test('can be watched by a condition that is never true, and paused', async () => {
    const walker = new Walker(adapter());
    await walker.goTo('0');
    await adapter().setFunctionBreakpointsRequest({
      breakpoints: [{ name: 'MI_*', condition: 'value == 0xdead' }],
    });
    const stop = await adapter().stopAfter(async () => {
      await adapter().continueRequest({ threadId: 1 });
      await adapter().pauseRequest({ threadId: 1 });
    });
    assert.equal(stop.reason, 'pause');
    await adapter().setFunctionBreakpointsRequest({ breakpoints: [] });
  });
});
