import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { DebugProtocol as Dap } from '@vscode/debugprotocol';
import type { AdapterClient } from './adapter-client.ts';
import {
  currentLine,
  FIRST_STEPS,
  lineBeginning,
  open,
  resume,
  resumeBack,
  toStart,
} from './first-steps.ts';
import { sharedClient } from './stdio-session.ts';

const adapter = sharedClient((client) => client.open(FIRST_STEPS));

const TAIL = lineBeginning('W32 RCS0.RING_TAIL');
const READ_TAIL = lineBeginning('R32 RCS0.RING_TAIL');
const START = lineBeginning('W32 RCS0.RING_START');
const CTL = lineBeginning('W32 RCS0.RING_CTL');

async function lineBreakpoints(breakpoints: Dap.SourceBreakpoint[]): Promise<Dap.Breakpoint[]> {
  const source = { path: FIRST_STEPS };
  return (await adapter().setBreakpointsRequest({ source, breakpoints })).body.breakpoints;
}

async function functionBreakpoints(
  breakpoints: Dap.FunctionBreakpoint[],
): Promise<Dap.Breakpoint[]> {
  return (await adapter().setFunctionBreakpointsRequest({ breakpoints })).body.breakpoints;
}

async function dataBreakpoints(breakpoints: Dap.DataBreakpoint[]): Promise<Dap.Breakpoint[]> {
  return (await adapter().setDataBreakpointsRequest({ breakpoints })).body.breakpoints;
}

/** Lines of all stops on the way to the end, then of those on the way back. */
async function bothWays(client: AdapterClient): Promise<{ there: number[]; back: number[] }> {
  return { there: await stops(client, resume), back: await stops(client, resumeBack) };
}

async function stops(
  client: AdapterClient,
  go: (client: AdapterClient) => Promise<Dap.StoppedEvent['body']>,
): Promise<number[]> {
  const lines: number[] = [];
  for (let stop = await go(client); stop.reason !== 'pause'; stop = await go(client)) {
    lines.push(await currentLine(client));
  }
  return lines;
}

/** Holds the stops against the lines, forwards, and the same in reverse order. */
async function assertStops(lines: readonly number[]): Promise<void> {
  const { there, back } = await bothWays(adapter());
  assert.deepEqual(there, lines);
  assert.deepEqual(back, lines.toReversed());
}

/** Console lines that came while `work` was done. */
async function logged(work: () => Promise<unknown>): Promise<readonly Dap.OutputEvent['body'][]> {
  const before = adapter().eventsOf('output').length;
  await work();
  return adapter()
    .eventsOf('output')
    .slice(before)
    .map(({ body }) => body);
}

async function dataId(args: Dap.DataBreakpointInfoArguments): Promise<string> {
  const { body } = await adapter().dataBreakpointInfoRequest(args);
  assert.ok(body.dataId !== null, body.description);
  return body.dataId;
}

