import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { NESTED, Walker } from './engine-steps.ts';
import { children } from './first-steps.ts';
import { sharedClient } from './stdio-session.ts';

describe('the virtual source of a ring or batch', () => {
  const adapter = sharedClient((client) => client.open(NESTED));
  const batch = { name: 'RCS0:MI_BATCH_BUFFER_START', hitCondition: '1' };

  async function shown(walker: Walker, index: number) {
    const { source, line = 0, name } = (await walker.frames())[index] ?? {};
    const sourceReference = source?.sourceReference ?? 0;
    const { body } = await adapter().sourceRequest({ source: source ?? {}, sourceReference });
    const lines = body.content.split('\n');
    return { sourceReference, title: source?.name, name, marked: lines[line - 1] ?? '', lines };
  }

  test('has one command a line, and the line of the one that comes next is marked', async () => {
    const walker = new Walker(adapter());
    await walker.runTo(batch);
    const ring = await shown(walker, 0);
    assert.equal(ring.title, 'RCS0 ring at 0x4000000');
    assert.equal(ring.lines.filter((line) => line.startsWith('0x')).length, 4);
    assert.equal(ring.marked, '0x04000008  MI_BATCH_BUFFER_START ppgtt 0x4002000');
    await walker.step('stepIn');
    const inBatch = await shown(walker, 0);
    assert.equal(inBatch.title, 'RCS0 batch at 0x4002000');
    assert.equal(inBatch.marked, '0x04002000  MI_STORE_DATA_IMM ppgtt 0x4003000 ← 0x11');
    assert.match(inBatch.lines.at(-2) ?? '', /MI_BATCH_BUFFER_END$/);
  });

  test('stays the same from command to command, both ways', async () => {
    const walker = new Walker(adapter());
    await walker.runTo(batch);
    const before = await shown(walker, 0);
    await walker.step('stepIn');
    const first = await shown(walker, 0);
    await walker.step('stepIn');
    const second = await shown(walker, 0);
    assert.equal(second.sourceReference, first.sourceReference);
    assert.deepEqual(second.lines, first.lines);
    assert.notEqual(second.marked, first.marked);
    await walker.steps('stepBack', 2);
    assert.equal((await shown(walker, 0)).sourceReference, before.sourceReference);
  });

  test('of an outer level marks the command that led in', async () => {
    const walker = new Walker(adapter());
    await walker.runTo(batch);
    await walker.steps('stepIn', 4);
    const marked = async (index: number) => (await shown(walker, index)).marked;
    assert.match(await marked(1), /^0x04002100 {2}MI_STORE_DATA_IMM/);
    assert.match(await marked(2), /^0x0400201c {2}MI_BATCH_BUFFER_START .*second level$/);
    assert.match(await marked(3), /^0x04000008 {2}MI_BATCH_BUFFER_START ppgtt 0x4002000$/);
  });

  test('is another one where the batch has changed; the old one can still be read', async () => {
    const walker = new Walker(adapter());
    await walker.runTo(batch);
    await walker.step('stepIn');
    const old = await shown(walker, 0);
    await walker.runTo({ ...batch, hitCondition: '3' });
    await walker.step('stepIn');
    const changed = await shown(walker, 0);
    assert.equal(changed.title, old.title);
    assert.notEqual(changed.sourceReference, old.sourceReference);
    assert.equal(changed.marked, '0x04002000  MI_STORE_DATA_IMM ppgtt 0x4003000 ← 0x44');
    const { sourceReference } = old;
    const { body } = await adapter().sourceRequest({ sourceReference });
    assert.deepEqual(body.content.split('\n'), old.lines);
    await adapter().failure('source', { sourceReference: 1_999_999 });
  });

  test('has commands that are evaluated by engine and address, with all fields', async () => {
    const walker = new Walker(adapter());
    await walker.runTo(batch);
    const { id: frameId = 0 } = (await walker.frames())[0] ?? {};
    const evaluate = async (expression: string) =>
      (await adapter().evaluateRequest({ expression, frameId, context: 'hover' })).body;
    const next = await evaluate('RCS0.ggtt:0x4000008');
    assert.equal(next.result, 'MI_BATCH_BUFFER_START ppgtt 0x4002000');
    const inside = await children(adapter(), next.variablesReference);
    assert.equal(inside.get('Address Space Indicator')?.value, '1 (PPGTT)');
    assert.equal(inside.get('dw1')?.value, '0x04002000 → ppgtt 0x4002000');
    assert.equal(inside.get('at')?.value, 'ggtt 0x4000008');
    // One that the engine has not come to yet, in a batch that is not open.
    const later = await evaluate('RCS0.ggtt:0x4002000');
    assert.equal(later.result, 'MI_STORE_DATA_IMM ppgtt 0x4003000 ← 0x11');
    assert.equal((await evaluate('RCS0.ppgtt:0xfff000')).result, 'memory unknown');
    const refused = async (expression: string) => {
      const asked = { expression, frameId, context: 'watch' };
      return (await adapter().failure('evaluate', asked)).body.error?.format ?? '';
    };
    assert.match(await refused('XCS9.ggtt:0x1000'), /no engine XCS9; there are RCS0/);
    assert.match(await refused('RCS0.ggtt:0x4000009'), /no command at RCS0\.ggtt:0x4000009\./);
  });
});
