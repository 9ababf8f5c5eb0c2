import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { children, FIRST_STEPS, goTo, lineBeginning, open, scope } from './first-steps.ts';
import { sharedClient } from './stdio-session.ts';

const adapter = sharedClient((client) => client.open(FIRST_STEPS));

describe('the scopes', () => {
  test('are those of a device at a moment', async () => {
    await goTo(adapter(), lineBeginning('W32 RCS0.RING_TAIL'));
    const { body } = await adapter().scopesRequest({ frameId: 1 });
    assert.deepEqual(
      body.scopes.map(({ name }) => name),
      [
        'Access',
        'Engines',
        'Registers',
        'GGTT',
        'Interrupts',
        'PVINFO',
        'Config',
        'Shadow page tables',
      ],
    );
  });

  test('show the access with its old and new value, and its fields', async () => {
    await goTo(adapter(), lineBeginning('W32 RCS0.RING_CTL'));
    const { inside } = await open(adapter(), 'Access');
    assert.match(String(inside.get('at')?.value), /^RCS0\.RING_CTL \(mmio 0x203c\)/);
    assert.equal(inside.get('value')?.value, '0x00000001');
    assert.equal(inside.get('old → new')?.value, '0x00000000 → 0x00000001');
    assert.equal(inside.get('enable')?.value, '0 → 1');
  });

  test("show a read's recorded answer beside the model's", async () => {
    await goTo(adapter(), lineBeginning('R32 0x78000'));
    const { inside } = await open(adapter(), 'Access');
    assert.equal(inside.get('value')?.value, '0x76544776');
    assert.equal(inside.get('model')?.value, '0x76544776');
    assert.match(String(inside.get('comparison')?.value), /as recorded/);
  });

  test('show registers by block, decoded, with fields below', async () => {
    await goTo(adapter(), lineBeginning('R32 RCS0.RING_TAIL'));
    const rcs = await open(adapter(), 'Engines', 'RCS0');
    assert.match(String(rcs.inside.get('RING_TAIL')?.value), /^0x00000040/);
    assert.equal(rcs.inside.get('RING_TAIL')?.evaluateName, 'RCS0.RING_TAIL');
    assert.match(String(rcs.inside.get('RING_CTL')?.value), /^0x00000001 .*enable/);
    const { inside } = await open(adapter(), 'Engines', 'RCS0', 'RING_CTL');
    assert.equal(inside.get('enable')?.value, '1 (enabled)');
    assert.equal(inside.get('enable')?.evaluateName, 'RCS0.RING_CTL.enable');
    const blocks = await open(adapter(), 'Registers');
    assert.ok(blocks.inside.size > 5);
  });

  test('leave what depends on time to be asked for', async () => {
    const { inside } = await open(adapter(), 'Registers', 'Pipe A');
    const lazy = [...inside.values()].filter(({ presentationHint }) => presentationHint?.lazy);
    const [first] = lazy;
    assert.ok(first, 'no register of the pipe depends on time');
    const values = await children(adapter(), first.variablesReference);
    assert.equal(values.size, 1);
    assert.match(String(values.get(first.name)?.value), /^0x/);
  });

  test('show interrupt groups with their events', async () => {
    await goTo(adapter(), lineBeginning('mark ring set-up'));
    const { inside } = await open(adapter(), 'Interrupts');
    const group = [...inside.values()].find(({ value }) => value.includes('IMR 0xfffffefe'));
    assert.ok(group, [...inside.values()].map(({ name, value }) => `${name} ${value}`).join('\n'));
    const events = await children(adapter(), group.variablesReference);
    assert.equal(events.get('IMR')?.value, '0xfffffefe');
    assert.ok(events.size > 4);
  });

  test('show PVINFO and the PCI configuration', async () => {
    const pvinfo = (await open(adapter(), 'PVINFO')).inside;
    assert.ok([...pvinfo.values()].some(({ value }) => value.startsWith('0x76544776')));
    assert.ok(pvinfo.size < 200, 'reserved dwords stand in a group of their own');
    const config = (await open(adapter(), 'Config')).inside;
    assert.match(String(config.get('VENDOR_ID')?.value), /^0x8086/);
  });

  test('write small numbers in hex where the client wants all numbers so', async () => {
    const { reference } = await open(adapter(), 'Engines', 'RCS0', 'RING_CTL');
    assert.ok(reference > 0);
    const engines = await scope(adapter(), 'Engines');
    const format = { hex: true };
    const ask = async (variablesReference: number) =>
      (await adapter().variablesRequest({ variablesReference, format })).body.variables;
    const rcs = (await ask(engines.variablesReference)).find(({ name }) => name === 'RCS0');
    const registers = await ask(rcs?.variablesReference ?? 0);
    const control = registers.find(({ name }) => name === 'RING_CTL');
    const fields = await ask(control?.variablesReference ?? 0);
    assert.match(String(fields.find(({ name }) => name === 'enable')?.value), /^0x/);
  });

  test('from before the last stop are refused with a sentence', async () => {
    const { variablesReference } = await scope(adapter(), 'Engines');
    await adapter().stopAfter(() => adapter().nextRequest({ threadId: 1 }));
    const { body } = await adapter().failure('variables', { variablesReference });
    assert.match(String(body.error?.format), /no longer valid/);
  });
});

describe('the GGTT scope', () => {
  test('is asked for by page', async () => {
    await goTo(adapter(), lineBeginning('# 4.'));
    const ggtt = await scope(adapter(), 'GGTT');
    assert.equal(ggtt.indexedVariables, 0x100000);
    assert.equal(ggtt.expensive, true);
    const { body } = await adapter().variablesRequest({
      variablesReference: ggtt.variablesReference,
      filter: 'indexed',
      start: 0x4000,
      count: 2,
    });
    assert.deepEqual(
      body.variables.map(({ name }) => name),
      ['[0x04000000]', '[0x04001000]'],
    );
    const [first] = body.variables;
    assert.match(String(first?.value), /^→ 0x1234000 .*own aperture, 0x0000000001234001$/);
    assert.equal(first?.memoryReference, 'ggtt:0x4000000');
    const parts = await children(adapter(), first?.variablesReference ?? 0);
    assert.equal(parts.get('owner')?.value, 'aperture');
    assert.equal(parts.get('frame')?.memoryReference, 'memory:0x1234000');
  });

  test('walks an address that can be chosen', async () => {
    await goTo(adapter(), lineBeginning('AR32 0x04000000'));
    const ggtt = await scope(adapter(), 'GGTT');
    const named = async () => {
      const { body } = await adapter().variablesRequest({
        variablesReference: ggtt.variablesReference,
        filter: 'named',
      });
      return body.variables.find(({ name }) => name === 'walk');
    };
    assert.match(String((await named())?.value), /^0x4000000: .*0x1234000/);
    const { body } = await adapter().setVariableRequest({
      variablesReference: ggtt.variablesReference,
      name: 'walk',
      value: '0x04001008',
    });
    assert.match(body.value, /^0x4001008: .*0x1235008/);
  });
});
