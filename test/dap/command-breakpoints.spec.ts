import assert from 'node:assert/strict';
import { afterEach, before, describe, test } from 'node:test';
import type { DebugProtocol as Dap } from '@vscode/debugprotocol';
import { NESTED, PROBE, Walker } from './engine-steps.ts';
import { resume, resumeBack } from './first-steps.ts';
import { sharedClient } from './stdio-session.ts';
import { logged, toStartKeeping } from './stops.ts';

/** A ring or batch, as a client got it with a stack frame. */
interface Shown {
  readonly source: Dap.Source;
  readonly lines: readonly string[];
}

describe('line breakpoints in the virtual source of a ring or batch', () => {
  const adapter = sharedClient((client) => client.open(NESTED));
  const walker = () => new Walker(adapter());
  let batch: Shown;
  let ring: Shown;

  async function shown(frames: readonly Dap.StackFrame[], index: number): Promise<Shown> {
    const source = frames[index]?.source ?? {};
    const sourceReference = source.sourceReference ?? 0;
    const { body } = await adapter().sourceRequest({ source, sourceReference });
    return { source, lines: body.content.split('\n') };
  }

  /** Number of the first line with a text, from 1. */
  function lineOf({ lines }: Shown, text: string): number {
    return lines.findIndex((line) => line.includes(text)) + 1;
  }

  async function set({ source }: Shown, ...breakpoints: Dap.SourceBreakpoint[]) {
    return (await adapter().setBreakpointsRequest({ source, breakpoints })).body.breakpoints;
  }

  /** Top frames at the stops from where the session stands to the end of the recording, or its start. */
  async function stopsOf(go: typeof resume): Promise<string[]> {
    const stops: string[] = [];
    for (let stop = await go(adapter()); stop.reason !== 'pause'; stop = await go(adapter())) {
      assert.equal(stop.reason, 'breakpoint');
      const [frame] = await walker().frames(stop.threadId);
      stops.push(frame?.name ?? '');
    }
    return stops;
  }

  /** From start to end; on the way back it must be the same. */
  async function bothWays(): Promise<string[]> {
    await toStartKeeping(adapter());
    const there = await stopsOf(resume);
    assert.deepEqual(await stopsOf(resumeBack), there.toReversed());
    return there;
  }

  before(async () => {
    const walking = walker();
    await walking.runTo({ name: 'RCS0:MI_BATCH_BUFFER_START', hitCondition: '1' });
    await walking.step('stepIn');
    const frames = await walking.frames();
    [batch, ring] = [await shown(frames, 0), await shown(frames, 2)];
  });
  afterEach(async () => {
    await set(batch);
    await set(ring);
  });

  test('stop before the command, forwards and backwards', async () => {
    const line = lineOf(batch, 'MI_STORE_DATA_IMM ppgtt 0x4003008');
    const [breakpoint] = await set(batch, { line });
    assert.equal(breakpoint?.verified, true);
    assert.equal(breakpoint?.line, line);
    assert.equal(breakpoint?.source?.sourceReference, batch.source.sourceReference);
    // VS Code finds the document of a breakpoint by the path, and that which it shows by the name.
    assert.equal(breakpoint?.source?.path, batch.source.name);
    assert.deepEqual(await bothWays(), ['MI_STORE_DATA_IMM ppgtt 0x4003008 ← 0x33']);
    await set(ring, { line: lineOf(ring, 'MI_USER_INTERRUPT') });
    assert.deepEqual(await bothWays(), [
      'MI_STORE_DATA_IMM ppgtt 0x4003008 ← 0x33',
      'MI_USER_INTERRUPT',
    ]);
  });

  test('move to the next line with a command, and say where none follows', async () => {
    const [header, last] = await set(batch, { line: 1 }, { line: batch.lines.length });
    assert.deepEqual([header?.verified, header?.line], [true, 2]);
    assert.equal(last?.verified, false);
    assert.equal(last?.message, 'No command follows in this text.');
  });

  test('can be set on every line with a command', async () => {
    const args = { source: batch.source, line: 1, endLine: 4 };
    const { body } = await adapter().customRequest('breakpointLocations', args);
    assert.deepEqual(body.breakpoints, [{ line: 2 }, { line: 3 }, { line: 4 }]);
  });

  test('take conditions, hit counts and messages', async () => {
    const line = lineOf(batch, 'MI_STORE_DATA_IMM ppgtt 0x4003000');
    await set(batch, { line });
    const both = await bothWays();
    assert.equal(both.length, 2);
    await set(batch, { line, hitCondition: '2' });
    assert.deepEqual(await bothWays(), both.slice(1));
    await toStartKeeping(adapter());
    await resume(adapter());
    const [, record] = /of record (\d+)/.exec(await walker().where()) ?? [];
    await set(batch, { line, condition: `record == ${record}` });
    assert.deepEqual(await bothWays(), both.slice(1));
    await set(batch, { line, logMessage: 'at {offset}' });
    await toStartKeeping(adapter());
    const go = () => resume(adapter());
    const lines = await logged(adapter(), go);
    assert.deepEqual(
      lines.map(({ output }) => output),
      ['at 0x4002000\n', 'at 0x4002000\n'],
    );
    const back = await logged(adapter(), () => resumeBack(adapter()));
    assert.equal(back.length, 2);
  });

  test('are shown in what has come to stand at their place, there and back', async () => {
    const [breakpoint] = await set(batch, { line: 2 });
    await toStartKeeping(adapter());
    const told = () => adapter().eventsOf('breakpoint');
    const first = told().length;
    await walker().frames((await resume(adapter())).threadId);
    assert.equal(told().length, first, 'it is where it was set');
    const frames = await walker().frames((await resume(adapter())).threadId);
    const changed = await shown(frames, 0);
    assert.notEqual(changed.source.sourceReference, batch.source.sourceReference);
    const { body } = told().at(-1) ?? {};
    assert.equal(told().length, first + 1);
    assert.equal(body?.reason, 'changed');
    assert.equal(body?.breakpoint.id, breakpoint?.id);
    assert.equal(body?.breakpoint.line, frames[0]?.line);
    assert.deepEqual(body?.breakpoint.source, changed.source);
    const [again, other] = await set(batch, { line: 2 }, { line: 3 });
    assert.deepEqual(again?.source, changed.source, 'it stays there when others are set');
    assert.deepEqual(other?.source, batch.source);
    await walker().frames((await resumeBack(adapter())).threadId);
    const moved = told().findLast(({ body: each }) => each.breakpoint.id === again?.id)?.body;
    assert.deepEqual(moved?.breakpoint.source, batch.source);
  });

  test('of another session get a sentence', async () => {
    const strange = { ...batch.source, name: 'RCS0 batch at 0x1234000' };
    const unknown = { ...batch.source, sourceReference: 1_900_000 };
    for (const source of [strange, unknown]) {
      const [breakpoint] = await set({ ...batch, source }, { line: 2 });
      assert.equal(breakpoint?.verified, false);
      assert.match(breakpoint?.message ?? '', /has not been read in this session: step into it/);
    }
  });
});

describe("a line breakpoint in a batch of one context's own address space", () => {
  const adapter = sharedClient((client) => client.open(PROBE));

  test('says whose it is, and stops there in both directions', async () => {
    const walker = new Walker(adapter());
    await walker.runTo({ name: 'VCS0:MI_BATCH_BUFFER_START', hitCondition: '1' });
    await walker.step('stepIn');
    const [frame] = await walker.frames();
    const { source = {}, line = 0 } = frame ?? {};
    const { body } = await adapter().setBreakpointsRequest({ source, breakpoints: [{ line }] });
    assert.match(
      body.breakpoints[0]?.message ?? '',
      /^VCS0 command at ppgtt 0x[0-9a-f]+ of context 0x[0-9a-f]+$/,
    );
    await walker.step('stepIn');
    assert.equal((await resumeBack(adapter())).reason, 'breakpoint');
    assert.deepEqual((await walker.frames())[0], frame);
    await toStartKeeping(adapter());
    assert.equal((await resume(adapter())).reason, 'breakpoint');
    assert.deepEqual((await walker.frames())[0]?.source, source);
  });
});
