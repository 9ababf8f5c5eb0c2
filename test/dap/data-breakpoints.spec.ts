import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { DebugProtocol as Dap } from '@vscode/debugprotocol';
import { FIRST_STEPS, lineBeginning, open, resume, resumeBack, toStart } from './first-steps.ts';
import { sharedClient } from './stdio-session.ts';
import { assertStops, stops, toStartKeeping } from './stops.ts';

const adapter = sharedClient((client) => client.open(FIRST_STEPS));

const TAIL = lineBeginning('W32 RCS0.RING_TAIL');
const READ_TAIL = lineBeginning('R32 RCS0.RING_TAIL');
const CTL = lineBeginning('W32 RCS0.RING_CTL');

async function dataBreakpoints(breakpoints: Dap.DataBreakpoint[]): Promise<Dap.Breakpoint[]> {
  return (await adapter().setDataBreakpointsRequest({ breakpoints })).body.breakpoints;
}

async function dataId(args: Dap.DataBreakpointInfoArguments): Promise<string> {
  const { body } = await adapter().dataBreakpointInfoRequest(args);
  assert.ok(body.dataId !== null, body.description);
  return body.dataId;
}

describe('a data breakpoint', () => {
  test('on a register of the Variables view stops at its writes', async () => {
    await toStart(adapter());
    const { reference } = await open(adapter(), 'Engines', 'RCS0');
    const id = await dataId({ name: 'RING_TAIL', variablesReference: reference });
    const [breakpoint] = await dataBreakpoints([{ dataId: id, accessType: 'write' }]);
    assert.equal(breakpoint?.verified, true);
    const stop = await resume(adapter());
    assert.equal(stop.reason, 'data breakpoint');
    assert.deepEqual(stop.hitBreakpointIds, [breakpoint?.id]);
    await toStartKeeping(adapter());
    await assertStops(adapter(), [TAIL]);
  });

  test('stops at reads, or at both', async () => {
    await toStart(adapter());
    const id = await dataId({ name: 'RCS0.RING_TAIL' });
    await dataBreakpoints([{ dataId: id, accessType: 'read' }]);
    await assertStops(adapter(), [READ_TAIL]);
    await dataBreakpoints([{ dataId: id, accessType: 'readWrite' }]);
    await assertStops(adapter(), [TAIL, READ_TAIL]);
  });

  test('on a field stops where the field changes', async () => {
    await toStart(adapter());
    const { reference } = await open(adapter(), 'Engines', 'RCS0', 'RING_CTL');
    const id = await dataId({ name: 'enable', variablesReference: reference });
    await dataBreakpoints([{ dataId: id, accessType: 'write' }]);
    await assertStops(adapter(), [CTL]);
  });

  test('on a page-table entry stops where it is written', async () => {
    await toStart(adapter());
    const id = await dataId({ name: 'ggtt[0x04001000]' });
    await dataBreakpoints([{ dataId: id, accessType: 'write' }]);
    await assertStops(adapter(), [
      lineBeginning('W32 ggtt[0x04001000] '),
      lineBeginning('W32 ggtt[0x04001000]+4'),
    ]);
  });

  test('can be set by address', async () => {
    await toStart(adapter());
    const id = await dataId({ name: '0x2030', asAddress: true, bytes: 4 });
    await dataBreakpoints([{ dataId: id, accessType: 'write' }]);
    await assertStops(adapter(), [TAIL]);
  });

  test('can be on configuration space and on memory', async () => {
    await toStart(adapter());
    const config = await dataId({ name: 'config:0x0', asAddress: true, bytes: 2 });
    const memory = await dataId({ name: 'memory:0x1234000', asAddress: true, bytes: 64 });
    assert.deepEqual([config, memory], ['config:0x0+2', 'memory:0x1234000+64']);
    const set = await dataBreakpoints([
      { dataId: config, accessType: 'read' },
      { dataId: memory, accessType: 'read' },
    ]);
    assert.ok(set.every(({ verified }) => verified));
    // The session starts at the very first access, where going on does not stop.
    assert.deepEqual(await stops(adapter(), resume), [lineBeginning('AR32 0x04000000')]);
    assert.deepEqual(await stops(adapter(), resumeBack), [
      lineBeginning('AR32 0x04000000'),
      lineBeginning('CR16 0x00'),
    ]);
  });

  test('takes conditions on the new and the old value, and hit conditions', async () => {
    await toStart(adapter());
    const id = await dataId({ name: 'RCS0.RING_TAIL' });
    await dataBreakpoints([{ dataId: id, accessType: 'write', condition: 'value > old' }]);
    await assertStops(adapter(), [TAIL]);
    await dataBreakpoints([{ dataId: id, accessType: 'write', condition: 'value < old' }]);
    await assertStops(adapter(), []);
    await dataBreakpoints([{ dataId: id, accessType: 'readWrite', hitCondition: '2' }]);
    await assertStops(adapter(), [READ_TAIL]);
  });

  test('has an id that says all there is to know', async () => {
    const id = await dataId({ name: 'RCS0.RING_TAIL' });
    assert.equal(id, 'mmio:0x2030+4');
    const { body } = await adapter().dataBreakpointInfoRequest({ name: 'RCS0.RING_TAIL' });
    assert.equal(body.canPersist, true);
  });

  test('is not offered where it would be refused', async () => {
    const wrong = [
      { name: 'RCS0.RING_TAIL', bytes: -3 },
      { name: 'RCS0.RING_TAIL', bytes: 1e9 },
      { name: 'mmio:0x2030', asAddress: true, bytes: 5000 },
      { name: 'mmio:0x2030', asAddress: true, bytes: 0 },
    ];
    for (const asked of wrong) {
      const { body } = await adapter().dataBreakpointInfoRequest(asked);
      assert.equal(body.dataId, null, JSON.stringify(asked));
      assert.match(body.description, /\.$/);
    }
  });

  test('cannot be on what is computed', async () => {
    const { body } = await adapter().dataBreakpointInfoRequest({ name: 'RCS0.RING_TAIL + 1' });
    assert.equal(body.dataId, null);
    assert.match(body.description, /is computed/);
    const [breakpoint] = await dataBreakpoints([{ dataId: 'nonsense' }]);
    assert.equal(breakpoint?.verified, false);
  });
});
