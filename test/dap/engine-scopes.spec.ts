import assert from 'node:assert/strict';
import { before, describe, test } from 'node:test';
import { NESTED, PROBE, Walker } from './engine-steps.ts';
import { children } from './first-steps.ts';
import { sharedClient } from './stdio-session.ts';

describe('the scopes of an engine', () => {
  const adapter = sharedClient((client) => client.open(PROBE));
  let walker: Walker;

  /** Variables one inside of the other, beginning with a scope of the top frame. */
  async function open(scope: string, ...path: readonly string[]) {
    const frameId = (await walker.frames())[0]?.id ?? 0;
    const { scopes } = (await adapter().scopesRequest({ frameId })).body;
    let reference = scopes.find(({ name }) => name === scope)?.variablesReference ?? 0;
    let inside = await children(adapter(), reference);
    for (const name of path) {
      reference = inside.get(name)?.variablesReference ?? 0;
      assert.ok(reference > 0, `${name} among ${[...inside.keys()].join(', ')}`);
      inside = await children(adapter(), reference);
    }
    return { reference, values: new Map([...inside].map(([name, { value }]) => [name, value])) };
  }

  /** Before the last PIPE_CONTROL of the first request. */
  before(async () => {
    walker = new Walker(adapter());
    await walker.runTo({ name: 'PIPE_CONTROL', hitCondition: '4' });
  });

  test('begin with the command, dword by dword, field by field', async () => {
    const { values } = await open('Command');
    assert.match(values.get('command') ?? '', /^PIPE_CONTROL .*ggtt 0x37ffe100 ← 0x1$/);
    assert.equal(values.get('at'), 'ggtt 0x37ffc048, ring');
    assert.equal(values.get('dw0'), '0x7a000004');
    assert.equal(values.get('dw2'), '0x37ffe100 → ggtt 0x37ffe100');
    const flags = await open('Command', 'dw1');
    assert.equal(flags.values.get('Post Sync Operation'), '1 (Write Immediate Data)');
  });

  test('say what each engine does', async () => {
    const { values } = await open('Engines');
    assert.match(values.get('RCS0') ?? '', /^runs context 0x37fe6000, \d+ registers$/);
    assert.match(values.get('VCS0') ?? '', /^idle, /);
    const state = await open('Engines', 'RCS0', 'state');
    assert.equal(state.values.get('phase'), 'run');
    assert.equal(state.values.get('submission'), 'execlists');
    assert.equal(state.values.get('0: ring'), 'next command at 0x37ffc048');
    const running = await open('Engines', 'RCS0', 'running');
    assert.equal(
      running.values.get('element 0'),
      'context 0x37fe6000, id 0x20, 4-level PPGTT, present',
    );
  });

  test('decode the context image', async () => {
    const lists = await open('Engines', 'RCS0', 'context image');
    assert.match(lists.values.get('list 1') ?? '', /^MI_LOAD_REGISTER_IMM of 14 registers$/);
    const { values } = await open('Engines', 'RCS0', 'context image', 'list 1');
    assert.equal(values.get('RCS0.RING_START'), '0x37ffc000');
    assert.equal(values.get('RCS0.RING_TAIL'), '0x00000068');
  });

  test('show the context status buffer, in the registers and in the status page', async () => {
    const { values } = await open('Engines', 'RCS0', 'context status buffer');
    assert.equal(values.get('write pointer'), '0');
    assert.equal(values.get('entry 0'), '0x00000001 id 0x0 idle to active');
    const page = await open('Engines', 'RCS0', 'status page');
    assert.equal(page.values.get('entry 0'), values.get('entry 0'));
    assert.match(page.values.get('dword 0x34') ?? '', /^(0x[0-9a-f]{8}|unknown)$/);
  });

  test("walk an address through the running context's own tables", async () => {
    const { values } = await open('Engines', 'RCS0', 'PPGTT');
    assert.match(values.get('PML4') ?? '', /^0x[0-9a-f]+$/);
    assert.match(values.get('walk') ?? '', /^0x0: /);
    await walker.runTo({ name: 'VCS0:MI_BATCH_BUFFER_START' });
    const [, target = ''] = /ppgtt (0x[0-9a-f]+)/.exec(await walker.top()) ?? [];
    const { reference } = await open('Engines', 'VCS0', 'PPGTT');
    const args = { variablesReference: reference, name: 'walk', value: target };
    const { body } = await adapter().setVariableRequest(args);
    assert.match(body.value, /maps guest 0x[0-9a-f]+ \(4K, /);
    await walker.step('stepIn');
    const again = await open('Engines', 'VCS0', 'PPGTT');
    assert.match(again.values.get('walk') ?? '', new RegExp(`^${target}: maps guest`));
  });

  test('leave the device as it is', async () => {
    const before = await walker.hash();
    for (const part of ['context image', 'context status buffer', 'status page', 'PPGTT']) {
      await open('Engines', 'VCS0', part);
    }
    assert.equal(await walker.hash(), before);
  });
});

describe('the access that has happened', () => {
  const adapter = sharedClient((client) => client.open(NESTED));

  test('is shown as done while engines do what it set off', async () => {
    const walker = new Walker(adapter());
    await walker.runTo({ name: 'MI_USER_INTERRUPT' });
    const frameId = (await walker.frames(1))[0]?.id ?? 0;
    const { scopes } = (await adapter().scopesRequest({ frameId })).body;
    const [access] = scopes;
    assert.equal(access?.name, 'Access');
    const rows = await children(adapter(), access?.variablesReference ?? 0);
    assert.equal(rows.get('value')?.type, 'the access has happened');
    assert.equal(rows.get('now')?.value, '0x00000018');
    assert.equal(rows.has('old → new'), false);
  });
});

describe('one of a thing', () => {
  const adapter = sharedClient((client) => client.open(PROBE));

  test('is one byte, and one dword', async () => {
    const walker = new Walker(adapter());
    await walker.runTo({ name: 'VGT_VERSION' });
    assert.equal(await inScope('Access', 'access'), 'read of 1 byte, mmio');
    await walker.runTo({ name: 'RCS0:MI_USER_INTERRUPT' });
    assert.equal(await inScope('Command', 'length'), '1 dword');

    async function inScope(scope: string, name: string) {
      const frameId = (await walker.frames())[0]?.id ?? 0;
      const { scopes } = (await adapter().scopesRequest({ frameId })).body;
      const reference = scopes.find((each) => each.name === scope)?.variablesReference ?? 0;
      return (await children(adapter(), reference)).get(name)?.value;
    }
  });
});