describe('a line breakpoint', () => {
  test('stops at its access, forwards and backwards', async () => {
    await toStart(adapter());
    const [breakpoint] = await lineBreakpoints([{ line: TAIL }]);
    assert.equal(breakpoint?.verified, true);
    const stop = await resume(adapter());
    assert.equal(stop.reason, 'breakpoint');
    assert.deepEqual(stop.hitBreakpointIds, [breakpoint?.id]);
    assert.equal(await currentLine(adapter()), TAIL);
    assert.equal((await resume(adapter())).reason, 'pause');
    assert.deepEqual((await resumeBack(adapter())).hitBreakpointIds, [breakpoint?.id]);
    assert.equal(await currentLine(adapter()), TAIL);
  });

  test('on a comment slides to the next access', async () => {
    await toStart(adapter());
    const [breakpoint] = await lineBreakpoints([{ line: lineBeginning('mark ring set-up') }]);
    assert.equal(breakpoint?.line, lineBeginning('W32 RCS0.RING_HWS_PGA'));
    await assertStops([lineBeginning('W32 RCS0.RING_HWS_PGA')]);
  });

  test('below the last access is not verified, and says why', async () => {
    const [breakpoint] = await lineBreakpoints([{ line: READ_TAIL + 1 }]);
    assert.equal(breakpoint?.verified, false);
    assert.match(String(breakpoint?.message), /No access follows/);
  });

  test('stops only where its condition is true', async () => {
    await toStart(adapter());
    await lineBreakpoints([
      { line: START, condition: 'value == 0x04000000' },
      { line: CTL, condition: 'value == 0' },
    ]);
    await assertStops([START]);
  });

  test('with a condition that makes no sense says so', async () => {
    const [breakpoint] = await lineBreakpoints([{ line: TAIL, condition: 'NO_SUCH + 1' }]);
    assert.match(String(breakpoint?.message), /NO_SUCH/);
  });

  test('with a log message logs instead of stopping, in both directions', async () => {
    await toStart(adapter());
    await lineBreakpoints([{ line: TAIL, logMessage: 'tail becomes {value}, was {old}' }]);
    const there = await logged(() => resume(adapter()));
    const back = await logged(() => resumeBack(adapter()));
    for (const outputs of [there, back]) {
      assert.deepEqual(
        outputs.map(({ output }) => output),
        ['tail becomes 0x00000040, was 0x00000000\n'],
      );
      assert.equal(outputs[0]?.line, TAIL);
      assert.equal(outputs[0]?.source?.path, FIRST_STEPS);
    }
  });

  test('of another recording is not verified', async () => {
    const { body } = await adapter().setBreakpointsRequest({
      source: { path: '/some/other.vgpu' },
      breakpoints: [{ line: 3 }],
    });
    assert.equal(body.breakpoints[0]?.verified, false);
    assert.match(String(body.breakpoints[0]?.message), /not part of the recording/);
  });

  test('can stand on lines with an access', async () => {
    const { body } = await adapter().customRequest('breakpointLocations', {
      source: { path: FIRST_STEPS },
      line: 1,
      endLine: lineBeginning('R32 0x78000'),
    });
    const lines = body.breakpoints.map(({ line }: Dap.BreakpointLocation) => line);
    assert.deepEqual(lines, [lineBeginning('CR16 0x00'), lineBeginning('R32 0x78000')]);
  });
});

