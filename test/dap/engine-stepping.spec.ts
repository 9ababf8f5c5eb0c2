import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { NESTED, PROBE, TWO_ENGINES, Walker } from './engine-steps.ts';
import { sharedClient } from './stdio-session.ts';

/** The first request of a genuine driver: four PIPE_CONTROLs, an interrupt, and arbitration on again. */
const FIRST_ELSP = { name: 'write RCS0.ELSP', hitCondition: '4' };
const RING = [
  /^PIPE_CONTROL/,
  /^PIPE_CONTROL .*status page 0xd0/,
  /^PIPE_CONTROL renderTargetCacheFlush/,
  /^PIPE_CONTROL .*ggtt 0x37ffe100 ← 0x1$/,
  /^MI_USER_INTERRUPT$/,
  /^MI_ARB_ON_OFF arbitration on$/,
  /^RCS0 saves its context next$/,
];

function assertNames(names: readonly string[], expected: readonly RegExp[]): void {
  assert.equal(names.length, expected.length, names.join('; '));
  for (const [index, name] of names.entries()) assert.match(name, expected[index] ?? /^$/);
}

describe('stepping into a submission of a genuine driver', () => {
  const adapter = sharedClient((client) => client.open(PROBE));

  test('goes command by command, and back the same way', async () => {
    const walker = new Walker(adapter());
    await walker.runTo(FIRST_ELSP);
    const before = await walker.hash();
    const there = [await walker.hash()];
    const first = await walker.step('stepIn');
    assert.equal(first.reason, 'step');
    assert.match(await walker.top(), /^context 0x37fe6000, id 0x20, loaded next$/);
    const names: string[] = [];
    for (let step = 0; step < RING.length; step++) {
      there.push(await walker.hash());
      await walker.step('stepIn');
      names.push(await walker.top());
    }
    assertNames(names, RING);
    assert.equal(new Set(there).size, there.length, 'each event changes something');
    const back: string[] = [];
    for (let step = 0; step < RING.length; step++) {
      await walker.step('stepBack');
      back.push(await walker.hash());
    }
    assert.deepEqual(back, there.slice(1).toReversed());
    const last = await walker.step('stepBack');
    assert.equal(last.threadId, 1);
    assert.match(await walker.top(), /^RCS0\.ELSP write/);
    assert.equal(await walker.hash(), before);
  });

  test('ends at the next access; a step over the submission leads there at once', async () => {
    const walker = new Walker(adapter());
    await walker.runTo(FIRST_ELSP);
    await walker.step('next');
    const over = [await walker.where(), await walker.hash()];
    await walker.step('stepBack');
    await walker.step('stepIn');
    await walker.steps('stepIn', RING.length);
    const end = await walker.step('stepIn');
    assert.equal(end.threadId, 1);
    assert.deepEqual([await walker.where(), await walker.hash()], over);
  });

  test('is left by a step out: from the ring, from the load of the context', async () => {
    const walker = new Walker(adapter());
    await walker.runTo(FIRST_ELSP);
    await walker.step('next');
    const over = await walker.where();
    await walker.step('stepBack');
    for (const commands of [0, 3]) {
      const start = await walker.where();
      await walker.step('stepIn');
      await walker.steps('stepIn', commands);
      await walker.step('stepOut');
      assert.equal(await walker.where(), over);
      await walker.step('stepBack');
      assert.equal(await walker.where(), start);
    }
  });

  test('has a thread for the engine as long as it has work', async () => {
    const walker = new Walker(adapter());
    await walker.runTo(FIRST_ELSP);
    const threads = async () => (await adapter().threadsRequest()).body.threads;
    assert.deepEqual(await threads(), [{ id: 1, name: 'guest driver' }]);
    const before = adapter().eventsOf('thread').length;
    const stop = await walker.step('stepIn');
    assert.deepEqual(await threads(), [
      { id: 1, name: 'guest driver' },
      { id: stop.threadId, name: 'RCS0' },
    ]);
    await walker.step('stepOut');
    assert.equal((await threads()).length, 1);
    const events = adapter().eventsOf('thread').slice(before);
    assert.deepEqual(
      events.map(({ body }) => [body.reason, body.threadId]),
      [
        ['started', stop.threadId],
        ['exited', stop.threadId],
      ],
    );
  });

  test("is passed by a step of the driver's own thread, forwards and backwards", async () => {
    const walker = new Walker(adapter());
    await walker.runTo(FIRST_ELSP);
    const start = await walker.where();
    await walker.step('stepIn');
    await walker.steps('stepIn', 3);
    await walker.step('stepBack', 1);
    assert.equal(await walker.where(), start);
    await walker.step('stepIn');
    await walker.step('next', 1);
    assert.equal((await walker.frames())[0]?.name, 'GEN8_MASTER_IRQ write 0x00000000');
  });

  test('shows the access, and what the driver did, below the engine', async () => {
    const walker = new Walker(adapter());
    await walker.runTo(FIRST_ELSP);
    await walker.step('stepIn');
    await walker.steps('stepIn', 2);
    const frames = await walker.frames();
    assert.deepEqual(
      frames.map(({ name }) => name.split(' ')[0]),
      ['PIPE_CONTROL', 'ring', 'context', 'RCS0.ELSP'],
    );
    assert.match(String(frames[3]?.source?.path), /^vgpu-trace:/);
    const driver = await walker.frames(1);
    assert.deepEqual(
      driver.map(({ name }) => name),
      ['RCS0.ELSP write 0x37fe651d'],
    );
  });

  test('is reached and left again by jumps to an event', async () => {
    const walker = new Walker(adapter());
    await walker.runTo(FIRST_ELSP);
    const [, record] = /record (\d+)/.exec(await walker.where()) ?? [];
    await walker.step('stepIn');
    await walker.steps('stepIn', 3);
    const [hash, name] = [await walker.hash(), await walker.top()];
    await walker.goTo('0');
    const stop = await walker.goTo(`${record}+4`);
    assert.notEqual(stop.threadId, 1);
    assert.deepEqual([await walker.hash(), await walker.top()], [hash, name]);
    assert.match(await walker.where(), new RegExp(`^event 4 of record ${record} `));
  });
});

