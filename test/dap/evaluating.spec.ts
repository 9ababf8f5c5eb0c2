import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import {
  children,
  currentLine,
  evaluate,
  FIRST_STEPS,
  goTo,
  lineBeginning,
  open,
  scope,
} from './first-steps.ts';
import { sharedClient } from './stdio-session.ts';

const adapter = sharedClient((client) => client.open(FIRST_STEPS));

describe('evaluating', () => {
  test('gives registers, fields, entries and memory in watches', async () => {
    await goTo(adapter(), lineBeginning('R32 RCS0.RING_TAIL'));
    assert.match(await evaluate(adapter(), 'RCS0.RING_TAIL', 'watch'), /^0x0*40/);
    assert.match(await evaluate(adapter(), 'RCS0.RING_CTL.enable', 'watch'), /1/);
    assert.match(await evaluate(adapter(), 'ggtt[0x04000000]', 'watch'), /0x0*1234001/);
    assert.match(await evaluate(adapter(), 'mem32[0x1234000]', 'watch'), /^0x0*$|^0/);
    assert.match(await evaluate(adapter(), 'mem32[0x9990000]', 'watch'), /unknown/);
  });

  test('opens a register below its value', async () => {
    const { body } = await adapter().evaluateRequest({
      expression: 'RCS0.RING_CTL',
      context: 'hover',
    });
    assert.equal(body.memoryReference, 'mmio:0x203c');
    const fields = await children(adapter(), body.variablesReference);
    assert.equal(fields.get('enable')?.value, '1 (enabled)');
  });

  test('writes numbers in decimal or hex as the client wants', async () => {
    assert.equal(await evaluate(adapter(), '0x10 + 1', 'watch', true), '0x11');
    assert.equal(await evaluate(adapter(), '0x10 + 1', 'watch', false), '17');
  });

  test('of what does not exist fails with a sentence that helps', async () => {
    const args = { expression: 'RCS0.RING_TALE', context: 'watch' };
    const { body } = await adapter().failure('evaluate', args);
    assert.match(String(body.error?.format), /RING_TAIL/);
    assert.equal(body.error?.showUser, false);
    await adapter().failure('evaluate', { expression: '  ', context: 'watch' });
  });

  test('says of a command in a watch where it belongs', async () => {
    const args = { expression: 'goto 5', context: 'watch' };
    const { body } = await adapter().failure('evaluate', args);
    assert.equal(body.error?.format, 'goto is a command of the Debug Console: type it there.');
  });

  test('tells a record that is no number from one that is not there', async () => {
    for (const [place, sentence] of [
      ['abc', /^abc is no number of a record\. Write it as: goto RECORD/],
      ['1+x', /^1\+x is no number of a record/],
      ['999999', /^There is no record 999999; the recording has \d+\./],
    ] as const) {
      const args = { expression: `goto ${place}`, context: 'repl' };
      const { body } = await adapter().failure('evaluate', args);
      assert.match(String(body.error?.format), sentence);
    }
  });

  test('serves the clipboard', async () => {
    assert.match(await evaluate(adapter(), 'RCS0.RING_TAIL', 'clipboard'), /^0x/);
  });

  test('understands commands in the Debug Console', async () => {
    await goTo(adapter(), lineBeginning('R32 RCS0.RING_TAIL'));
    assert.match(await evaluate(adapter(), 'help', 'repl'), /last-writer/);
    assert.match(await evaluate(adapter(), 'hash', 'repl'), /^[0-9a-f]{32}$/);
    assert.match(await evaluate(adapter(), 'where', 'repl'), /first-steps\.vgpu line \d+/);
    assert.match(await evaluate(adapter(), 'walk 0x04000000', 'repl'), /0x1234000/);
    const halves = await evaluate(adapter(), 'last-writer ggtt[0x04001000]', 'repl');
    const second = lineBeginning('W32 ggtt[0x04001000] 0x01235001');
    assert.match(halves, /by record \d+/);
    await adapter().stopAfter(() =>
      evaluate(adapter(), `goto ${/by record (\d+)/.exec(halves)?.[1]}`, 'repl'),
    );
    assert.equal(await currentLine(adapter()), second);
    assert.match(
      await evaluate(adapter(), 'last-writer ggtt[0x04001000]', 'repl'),
      /has not been changed/,
    );
    await goTo(adapter(), lineBeginning('R32 RCS0.RING_TAIL'));
    const answer = await evaluate(adapter(), 'last-writer RCS0.RING_TAIL', 'repl');
    const record = /by record (\d+)/.exec(answer)?.[1];
    const continued = adapter().waitForEvent('continued');
    await adapter().stopAfter(() => evaluate(adapter(), `goto ${record}`, 'repl'));
    await continued;
    assert.equal(await currentLine(adapter()), lineBeginning('W32 RCS0.RING_TAIL'));
    assert.match(await evaluate(adapter(), 'skip 0x78000-0x78fff', 'repl'), /^0x78000-0x78fff: /);
    assert.match(await evaluate(adapter(), 'skip', 'repl'), /Nothing is skipped/);
  });

  test('completes registers, fields and commands', async () => {
    const labels = async (text: string) => {
      const { body } = await adapter().completionsRequest({ text, column: text.length + 1 });
      return body.targets;
    };
    const registers = await labels('1 + RCS0.RING_TA');
    const tail = registers.find(({ label }) => label === 'RCS0.RING_TAIL');
    assert.deepEqual([tail?.start, tail?.length], [5, 12]);
    const fields = await labels('RCS0.RING_CTL.');
    assert.ok(fields.some(({ label }) => label === 'RCS0.RING_CTL.enable'));
    assert.ok((await labels('last')).some(({ label }) => label === 'last-writer'));
  });
});