describe('a function breakpoint', () => {
  test('stops at every access of a register', async () => {
    await toStart(adapter());
    const [breakpoint] = await functionBreakpoints([{ name: 'RCS0.RING_TAIL' }]);
    assert.equal(breakpoint?.verified, true);
    const stop = await resume(adapter());
    assert.equal(stop.reason, 'function breakpoint');
    assert.deepEqual(stop.hitBreakpointIds, [breakpoint?.id]);
    await toStartKeeping();
    await assertStops([TAIL, READ_TAIL]);
  });

  test('may be for reads or writes only', async () => {
    await toStart(adapter());
    await functionBreakpoints([{ name: 'write RCS0.RING_TAIL' }]);
    await assertStops([TAIL]);
    await functionBreakpoints([{ name: 'read RCS0.RING_TAIL' }]);
    await assertStops([READ_TAIL]);
  });

  test('takes globs, offsets and ranges', async () => {
    await toStart(adapter());
    await functionBreakpoints([{ name: 'write RCS0.RING_*' }]);
    const ring = await bothWays(adapter());
    assert.ok(ring.there.length > 3);
    assert.ok([START, CTL, TAIL].every((line) => ring.there.includes(line)));
    assert.deepEqual(ring.back, ring.there.toReversed());
    await functionBreakpoints([{ name: '0x2030' }]);
    await assertStops([TAIL, READ_TAIL]);
    await functionBreakpoints([{ name: '0x2030-0x2033' }]);
    await assertStops([TAIL, READ_TAIL]);
  });

  test('on a register that does not exist is not verified, and says what is like it', async () => {
    const [breakpoint] = await functionBreakpoints([{ name: 'RCS0.RING_TALE' }]);
    assert.equal(breakpoint?.verified, false);
    assert.match(String(breakpoint?.message), /RING_TAIL/);
  });

  test('counts its hits from the start, so that they mean the same in both directions', async () => {
    await toStart(adapter());
    await functionBreakpoints([{ name: 'RCS0.RING_TAIL', hitCondition: '2' }]);
    await assertStops([READ_TAIL]);
    await functionBreakpoints([{ name: 'RCS0.RING_TAIL', hitCondition: '< 2' }]);
    await assertStops([TAIL]);
  });

  test('takes conditions, and log("…") in them', async () => {
    await toStart(adapter());
    await functionBreakpoints([{ name: 'RCS0.RING_*', condition: 'write && value == 0x40' }]);
    await assertStops([TAIL]);
    await functionBreakpoints([{ name: 'write RCS0.RING_TAIL', condition: 'log("tail {value}")' }]);
    const outputs = await logged(() => assertStops([]));
    assert.deepEqual(
      outputs.map(({ output }) => output),
      ['tail 0x00000040\n', 'tail 0x00000040\n'],
    );
  });
});

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
    await toStartKeeping();
    await assertStops([TAIL]);
  });

  test('stops at reads, or at both', async () => {
    await toStart(adapter());
    const id = await dataId({ name: 'RCS0.RING_TAIL' });
    await dataBreakpoints([{ dataId: id, accessType: 'read' }]);
    await assertStops([READ_TAIL]);
    await dataBreakpoints([{ dataId: id, accessType: 'readWrite' }]);
    await assertStops([TAIL, READ_TAIL]);
  });

  test('on a field stops where the field changes', async () => {
    await toStart(adapter());
    const { reference } = await open(adapter(), 'Engines', 'RCS0', 'RING_CTL');
    const id = await dataId({ name: 'enable', variablesReference: reference });
    await dataBreakpoints([{ dataId: id, accessType: 'write' }]);
    await assertStops([CTL]);
  });

  test('on a page-table entry stops where it is written', async () => {
    await toStart(adapter());
    const id = await dataId({ name: 'ggtt[0x04001000]' });
    await dataBreakpoints([{ dataId: id, accessType: 'write' }]);
    await assertStops([
      lineBeginning('W32 ggtt[0x04001000] '),
      lineBeginning('W32 ggtt[0x04001000]+4'),
    ]);
  });

  test('can be set by address', async () => {
    await toStart(adapter());
    const id = await dataId({ name: '0x2030', asAddress: true, bytes: 4 });
    await dataBreakpoints([{ dataId: id, accessType: 'write' }]);
    await assertStops([TAIL]);
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
    await assertStops([TAIL]);
    await dataBreakpoints([{ dataId: id, accessType: 'write', condition: 'value < old' }]);
    await assertStops([]);
    await dataBreakpoints([{ dataId: id, accessType: 'readWrite', hitCondition: '2' }]);
    await assertStops([READ_TAIL]);
  });

  test('has an id that says all there is to know', async () => {
    const id = await dataId({ name: 'RCS0.RING_TAIL' });
    assert.equal(id, 'mmio:0x2030+4');
    const { body } = await adapter().dataBreakpointInfoRequest({ name: 'RCS0.RING_TAIL' });
    assert.equal(body.canPersist, true);
  });

  test('cannot be on what is computed', async () => {
    const { body } = await adapter().dataBreakpointInfoRequest({ name: 'RCS0.RING_TAIL + 1' });
    assert.equal(body.dataId, null);
    assert.match(body.description, /is computed/);
    const [breakpoint] = await dataBreakpoints([{ dataId: 'nonsense' }]);
    assert.equal(breakpoint?.verified, false);
  });
});

test('exception filters can be set to none', async () => {
  const { success } = await adapter().setExceptionBreakpointsRequest({ filters: [] });
  assert.equal(success, true);
});

/** Back to the start with the breakpoints that are set. */
async function toStartKeeping(): Promise<void> {
  await adapter().stopAfter(() => adapter().restartRequest({}));
}
