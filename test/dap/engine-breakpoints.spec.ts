import assert from 'node:assert/strict';
import { before, describe, test } from 'node:test';
import type { DebugProtocol as Dap } from '@vscode/debugprotocol';
import { PROBE, Walker } from './engine-steps.ts';
import { resume, resumeBack } from './first-steps.ts';
import { sharedClient } from './stdio-session.ts';
import { logged } from './stops.ts';

describe('breakpoints on what engines do', () => {
  const adapter = sharedClient((client) => client.open(PROBE));
  const walker = () => new Walker(adapter());

  const setFunctions = async (...breakpoints: Dap.FunctionBreakpoint[]) =>
    (await adapter().setFunctionBreakpointsRequest({ breakpoints })).body.breakpoints;

  /** What is said at each stop, and where it is. */
  async function stopsOf(go: typeof resume): Promise<string[]> {
    const stops: string[] = [];
    for (let stop = await go(adapter()); stop.reason !== 'pause'; stop = await go(adapter())) {
      stops.push(`${stop.reason}, ${stop.text}, ${await walker().where()}`);
      assert.ok(stops.length < 500);
    }
    return stops;
  }

  /** From the start to the end, then back: the same. */
  async function bothWays(): Promise<string[]> {
    await adapter().stopAfter(() => adapter().restartRequest({}));
    const there = await stopsOf(resume);
    assert.deepEqual(await stopsOf(resumeBack), there.toReversed());
    return there;
  }

  before(() => setFunctions());

  test('a command by its name stops before it, forwards and backwards', async () => {
    const [breakpoint] = await setFunctions({ name: 'MI_BATCH_BUFFER_START' });
    assert.deepEqual(
      [breakpoint?.verified, breakpoint?.message],
      [true, 'command MI_BATCH_BUFFER_START'],
    );
    const stops = await bothWays();
    assert.equal(stops.length, 5);
    for (const stop of stops) {
      assert.match(stop, /^function breakpoint, [A-Z]+0 MI_BATCH_BUFFER_START in the ring at 0x/);
    }
  });

  test('the stop names the thread of the engine, which stands before the command', async () => {
    await setFunctions({ name: 'vcs0:mi_batch*' });
    await adapter().stopAfter(() => adapter().restartRequest({}));
    const stop = await resume(adapter());
    const { threads } = (await adapter().threadsRequest()).body;
    assert.equal(threads.find(({ id }) => id === stop.threadId)?.name, 'VCS0');
    const [frame] = await walker().frames(stop.threadId);
    assert.match(frame?.name ?? '', /^MI_BATCH_BUFFER_START ppgtt 0x/);
  });

  test('globs, alone and on one engine', async () => {
    await setFunctions({ name: '3DSTATE_*', hitCondition: '<= 3' });
    assert.equal((await bothWays()).length, 3);
    const [breakpoint] = await setFunctions({ name: 'VECS0:MI_FLUSH_*' });
    assert.equal(breakpoint?.message, 'command MI_FLUSH_DW on VECS0');
    assert.equal((await bothWays()).length, 8);
  });

  test('conditions, hit counts and log points count from the start in both directions', async () => {
    await setFunctions({ name: 'PIPE_CONTROL', hitCondition: '4' });
    const [stop = ''] = await bothWays();
    assert.match(stop, /in the ring at 0x37ffc048, event 5 of record/);
    await setFunctions({ name: 'PIPE_CONTROL', condition: 'offset == 0x37ffc030' });
    assert.match((await bothWays())[0] ?? '', /event 4 of record/);
  });

  test('an interrupt stops before the command that raises it, or the access', async () => {
    const [breakpoint] = await setFunctions({ name: 'interrupt:rcs0 context*' });
    assert.equal(breakpoint?.message, 'interrupt RCS0 context switch');
    const [bySubmission, bySave] = await bothWays();
    assert.match(bySubmission ?? '', /interrupt: RCS0 context switch, record 231287 of/);
    assert.match(bySave ?? '', /interrupt: RCS0 context switch, event 8 of record 231287 of/);
    await setFunctions({ name: 'MSI' });
    const messages = await bothWays();
    assert.match(messages[0] ?? '', /^function breakpoint, MSI sent, /);
  });

  test('an interrupt that the guest does not get says why', async () => {
    await setFunctions({ name: 'dropped:RCS0 user interrupt' });
    const [stop = ''] = await bothWays();
    assert.match(stop, /dropped: RCS0 user interrupt, as RCS0.RING_IMR masks bit 0, event 6 of/);
  });

  test('a name that nothing has gets a sentence with suggestions', async () => {
    const [command, engine, interrupt] = await setFunctions(
      { name: 'PIPE_CONTORL' },
      { name: 'XCS0:MI_NOOP' },
      { name: 'interrupt:RCS0 user interupt' },
    );
    assert.match(command?.message ?? '', /Did you mean PIPE_CONTROL/);
    assert.match(engine?.message ?? '', /No engine is called XCS0; there are RCS0, /);
    assert.match(interrupt?.message ?? '', /Did you mean RCS0 user interrupt/);
    for (const each of [command, engine, interrupt]) assert.equal(each?.verified, false);
    await setFunctions();
  });

  test('a register that a command loads is watched, by change and by write', async () => {
    const data = async (accessType: 'read' | 'write', dataId: string) =>
      await adapter().setDataBreakpointsRequest({ breakpoints: [{ dataId, accessType }] });
    const { dataId } = (await adapter().dataBreakpointInfoRequest({ name: 'mmio[0x7014]' })).body;
    await data('write', String(dataId));
    const stops = await bothWays();
    assert.equal(stops.length, 1, stops.join('\n'));
    assert.match(stops[0] ?? '', /^data breakpoint, .*→.*, event 6 of record/);
    await adapter().setDataBreakpointsRequest({ breakpoints: [] });
  });

  test('memory that a command writes is watched, and its last writer found', async () => {
    await setFunctions({ name: 'MI_USER_INTERRUPT', hitCondition: '1' });
    await adapter().stopAfter(() => adapter().restartRequest({}));
    await resume(adapter());
    await setFunctions();
    const walk = { expression: 'walk 0x37ffe100', context: 'repl' };
    const { result } = (await adapter().evaluateRequest(walk)).body;
    const [, address] = /maps guest (0x[0-9a-f]+)/.exec(result) ?? [];
    const name = `mem32[${address}]`;
    const info = (await adapter().dataBreakpointInfoRequest({ name })).body;
    const breakpoints = [{ dataId: String(info.dataId), accessType: 'write' as const }];
    await adapter().setDataBreakpointsRequest({ breakpoints });
    const back = await resumeBack(adapter());
    assert.match(back.text ?? '', /→ 0x1$/);
    const [frame] = await walker().frames(back.threadId);
    assert.match(frame?.name ?? '', /^PIPE_CONTROL .*ggtt 0x37ffe100 ← 0x1$/);
    await adapter().setDataBreakpointsRequest({ breakpoints: [] });
  });

  test('a condition that logs does so at each command, without stopping', async () => {
    await setFunctions({ name: 'VECS0:MI_FLUSH_DW', condition: 'log("at {offset}")' });
    await adapter().stopAfter(() => adapter().restartRequest({}));
    const lines = await logged(adapter(), () => resume(adapter()));
    await setFunctions();
    assert.equal(lines.length, 8);
    for (const { output } of lines) assert.match(output, /^at 0x37f/);
  });
});
