import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { DebugProtocol as Dap } from '@vscode/debugprotocol';
import { AdapterClient, sample, VS_CODE } from './adapter-client.ts';
import { frames, resume, resumeBack, topFrame } from './first-steps.ts';
import { sharedClient } from './stdio-session.ts';

/** The genuine i915 driver, loading; packed, hence read in its decoded view. */
const PROBE = sample('skl-probe-gem-unload.vgpu.gz');
/** Every register access of it carries the driver's call stack. */
const STACKS = sample('skl-modeset-stacks.vgpu.gz');

describe('a genuine recording', () => {
  const adapter = sharedClient((client) => client.open(PROBE));
  const step = (command: 'next' | 'stepBack' | 'stepIn' | 'stepOut') =>
    adapter().stopAfter(() => adapter().send(command, { threadId: 1 }));

  async function listingText(): Promise<{ uri: string; lines: string[] }> {
    const { source } = await topFrame(adapter());
    const uri = source?.path ?? '';
    assert.match(uri, /^vgpu-trace:/);
    const args = { source: { path: uri }, sourceReference: 0 };
    const { body } = await adapter().sourceRequest(args);
    return { uri, lines: body.content.split('\n') };
  }

  async function runTo(breakpoint: Dap.FunctionBreakpoint): Promise<void> {
    await adapter().setFunctionBreakpointsRequest({ breakpoints: [breakpoint] });
    assert.equal((await resume(adapter())).reason, 'function breakpoint');
    await adapter().setFunctionBreakpointsRequest({ breakpoints: [] });
  }

  test('is read in its decoded view', async () => {
    const { lines } = await listingText();
    const { line } = await topFrame(adapter());
    assert.ok(lines.length > 100);
    assert.match(String(lines[line - 1]), /^\s*\S/);
  });

  test('lists its documents', async () => {
    const { body } = await adapter().customRequest('loadedSources', {});
    assert.ok(body.sources.length >= 1);
    assert.match(body.sources[0].path, /^vgpu-trace:.*skl-probe-gem-unload\.vgpu\.gz$/);
  });

  test('is one row to a step, and access by access to a step in', async () => {
    await adapter().stopAfter(() => adapter().restartRequest({}));
    const { uri, lines } = await listingText();
    const fold = lines.findIndex((line) => line.includes('▸') && !line.startsWith('//')) + 1;
    assert.ok(fold > 0);
    const breakpoints = [{ line: fold }];
    const { body } = await adapter().setBreakpointsRequest({ source: { path: uri }, breakpoints });
    assert.equal(body.breakpoints[0]?.verified, true);
    await resume(adapter());
    const row = await topFrame(adapter());
    assert.equal(row.line, fold);
    assert.match(row.name, /, first of .* accesses$/);
    await step('next');
    const after = await topFrame(adapter());
    assert.equal(after.source?.path, uri);
    assert.ok(after.line > fold);
    await step('stepBack');
    assert.equal((await topFrame(adapter())).line, fold);
    await step('stepIn');
    const [inside, run] = await frames(adapter());
    assert.match(String(inside?.source?.path), / run \d+\.vgpu-listing|%20run%20\d+/);
    assert.equal(run?.source?.path, uri);
    assert.equal(run?.line, fold);
    await step('stepOut');
    assert.equal((await topFrame(adapter())).line, after.line);
    await adapter().setBreakpointsRequest({ source: { path: uri }, breakpoints: [] });
  });

  test('stops at the same submissions forwards and backwards', async () => {
    await adapter().stopAfter(() => adapter().restartRequest({}));
    await adapter().setFunctionBreakpointsRequest({
      breakpoints: [{ name: 'write RCS0.ELSP', hitCondition: '<= 4' }],
    });
    const there: number[] = [];
    while ((await resume(adapter())).reason === 'function breakpoint') {
      there.push((await topFrame(adapter())).line);
    }
    const back: number[] = [];
    while ((await resumeBack(adapter())).reason === 'function breakpoint') {
      back.push((await topFrame(adapter())).line);
    }
    assert.equal(there.length, 4);
    assert.deepEqual(back, there.toReversed());
    await adapter().setFunctionBreakpointsRequest({ breakpoints: [] });
  });

  test('has the same state whichever way one comes', async () => {
    const hash = async () =>
      (await adapter().evaluateRequest({ expression: 'hash', context: 'repl' })).body.result;
    await adapter().stopAfter(() => adapter().restartRequest({}));
    await runTo({ name: 'write RCS0.ELSP' });
    const forwards = await hash();
    await resume(adapter());
    await adapter().setFunctionBreakpointsRequest({
      breakpoints: [{ name: 'write RCS0.ELSP', hitCondition: '1' }],
    });
    await resumeBack(adapter());
    assert.equal(await hash(), forwards);
    await adapter().setFunctionBreakpointsRequest({ breakpoints: [] });
  });
});

describe('a recording with call stacks', () => {
  const adapter = sharedClient((client) => client.open(STACKS));

  test("shows the driver's own functions below the access", async () => {
    const breakpoints = [{ name: 'write RCS0.ELSP' }];
    await adapter().setFunctionBreakpointsRequest({ breakpoints });
    await resume(adapter());
    const [access, ...driver] = await frames(adapter());
    assert.match(String(access?.name), /ELSP.*write/);
    assert.ok(driver.length > 3, driver.map(({ name }) => name).join(', '));
    assert.ok(driver.every(({ presentationHint }) => presentationHint === 'label'));
    assert.ok(driver.every(({ source }) => source === undefined));
  });

  test('gives the stack in pages', async () => {
    const all = await frames(adapter());
    const { body } = await adapter().stackTraceRequest({ threadId: 1, startFrame: 1, levels: 2 });
    assert.equal(body.totalFrames, all.length);
    assert.deepEqual(body.stackFrames, all.slice(1, 3));
  });
});

test('a client that is not VS Code reads the decoded view by reference', async () => {
  const client = await AdapterClient.overStreams();
  try {
    await client.open(PROBE, {}, async () => {}, { ...VS_CODE, clientID: 'other' });
    const { source, line } = await topFrame(client);
    const reference = source?.sourceReference ?? 0;
    assert.ok(reference > 0);
    const { body } = await client.sourceRequest({ sourceReference: reference });
    assert.ok(body.content.split('\n').length > line);
    const asked = { source: { sourceReference: reference }, breakpoints: [{ line: line + 1 }] };
    const answer = await client.setBreakpointsRequest(asked);
    assert.equal(answer.body.breakpoints[0]?.verified, true);
    await client.finish();
  } finally {
    client.kill();
  }
});
