import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, test } from 'node:test';
import type { DebugProtocol as Dap } from '@vscode/debugprotocol';
import { CHECKS } from '../../emulator/index.ts';
import type { AdapterClient } from './adapter-client.ts';
import { currentLine, resume, resumeBack } from './first-steps.ts';
import { sharedClient } from './stdio-session.ts';
import { assertStops, logged, stops, toStartKeeping } from './stops.ts';

const FAULTS = path.join(import.meta.dirname, '../fixtures/faults.vgpu');
const LINES = readFileSync(FAULTS, 'utf8').split('\n');

function lineOf(text: string): number {
  const index = LINES.findIndex((line) => line.startsWith(text));
  assert.ok(index >= 0, text);
  return index + 1;
}

const READ_ONLY = lineOf('W32 RCS0.RING_EXECLIST_STATUS_LO 0x5');
const FOREIGN = lineOf('W64 ggtt[0x00000000]');
const ELSP = lineOf('W32 RCS0.ELSP 0x28123118');
const TAIL = lineOf('W32 RCS0.RING_TAIL');
const HOST_BIT = lineOf('W32 RCS0.RING_MODE');

/** From the start with these filters; what the adapter says of each. */
async function filters(
  client: AdapterClient,
  ...options: Dap.ExceptionFilterOptions[]
): Promise<readonly Dap.Breakpoint[]> {
  const { body } = await client.setExceptionBreakpointsRequest({
    filters: [],
    filterOptions: options,
  });
  await toStartKeeping(client);
  return body?.breakpoints ?? [];
}

/** What is said of the first stop with a filter. */
async function infoOf(client: AdapterClient, filterId: string) {
  await filters(client, { filterId });
  const stop = await resume(client);
  assert.equal(stop.reason, 'exception', stop.description);
  const { body } = await client.customRequest('exceptionInfo', { threadId: stop.threadId });
  return { stop, info: body as Dap.ExceptionInfoResponse['body'], line: await currentLine(client) };
}

