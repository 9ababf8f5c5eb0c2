import assert from 'node:assert/strict';
import { before, describe, test } from 'node:test';
import type { DebugProtocol as Dap } from '@vscode/debugprotocol';
import { AdapterClient, sample, VS_CODE } from './adapter-client.ts';
import { children, resume, resumeBack } from './first-steps.ts';
import { sharedClient } from './stdio-session.ts';

const TRACES = [sample('two-guests-first.vgpu.gz'), sample('two-guests-second.vgpu.gz')];
const [FIRST, SECOND] = [1, 2];

async function openBoth(client: AdapterClient, launch: object = {}) {
  await client.initializeRequest(VS_CODE);
  const ready = client.waitForEvent('initialized', 120_000);
  const args = { traces: TRACES, ...launch } as Dap.LaunchRequestArguments;
  await Promise.all([ready, client.launchRequest(args)]);
  return await client.stopAfter(() => client.configurationDoneRequest());
}

describe('two recordings in one session, under KVM by time slices', () => {
  const adapter = sharedClient((client) =>
    openBoth(client, { hypervisor: 'kvm', schedule: 'sliced' }),
  );

  const stack = async (threadId: number) =>
    (await adapter().stackTraceRequest({ threadId })).body.stackFrames;

  async function scopes(threadId: number) {
    const frameId = (await stack(threadId))[0]?.id ?? 0;
    const { body } = await adapter().scopesRequest({ frameId });
    return new Map(body.scopes.map((scope) => [scope.name, scope.variablesReference]));
  }

  async function open(threadId: number, scope: string, ...way: readonly string[]) {
    let inside = await children(adapter(), (await scopes(threadId)).get(scope) ?? 0);
    for (const name of way) {
      const reference = inside.get(name)?.variablesReference ?? 0;
      assert.ok(reference > 0, `${name} among ${[...inside.keys()].join(', ')}`);
      inside = await children(adapter(), reference);
    }
    return inside;
  }

  test('a command of another guest’s engine is looked up in that guest’s memory', async () => {
    const frameId = (await stack(FIRST))[0]?.id ?? 0;
    const args = { expression: 'vGPU2.BCS0.ggtt:0x1000', frameId, context: 'hover' };
    assert.equal((await adapter().evaluateRequest(args)).body.memoryReference, 'vGPU2:ggtt:0x1000');
  });

  const at = async (threadId: number, expression: string) => {
    const frameId = (await stack(threadId))[0]?.id ?? 0;
    const args = { expression, frameId, context: 'watch' };
    return (await adapter().evaluateRequest(args)).body.result;
  };

  async function runTo(...names: readonly string[]) {
    const breakpoints = names.map((name) => ({ name }));
    const { body } = await adapter().setFunctionBreakpointsRequest({ breakpoints });
    assert.ok(body.breakpoints.every(({ verified }) => verified));
    const stop = await resume(adapter());
    await adapter().setFunctionBreakpointsRequest({ breakpoints: [] });
    return stop;
  }

  before(async () => {
    await adapter().stopAfter(() => adapter().restartRequest({}));
    await runTo('vGPU2.BCS0:MI_USER_INTERRUPT');
  });

  test('each guest’s driver is a thread, and so is each engine that works', async () => {
    const { threads } = (await adapter().threadsRequest()).body;
    const names = threads.map(({ name }) => name);
    assert.deepEqual(names.slice(0, 2), [
      'vGPU1 driver, two-guests-first.vgpu.gz',
      'vGPU2 driver, two-guests-second.vgpu.gz',
    ]);
    assert.ok(names.includes('vGPU2.BCS0'), names.join());
  });

  test('each driver stands in its own recording', async () => {
    const [first, second] = [await stack(FIRST), await stack(SECOND)];
    assert.match(first[0]?.source?.path ?? '', /two-guests-first/);
    assert.match(second[0]?.source?.path ?? '', /two-guests-second/);
    const engine = (await adapter().threadsRequest()).body.threads.find(
      ({ name }) => name === 'vGPU2.BCS0',
    );
    const frames = await stack(engine?.id ?? 0);
    assert.match(frames[0]?.name ?? '', /^MI_USER_INTERRUPT/);
    assert.match(frames.at(-1)?.source?.path ?? '', /two-guests-second/);
  });

  test('scopes, watches and memory are those of the thread’s guest', async () => {
    const slice = async (thread: number) =>
      (await open(thread, 'PVINFO')).get('PVINFO.VGT_MAPPABLE_BASE')?.value ??
      [...(await open(thread, 'PVINFO'))].map(([name, { value }]) => `${name}=${value}`).join();
    assert.match(await slice(FIRST), /0x08000000/);
    assert.match(await slice(SECOND), /0x0c000000/);
    assert.equal(await at(FIRST, 'mmio[0x7800c]'), '0x00000001');
    assert.equal(await at(SECOND, 'mmio[0x7800c]'), '0x00000002');
    for (const thread of [FIRST, SECOND]) {
      const frameId = (await stack(thread))[0]?.id ?? 0;
      const asked = { expression: 'mmio[0x78040]', frameId, context: 'watch' };
      const { memoryReference = '' } = (await adapter().evaluateRequest(asked)).body;
      assert.equal(memoryReference, `vGPU${thread}:mmio:0x78040`);
      const read = await adapter().customRequest('readMemory', { memoryReference, count: 4 });
      const bytes = [...Buffer.from(read.body?.data ?? '', 'base64')];
      assert.deepEqual(bytes, thread === FIRST ? [0, 0, 0, 8] : [0, 0, 0, 12]);
    }
  });

  test('the Host scope shows both', async () => {
    const partition = await open(FIRST, 'Host', 'partition');
    assert.deepEqual([...partition.keys()], ['host', 'vGPU 1', 'vGPU 2']);
    const host = await open(SECOND, 'Host');
    assert.match(host.get('engines')?.value ?? '', /BCS0: vGPU 2/);
    assert.equal(host.get('scheduler')?.value, 'time slices: vGPU 2 runs');
    const queue = await open(SECOND, 'Host', 'scheduler');
    assert.match(queue.get('vGPU 1')?.value ?? '', /^weight 4, 50 ms of 100 ms, /);
    const domains = await open(SECOND, 'Host', 'hypervisor');
    assert.deepEqual([...domains.keys()], ['domain 1', 'domain 2']);
  });

  test('page tables are each guest’s own', async () => {
    const root = async (thread: number) =>
      (await open(thread, 'Shadow page tables', 'roots')).get('0: root L4')?.value ?? '';
    assert.match(await root(SECOND), /used by BCS0$/);
    assert.match(await root(FIRST), /used by no engine$/);
  });

  test('a register that is set is set for one guest', async () => {
    const registers = await scopes(FIRST);
    const engines = await children(adapter(), registers.get('Engines') ?? 0);
    const variablesReference = engines.get('RCS0')?.variablesReference ?? 0;
    const rows = await children(adapter(), variablesReference);
    const name = [...rows.keys()].find((key) => key.includes('RING_HWSTAM')) ?? '';
    const before = await at(SECOND, 'mmio[0x2098]');
    await adapter().setVariableRequest({ variablesReference, name, value: '0x77' });
    assert.equal(await at(FIRST, 'mmio[0x2098]'), '0x00000077');
    assert.equal(await at(SECOND, 'mmio[0x2098]'), before);
  });

  test('a step of one driver leads to its own next row, and back', async () => {
    await runTo('VCS0.ELSP');
    const line = async () => (await stack(FIRST))[0]?.line ?? 0;
    const from = await line();
    const stop = await adapter().stopAfter(() => adapter().nextRequest({ threadId: FIRST }));
    assert.equal(stop.reason, 'step');
    assert.equal(stop.threadId, FIRST);
    assert.ok((await line()) > from);
    await adapter().stopAfter(() => adapter().stepBackRequest({ threadId: FIRST }));
    assert.equal(await line(), from);
  });

  test('line breakpoints stand in each recording’s own documents, both ways', async () => {
    await adapter().stopAfter(() => adapter().restartRequest({}));
    await runTo('vGPU1.RCS0:MI_USER_INTERRUPT');
    const places: { path: string; line: number; threadId: number }[] = [];
    for (const threadId of [FIRST, SECOND]) {
      await adapter().stopAfter(() => adapter().nextRequest({ threadId }));
      await adapter().stopAfter(() => adapter().nextRequest({ threadId }));
      const [frame] = await stack(threadId);
      places.push({ path: frame?.source?.path ?? '', line: frame?.line ?? 0, threadId });
    }
    await adapter().stopAfter(() => adapter().restartRequest({}));
    for (const { path, line } of places) {
      const set = { source: { path }, breakpoints: [{ line }] };
      const { body } = await adapter().setBreakpointsRequest(set);
      assert.equal(body.breakpoints[0]?.verified, true);
    }
    const seen: number[] = [];
    for (let stop = await resume(adapter()); stop.reason === 'breakpoint'; ) {
      seen.push(stop.threadId ?? 0);
      const place = places.find(({ threadId }) => threadId === stop.threadId);
      assert.equal((await stack(stop.threadId ?? 0))[0]?.line, place?.line);
      stop = await resume(adapter());
    }
    assert.deepEqual([...seen].sort(), [FIRST, SECOND]);
    const back: number[] = [];
    for (let stop = await resumeBack(adapter()); stop.reason === 'breakpoint'; ) {
      back.push(stop.threadId ?? 0);
      stop = await resumeBack(adapter());
    }
    assert.deepEqual(back.reverse(), seen);
    for (const { path } of places) {
      await adapter().setBreakpointsRequest({ source: { path }, breakpoints: [] });
    }
  });
});

