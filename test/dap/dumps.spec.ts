import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { sample } from './adapter-client.ts';
import { evaluate, open, topFrame } from './first-steps.ts';
import { sharedClient } from './stdio-session.ts';

const RCS0 = 2;

describe('a GPU error state', () => {
  const adapter = sharedClient((client) => client.open(sample('skl_hang.error_state.txt')));

  test('stands at the command that hung, in its batch, in its ring', async () => {
    const { body } = await adapter().threadsRequest();
    assert.deepEqual(
      body.threads.map(({ name }) => name),
      ['guest driver', 'RCS0 (as it was captured)'],
    );
    const [stopped] = adapter().eventsOf('stopped');
    assert.equal(stopped?.body.threadId, RCS0);
    const stack = await adapter().stackTraceRequest({ threadId: RCS0 });
    const names = stack.body.stackFrames.map(({ name }) => name);
    assert.match(names[0] ?? '', /^PIPE_CONTROL .*\(as it was captured\)$/);
    assert.equal(names[1], 'batch at 0xfffefffee000');
    assert.equal(names[2], 'ring at 0x37fd2000');
    assert.match(names[3] ?? '', /^context 0x37fbc000/);
    const [top] = stack.body.stackFrames;
    const source = await adapter().sourceRequest({
      sourceReference: top?.source?.sourceReference ?? 0,
    });
    const lines = source.body.content.split('\n');
    assert.match(lines[(top?.line ?? 1) - 1] ?? '', /PIPE_CONTROL/);
    assert.ok(lines.some((line) => /MI_BATCH_BUFFER_END/.test(line)));
  });

  test('tells what it says, and what that means', async () => {
    const { inside } = await open(adapter(), 'Dump', 'rcs0');
    assert.match(inside.get('IPEHR')?.value ?? '', /0x7a000004 — .*PIPE_CONTROL/);
    assert.match(inside.get('INSTDONE')?.value ?? '', /not done: CS$/);
    assert.match(inside.get('ELSP[0]')?.value ?? '', /pid 126/);
    const memory = await open(adapter(), 'Dump', 'memory');
    const ring = [...memory.inside.values()].find(({ name }) => /rcs0 ring/.test(name));
    const reference = ring?.memoryReference ?? '';
    const { body } = await adapter().customRequest('readMemory', {
      memoryReference: reference,
      count: 8,
    });
    assert.equal(Buffer.from(body.data, 'base64').length, 8);
  });

  test('knows the registers that it shows, and no others', async () => {
    assert.match(await evaluate(adapter(), 'RCS0.RING_HEAD', 'watch'), /0x00000058/);
    assert.match(await evaluate(adapter(), 'RCS0.RING_PDP0_LDW', 'watch'), /0x021cb000/);
    assert.match(await evaluate(adapter(), 'GEN8_MASTER_IRQ', 'watch'), /unknown/);
    assert.match(await evaluate(adapter(), 'BCS0.RING_HEAD', 'watch'), /unknown/);
    assert.match(await evaluate(adapter(), 'ggtt[0x1000]', 'watch'), /unknown/);
  });

  test('does not go on, whatever is asked', async () => {
    for (const command of ['next', 'stepIn', 'stepBack', 'continue', 'reverseContinue']) {
      await adapter().stopAfter(() => adapter().send(command, { threadId: RCS0 }));
      const stack = await adapter().stackTraceRequest({ threadId: RCS0 });
      assert.match(stack.body.stackFrames[0]?.name ?? '', /^PIPE_CONTROL/, command);
    }
    const top = await topFrame(adapter());
    assert.deepEqual([top.name, top.line], ['the captured moment', 1]);
    const last = adapter().eventsOf('stopped').at(-1);
    assert.match(last?.body.text ?? '', /^A dump shows one moment/);
  });
});