describe('exception filters', () => {
  const adapter = sharedClient((client) => client.open(FAULTS));

  test('there is one for each check, short, with its default and a condition', async () => {
    const { body: capabilities } = await adapter().initializeRequest();
    assert.ok(capabilities !== undefined);
    assert.equal(capabilities.supportsExceptionFilterOptions, true);
    assert.equal(capabilities.supportsExceptionInfoRequest, true);
    const offered = capabilities.exceptionBreakpointFilters ?? [];
    assert.deepEqual(
      offered.map(({ filter, default: on }) => [filter, on]),
      [['any-fault', false], ...CHECKS.map(({ id, on }) => [id, on])],
    );
    for (const { label, description, supportsCondition, conditionDescription } of offered) {
      assert.ok(label.length <= 42, label);
      assert.match(description ?? '', /.{20}/);
      assert.equal(supportsCondition, true);
      assert.match(conditionDescription ?? '', /^Stops where this is true: /);
    }
  });

  test('stop before the event, in both directions', async () => {
    await filters(adapter(), { filterId: 'read-only-write' }, { filterId: 'elsp-invalid' });
    await assertStops(adapter(), [READ_ONLY, READ_ONLY + 1, ELSP]);
    await filters(adapter());
    await assertStops(adapter(), []);
  });

  test('can be given by id alone', async () => {
    await adapter().setExceptionBreakpointsRequest({ filters: ['ggtt-write-out-of-range'] });
    await toStartKeeping(adapter());
    await assertStops(adapter(), [FOREIGN]);
  });

  test('take conditions on what the fault shows, in both directions', async () => {
    await filters(adapter(), { filterId: 'read-only-write', condition: 'value == 6' });
    await assertStops(adapter(), [READ_ONLY + 1]);
    await filters(adapter(), {
      filterId: 'any-fault',
      condition: 'register == "RCS0.RING_EXECLIST_STATUS_LO" || check == "elsp-invalid"',
    });
    await assertStops(adapter(), [READ_ONLY, READ_ONLY + 1, ELSP]);
    await filters(adapter(), { filterId: 'any-fault', condition: 'engine == "RCS0"' });
    assert.ok((await stops(adapter(), resume)).includes(ELSP));
  });

  test('that nobody knows are answered with one that there is, and stop nothing', async () => {
    const [unknown, broken, good] = await filters(
      adapter(),
      { filterId: 'read-only-writes' },
      { filterId: 'elsp-invalid', condition: 'value ==' },
      { filterId: 'read-only-write' },
    );
    assert.equal(unknown?.verified, false);
    assert.match(unknown?.message ?? '', /No check is called read-only-writes\. Did you mean /);
    assert.equal(broken?.verified, false);
    assert.match(broken?.message ?? '', /In the condition, column/);
    assert.equal(good?.verified, true);
    await assertStops(adapter(), [READ_ONLY, READ_ONLY + 1]);
  });

  test('of another stop there is nothing to tell', async () => {
    await filters(adapter());
    await assert.rejects(adapter().customRequest('exceptionInfo', { threadId: 1 }), /not stand at/);
  });

  test('the stopped event says what it is, and which filters stopped', async () => {
    const [set] = await filters(adapter(), { filterId: 'read-only-write' });
    const stop = await resume(adapter());
    assert.equal(stop.reason, 'exception');
    assert.deepEqual(stop.hitBreakpointIds, [set?.id]);
    assert.match(
      stop.text ?? '',
      /^Register: write to read-only bits: RCS0\.RING_EXECLIST_STATUS_LO/,
    );
    assert.match(stop.description ?? '', /^Paused on exception: Register: /);
  });

  test('a read-only write is told with rule, source and evidence', async () => {
    const { info, line } = await infoOf(adapter(), 'read-only-write');
    assert.equal(line, READ_ONLY);
    assert.equal(info.exceptionId, 'read-only-write');
    assert.equal(info.breakMode, 'always');
    assert.match(
      info.description ?? '',
      /read-only bits \(gvt-facts §2\.3\)\. RCS0\.RING_EXECLIST/,
    );
    const { stackTrace, message, typeName } = info.details ?? {};
    assert.equal(typeName, 'read-only-write');
    assert.match(message ?? '', /write of 0x5/);
    assert.match(
      stackTrace ?? '',
      /^register: RCS0\.RING_EXECLIST_STATUS_LO \(0x2234\)\nvalue: 0x00000005\n/,
    );
    assert.match(stackTrace ?? '', /was last changed: never before/);
  });

  test('an entry of another slice is told with its address', async () => {
    const { info, line } = await infoOf(adapter(), 'ggtt-write-out-of-range');
    assert.equal(line, FOREIGN);
    assert.match(info.description ?? '', /§5\.3/);
    assert.match(info.details?.stackTrace ?? '', /address: ggtt 0x00000000\nvalue: 0x01000001/);
  });

  test('a refused submission is told with its dwords', async () => {
    const { info, line } = await infoOf(adapter(), 'elsp-invalid');
    assert.equal(line, ELSP);
    assert.match(info.details?.stackTrace ?? '', /^engine: RCS0\nregister: RCS0\.ELSP \(0x2230\)/);
    assert.match(
      info.details?.stackTrace ?? '',
      /command: 0x00000000 0x00000000 0x00000007 0x28123118/,
    );
  });

  test('failsafe is told with its reason, what else is wrong, and who wrote the register before', async () => {
    const { info, line } = await infoOf(adapter(), 'failsafe-unsupported');
    assert.equal(line, HOST_BIT);
    assert.match(info.description ?? '', /^The vGPU entered failsafe mode: .* \(gvt-facts §2\.4\)/);
    assert.match(info.details?.stackTrace ?? '', /RCS0\.RING_MODE was last changed: /);
    await filters(adapter(), { filterId: 'failsafe-unsupported' }, { filterId: 'host-owned-bit' });
    await resume(adapter());
    const { body } = await adapter().customRequest('exceptionInfo', { threadId: 1 });
    assert.match(JSON.stringify(body.details), /also failsafe-unsupported/);
  });

  test('running lists faults in the console, with the line, once', async () => {
    await filters(adapter());
    const client = adapter();
    const all = client
      .eventsOf('output')
      .filter(({ body }) => body.output.startsWith('Register: write to read-only bits'));
    assert.deepEqual(
      all.map(({ body }) => body.line),
      [READ_ONLY, READ_ONLY + 1],
    );
    assert.deepEqual(await logged(client, () => resume(client)), []);
  });
});

describe('exception filters under GVT-g’s policy', () => {
  const adapter = sharedClient((client) => client.open(FAULTS, { policy: 'gvt-g' }));

  test('a refused command stops before it runs, and tells its words and what submitted it', async () => {
    const { info, stop } = await infoOf(adapter(), 'command-refused');
    assert.match(stop.text ?? '', /MI_SEMAPHORE_WAIT at ggtt 0x4000000 was refused/);
    assert.match(info.description ?? '', /gvt-facts §10\.3/);
    const trace = info.details?.stackTrace ?? '';
    assert.match(trace, /^engine: RCS0\naddress: ggtt 0x04000000\ncommand: 0x0e40c002 0x00000000/);
    const tail = new RegExp(`RING_TAIL was last moved: .* at .*faults\\.vgpu:${TAIL}`);
    assert.match(trace, tail);
    const causes = info.details?.innerException?.map(({ message }) => message ?? '') ?? [];
    assert.ok(causes.some((message) => tail.test(message)));
  });

  test('and again on the way back', async () => {
    await filters(adapter(), { filterId: 'command-refused' }, { filterId: 'failsafe-guest-error' });
    await stops(adapter(), resume);
    const back = await resumeBack(adapter());
    assert.equal(back.reason, 'exception');
    const { body } = await adapter().customRequest('exceptionInfo', { threadId: 1 });
    assert.equal(body.exceptionId, 'command-refused');
    assert.match(body.details.stackTrace, /also failsafe-guest-error/);
  });
});