describe('changing state', () => {
  test('sets a register, tells the views, and what comes later builds on it', async () => {
    await goTo(adapter(), lineBeginning('R32 RCS0.RING_TAIL'));
    const { reference } = await open(adapter(), 'Engines', 'RCS0');
    const invalidated = adapter().waitForEvent('invalidated');
    const { body } = await adapter().setVariableRequest({
      variablesReference: reference,
      name: 'RING_TAIL',
      value: '0x40 + 0x18',
    });
    assert.match(body.value, /^0x00000058/);
    assert.deepEqual((await invalidated).body.areas, ['variables']);
    assert.match(await evaluate(adapter(), 'RCS0.RING_TAIL', 'watch'), /^0x0*58/);
  });

  test('sets a field alone', async () => {
    await goTo(adapter(), lineBeginning('R32 RCS0.RING_TAIL'));
    const { reference } = await open(adapter(), 'Engines', 'RCS0', 'RING_CTL');
    const { body } = await adapter().setVariableRequest({
      variablesReference: reference,
      name: 'enable',
      value: '0',
    });
    assert.match(body.value, /^0\b/);
    assert.match(await evaluate(adapter(), 'RCS0.RING_CTL', 'watch'), /^0x0*\b/);
    assert.equal(await evaluate(adapter(), 'RCS0.RING_CTL == 0', 'watch'), 'true');
  });

  test('sets an expression of the watch view', async () => {
    await goTo(adapter(), lineBeginning('R32 RCS0.RING_TAIL'));
    const args = { expression: 'RCS0.RING_HEAD', value: '0x20' };
    const { body } = await adapter().customRequest('setExpression', args);
    assert.match(body.value, /20/);
    assert.equal(await evaluate(adapter(), 'RCS0.RING_HEAD == 0x20', 'watch'), 'true');
  });

  test('refuses what is no value, or cannot be changed, in a sentence', async () => {
    await goTo(adapter(), lineBeginning('W32 RCS0.RING_TAIL'));
    const { reference } = await open(adapter(), 'Engines', 'RCS0');
    const bad = { variablesReference: reference, name: 'RING_TAIL', value: 'a lot' };
    const noValue = await adapter().failure('setVariable', bad);
    assert.ok(String(noValue.body.error?.format).length > 10);
    const access = await scope(adapter(), 'Access');
    const fixed = { variablesReference: access.variablesReference, name: 'value', value: '1' };
    const noChange = await adapter().failure('setVariable', fixed);
    assert.match(String(noChange.body.error?.format), /cannot be changed/);
  });
});