describe('who is on the host’s screen', () => {
  const adapter = sharedClient((client) => openBoth(client, { interleave: 100 }));

  async function opened(...way: readonly string[]) {
    const { stackFrames } = (await adapter().stackTraceRequest({ threadId: FIRST })).body;
    const { body } = await adapter().scopesRequest({ frameId: stackFrames[0]?.id ?? 0 });
    let reference = body.scopes.find(({ name }) => name === 'Host')?.variablesReference ?? 0;
    let inside = await children(adapter(), reference);
    for (const name of way) {
      reference = inside.get(name)?.variablesReference ?? 0;
      assert.ok(reference > 0, `${name} among ${[...inside.keys()].join(', ')}`);
      inside = await children(adapter(), reference);
    }
    return { reference, inside };
  }
  const display = async () => (await opened()).inside.get('display')?.value;

  async function set(value: string, name = 'foreground_vm', ...way: readonly string[]) {
    const variablesReference = (await opened(...way)).reference;
    return await adapter().setVariableRequest({ variablesReference, name, value });
  }
  async function refused(value: string, name = 'foreground_vm', ...way: readonly string[]) {
    const variablesReference = (await opened(...way)).reference;
    const failure = await adapter().failure('setVariable', { variablesReference, name, value });
    return failure.message ?? '';
  }
  async function runTo(name: string) {
    await adapter().setFunctionBreakpointsRequest({ breakpoints: [{ name }] });
    const stop = await resume(adapter());
    assert.equal(stop.reason, 'function breakpoint');
    await adapter().setFunctionBreakpointsRequest({ breakpoints: [] });
  }

  test('foreground_vm is set, and refuses with the kernel’s error numbers', async () => {
    assert.equal(await display(), 'host');
    assert.match(await refused('two'), /\(EINVAL, -22\)$/);
    assert.match(await refused('3'), /^There is no vGPU 3\. \(ENODEV, -19\)$/);
    assert.match(await refused('2'), /vGPU 2 is not ready: .* \(EAGAIN, -11\)$/);
    // Each guest in its turn writes display_ready.
    await runTo('0x78804');
    await runTo('0x78804');
    await adapter().stopAfter(() => adapter().nextRequest({ threadId: SECOND }));
    await set('2');
    assert.match((await display()) ?? '', /^host, vGPU 2 with a vblank from [\d.]+ ms on$/);
    await resume(adapter());
    assert.equal(await display(), 'vGPU 2');
    assert.equal((await opened()).inside.get('foreground_vm')?.value, '2');
  });

  test('it is an edit of history: before its moment the host has its screen', async () => {
    await adapter().stopAfter(() => adapter().restartRequest({}));
    assert.equal(await display(), 'host');
    await resume(adapter());
    assert.equal(await display(), 'vGPU 2');
  });

  test('files are in their folders, with what the kernel prints', async () => {
    const { inside: roots } = await opened('files');
    assert.deepEqual([...roots.keys()], ['/sys/kernel/vgt', '/sys/kernel/debug/dri/0/gvt']);
    const { inside: control } = await opened('files', '/sys/kernel/vgt', 'control');
    assert.equal(control.get('ctx_switch')?.value, 'VGT context switch: enabled');
    assert.equal(control.get('create_vgt_instance')?.value, 'can only be written');
    const { inside: port } = await opened('files', '/sys/kernel/vgt', 'vm2', 'PORT_B');
    assert.equal(port.get('connection')?.value, 'disconnected');
    const { inside: vgpu } = await opened('files', '/sys/kernel/debug/dri/0/gvt', 'vgpu2');
    assert.equal(vgpu.get('status')?.value, '0x3');
    assert.match(vgpu.get('mmio_diff')?.value ?? '', /^Offset +HW +vGPU +Diff … \(\d+ lines\)$/);
    assert.deepEqual(vgpu.get('status')?.presentationHint, { attributes: ['readOnly'] });
  });

  test('files are written, or say why that does nothing', async () => {
    const control = ['files', '/sys/kernel/vgt', 'control'] as const;
    assert.match(await refused('1', 'ctx_switch', ...control), /with time slices only/);
    assert.match(await refused('1', 'validate_ctx_switch', ...control), /is not modelled/);
    assert.match(await refused('1', 'display_owner', ...control), /stays with the host/);
    assert.match(await refused('0x30008', 'virtual_event', ...control), /no vGPU 3.*EINVAL/);
    assert.match(await refused('-2', 'create_vgt_instance', ...control), /recording.*EBUSY, -16/);
    assert.match(await refused('5 64 9 4', 'create_vgt_instance', ...control), /ENOSPC, -28/);
    const debug = ['files', '/sys/kernel/debug/dri/0/gvt', 'vgpu1'] as const;
    const { body } = await set('3', 'scan_nonprivbb', ...debug);
    assert.equal(body.value, '0x3');
    await adapter().stopAfter(() => adapter().restartRequest({}));
    assert.equal((await opened(...debug)).inside.get('scan_nonprivbb')?.value, '0x0');
  });
});

test('two recordings of the same slice are refused with what to do', async () => {
  const client = await AdapterClient.overStreams();
  await client.initializeRequest(VS_CODE);
  const failure = await client.failure('launch', { traces: [TRACES[0], TRACES[0]] });
  assert.match(failure.message ?? '', /belongs to another vGPU\. .*vgpu guest --gm/);
  await client.finish();
});