describe('batches of two levels', () => {
  const adapter = sharedClient((client) => client.open(NESTED));
  const batch = { name: 'RCS0:MI_BATCH_BUFFER_START', hitCondition: '1' };
  const names = async (walker: Walker) => (await walker.frames()).map(({ name }) => name);

  test('stand on the stack, the innermost on top', async () => {
    const walker = new Walker(adapter());
    await walker.runTo(batch);
    await walker.steps('stepIn', 4);
    assert.deepEqual(await names(walker), [
      'MI_STORE_DATA_IMM ppgtt 0x4003004 ← 0x22',
      'second-level batch at 0x4002100',
      'batch at 0x4002000',
      'ring at 0x4000000',
      'RCS0.RING_TAIL write 0x00000018',
    ]);
  });

  test('are passed by a step over the command that starts them', async () => {
    const walker = new Walker(adapter());
    await walker.runTo(batch);
    const start = await walker.where();
    await walker.step('next');
    assert.equal(await walker.top(), 'MI_USER_INTERRUPT');
    const after = [await walker.where(), await walker.hash()];
    await walker.runTo(batch);
    assert.equal(await walker.where(), start);
    await walker.step('stepIn');
    await walker.steps('next', 2);
    assert.match(await walker.top(), /^MI_BATCH_BUFFER_START .*second level$/);
    await walker.step('next');
    assert.equal(await walker.top(), 'MI_STORE_DATA_IMM ppgtt 0x4003008 ← 0x33');
    await walker.steps('next', 2);
    assert.deepEqual([await walker.where(), await walker.hash()], after);
  });

  test('are ended by a step out, one after the other', async () => {
    const walker = new Walker(adapter());
    await walker.runTo(batch);
    await walker.steps('stepIn', 4);
    await walker.step('stepOut');
    assert.equal(await walker.top(), 'MI_STORE_DATA_IMM ppgtt 0x4003008 ← 0x33');
    await walker.step('stepOut');
    assert.equal(await walker.top(), 'MI_USER_INTERRUPT');
    const end = await walker.step('stepOut');
    assert.equal(end.threadId, 1);
    assert.match(await walker.top(), /^aperture 0x04003000/);
  });

  test('can be started again, as can the ring and the access', async () => {
    const walker = new Walker(adapter());
    const restart = async (name: RegExp) => {
      await walker.runTo(batch);
      await walker.steps('stepIn', 4);
      const frames = await walker.frames();
      const frame = frames.find((each) => name.test(each.name));
      assert.ok(frame?.canRestart !== false);
      const args = { frameId: frame?.id ?? 0 };
      const stop = await adapter().stopAfter(() => adapter().customRequest('restartFrame', args));
      return (await walker.frames(stop.threadId))[0]?.name;
    };
    assert.equal(await restart(/^second-level/), 'MI_STORE_DATA_IMM ppgtt 0x4003004 ← 0x22');
    assert.equal(await restart(/^batch/), 'MI_STORE_DATA_IMM ppgtt 0x4003000 ← 0x11');
    assert.equal(await restart(/^ring/), 'MI_NOOP');
    assert.equal(await restart(/RING_TAIL/), 'RCS0.RING_TAIL write 0x00000018');
    await walker.runTo(batch);
    const [command] = await walker.frames();
    assert.equal(command?.canRestart, false);
    await adapter().failure('restartFrame', { frameId: command?.id ?? 0 });
  });
});

describe('engines that work in turns inside of one record', () => {
  const adapter = sharedClient((client) => client.open(TWO_ENGINES));

  test('step back on their own thread', async () => {
    const walker = new Walker(adapter());
    await walker.runTo({ name: 'write BCS0.RING_TAIL' });
    const there: string[] = [];
    for (let step = 0; step < 3; step++) {
      const stop = await walker.step('stepIn', step === 0 ? 1 : 3);
      assert.equal(stop.threadId, 3);
      there.push(await walker.where());
    }
    for (const before of there.slice(0, -1).toReversed()) {
      const stop = await walker.step('stepBack', 3);
      assert.equal(stop.threadId, 3);
      assert.equal(await walker.where(), before);
    }
  });

  test('a thread that there is not is refused', async () => {
    const message = await adapter().failure('stackTrace', { threadId: 99 });
    assert.match(JSON.stringify(message), /There is no thread 99/);
    await adapter().failure('next', { threadId: 99 });
  });
});
