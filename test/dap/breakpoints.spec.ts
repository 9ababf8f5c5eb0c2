import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { DebugProtocol as Dap } from '@vscode/debugprotocol';
import {
  currentLine,
  FIRST_STEPS,
  lineBeginning,
  resume,
  resumeBack,
  toStart,
} from './first-steps.ts';
import { sharedClient } from './stdio-session.ts';
import { assertStops, bothWays, logged, toStartKeeping } from './stops.ts';

const adapter = sharedClient((client) => client.open(FIRST_STEPS));

const TAIL = lineBeginning('W32 RCS0.RING_TAIL');
const READ_TAIL = lineBeginning('R32 RCS0.RING_TAIL');
const LAST = lineBeginning('R32 RCS0.RING_HEAD');
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
    await assertStops(adapter(), [lineBeginning('W32 RCS0.RING_HWS_PGA')]);
  });

  test('below the last access is not verified, and says why', async () => {
    const [breakpoint] = await lineBreakpoints([{ line: LAST + 1 }]);
    assert.equal(breakpoint?.verified, false);
    assert.match(String(breakpoint?.message), /No access follows/);
  });

  test('stops only where its condition is true', async () => {
    await toStart(adapter());
    await lineBreakpoints([
      { line: START, condition: 'value == 0x04000000' },
      { line: CTL, condition: 'value == 0' },
    ]);
    await assertStops(adapter(), [START]);
  });

  test('with a condition that makes no sense says so', async () => {
    const [breakpoint] = await lineBreakpoints([{ line: TAIL, condition: 'NO_SUCH + 1' }]);
    assert.match(String(breakpoint?.message), /NO_SUCH/);
  });

  test('with a log message logs instead of stopping, in both directions', async () => {
    await toStart(adapter());
    await lineBreakpoints([{ line: TAIL, logMessage: 'tail becomes {value}, was {old}' }]);
    const there = await logged(adapter(), () => resume(adapter()));
    const back = await logged(adapter(), () => resumeBack(adapter()));
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
    await toStartKeeping(adapter());
    await assertStops(adapter(), [TAIL, READ_TAIL]);
  });

  test('may be for reads or writes only', async () => {
    await toStart(adapter());
    await functionBreakpoints([{ name: 'write RCS0.RING_TAIL' }]);
    await assertStops(adapter(), [TAIL]);
    await functionBreakpoints([{ name: 'read RCS0.RING_TAIL' }]);
    await assertStops(adapter(), [READ_TAIL]);
  });

  test('takes globs, offsets and ranges', async () => {
    await toStart(adapter());
    await functionBreakpoints([{ name: 'write RCS0.RING_*' }]);
    const ring = await bothWays(adapter());
    assert.ok(ring.there.length > 3);
    assert.ok([START, CTL, TAIL].every((line) => ring.there.includes(line)));
    assert.deepEqual(ring.back, ring.there.toReversed());
    await functionBreakpoints([{ name: '0x2030' }]);
    await assertStops(adapter(), [TAIL, READ_TAIL]);
    await functionBreakpoints([{ name: '0x2030-0x2033' }]);
    await assertStops(adapter(), [TAIL, READ_TAIL]);
  });

  test('on a register that does not exist is not verified, and says what is like it', async () => {
    const [breakpoint] = await functionBreakpoints([{ name: 'RCS0.RING_TALE' }]);
    assert.equal(breakpoint?.verified, false);
    assert.match(String(breakpoint?.message), /RING_TAIL/);
  });

  test('counts its hits from the start, so that they mean the same in both directions', async () => {
    await toStart(adapter());
    await functionBreakpoints([{ name: 'RCS0.RING_TAIL', hitCondition: '2' }]);
    await assertStops(adapter(), [READ_TAIL]);
    await functionBreakpoints([{ name: 'RCS0.RING_TAIL', hitCondition: '< 2' }]);
    await assertStops(adapter(), [TAIL]);
  });

  test('takes conditions, and log("…") in them', async () => {
    await toStart(adapter());
    await functionBreakpoints([{ name: 'RCS0.RING_*', condition: 'write && value == 0x40' }]);
    await assertStops(adapter(), [TAIL]);
    await functionBreakpoints([{ name: 'write RCS0.RING_TAIL', condition: 'log("tail {value}")' }]);
    const outputs = await logged(adapter(), () => assertStops(adapter(), []));
    assert.deepEqual(
      outputs.map(({ output }) => output),
      ['tail 0x00000040\n', 'tail 0x00000040\n'],
    );
  });
});

test('exception filters can be set to none', async () => {
  const { success } = await adapter().setExceptionBreakpointsRequest({ filters: [] });
  assert.equal(success, true);
});
