import assert from 'node:assert/strict';
import { before, describe, test } from 'node:test';
import type { DebugProtocol as Dap } from '@vscode/debugprotocol';
import { sample } from './adapter-client.ts';
import { NESTED, PROBE, Walker } from './engine-steps.ts';
import { children, resume, resumeBack } from './first-steps.ts';
import { sharedClient } from './stdio-session.ts';

const BATCH = { name: 'RCS0:MI_BATCH_BUFFER_START', hitCondition: '1' };

describe('disassembly', () => {
  const adapter = sharedClient((client) => client.open(NESTED));
  let walker: Walker;

  async function disassemble(args: Dap.DisassembleArguments): Promise<string[]> {
    const { body } = await adapter().customRequest('disassemble', args);
    const { instructions }: { instructions: Dap.DisassembledInstruction[] } = body;
    return instructions.map(({ address, instruction, presentationHint }) =>
      presentationHint === 'invalid' ? `${address} invalid` : `${address} ${instruction}`,
    );
  }

  async function reference(index: number): Promise<string> {
    return (await walker.frames())[index]?.instructionPointerReference ?? '';
  }

  before(async () => {
    walker = new Walker(adapter());
    await walker.runTo(BATCH);
  });

  test('of a ring has the command that comes next, those before it, and those behind', async () => {
    const memoryReference = await reference(0);
    assert.equal(memoryReference, 'RCS0.ggtt:0x4000008');
    assert.deepEqual(
      await disassemble({ memoryReference, instructionOffset: -4, instructionCount: 8 }),
      [
        '0x3fffff8 invalid',
        '0x3fffffc invalid',
        '0x4000000 MI_NOOP',
        '0x4000004 MI_NOOP',
        '0x4000008 MI_BATCH_BUFFER_START ppgtt 0x4002000',
        '0x4000014 MI_USER_INTERRUPT',
        '0x4000018 invalid',
        '0x400001c invalid',
      ],
    );
  });

  test('counts commands from a place on, and bytes before that', async () => {
    const memoryReference = await reference(0);
    assert.deepEqual(
      await disassemble({ memoryReference, instructionOffset: 1, instructionCount: 1 }),
      ['0x4000014 MI_USER_INTERRUPT'],
    );
    assert.deepEqual(await disassemble({ memoryReference, offset: -4, instructionCount: 1 }), [
      '0x4000004 MI_NOOP',
    ]);
    assert.deepEqual(await disassemble({ memoryReference, instructionCount: 0 }), []);
  });

  test('shows the dwords of a command', async () => {
    const args = { memoryReference: await reference(0), instructionCount: 1 };
    const { body } = await adapter().customRequest('disassemble', args);
    assert.deepEqual(body.instructions[0], {
      address: '0x4000008',
      instruction: 'MI_BATCH_BUFFER_START ppgtt 0x4002000',
      instructionBytes: '18800101 04002000 00000000',
    });
  });

  test('of a batch, and of the batch and the ring around it', async () => {
    await walker.runTo(BATCH);
    await walker.steps('stepIn', 4);
    const references = [await reference(1), await reference(2), await reference(3)];
    assert.deepEqual(references, [
      'RCS0.ggtt:0x4002100',
      'RCS0.ggtt:0x4002028',
      'RCS0.ggtt:0x4000014',
    ]);
    const [, outer = ''] = references;
    const lines = await disassemble({
      memoryReference: outer,
      instructionOffset: -1,
      instructionCount: 3,
    });
    assert.deepEqual(lines, [
      '0x400201c MI_BATCH_BUFFER_START ppgtt 0x4002100, second level',
      '0x4002028 MI_STORE_DATA_IMM ppgtt 0x4003008 ← 0x33',
      '0x4002038 MI_BATCH_BUFFER_END',
    ]);
  });

  test('of a place that is none fails, of one that nobody has shown is invalid', async () => {
    await adapter().failure('disassemble', { memoryReference: 'nowhere', instructionCount: 1 });
    const lines = await disassemble({ memoryReference: 'RCS0.ggtt:0x10', instructionCount: 2 });
    assert.deepEqual(lines, ['0x10 invalid', '0x14 invalid']);
    const memoryReference = 'RCS0.ggtt:0x4000008';
    for (const instructionOffset of [-1e12, 1e12]) {
      const far = await disassemble({ memoryReference, instructionOffset, instructionCount: 3 });
      assert.equal(far.length, 3);
      assert.ok(far.every((line) => line.endsWith(' invalid')));
    }
  });
});

describe('instruction breakpoints', () => {
  const adapter = sharedClient((client) => client.open(NESTED));

  async function set(...breakpoints: Dap.InstructionBreakpoint[]): Promise<Dap.Breakpoint[]> {
    const { body } = await adapter().customRequest('setInstructionBreakpoints', { breakpoints });
    return body.breakpoints;
  }

  async function stopsOf(go: typeof resume): Promise<string[]> {
    const stops: string[] = [];
    for (let stop = await go(adapter()); stop.reason !== 'pause'; stop = await go(adapter())) {
      const walker = new Walker(adapter());
      walker.threadId = stop.threadId ?? 1;
      const [frame] = await walker.frames();
      stops.push(`${stop.reason}, ${frame?.instructionPointerReference}, ${frame?.name}`);
      assert.ok(stops.length < 50);
    }
    return stops;
  }

  async function bothWays(): Promise<string[]> {
    await adapter().stopAfter(() => adapter().restartRequest({}));
    const there = await stopsOf(resume);
    assert.deepEqual(await stopsOf(resumeBack), there.toReversed());
    return there;
  }

  test('stop before the command at their place, forwards and backwards', async () => {
    const [breakpoint] = await set({ instructionReference: 'RCS0.ggtt:0x4002100' });
    assert.deepEqual(
      [breakpoint?.verified, breakpoint?.message],
      [true, 'RCS0 command at ggtt 0x4002100'],
    );
    assert.deepEqual(await bothWays(), [
      'instruction breakpoint, RCS0.ggtt:0x4002100, MI_STORE_DATA_IMM ppgtt 0x4003004 ← 0x22',
    ]);
  });

  test('at an offset, several times at one place, with condition and hit count', async () => {
    // The second batch stands where the first one stood.
    const first = { instructionReference: 'RCS0.ggtt:0x4001ff0', offset: 0x10 };
    const [breakpoint] = await set(first);
    assert.equal(breakpoint?.instructionReference, 'RCS0.ggtt:0x4002000');
    const stops = await bothWays();
    assert.equal(stops.length, 2);
    assert.match(stops[0] ?? '', /← 0x11$/);
    assert.match(stops[1] ?? '', /← 0x44$/);
    await set({ ...first, hitCondition: '2' });
    assert.deepEqual(await bothWays(), stops.slice(1));
    await set({ ...first, condition: 'value == 0' });
    assert.deepEqual(await bothWays(), []);
  });

  test('of one space are not hit in the other', async () => {
    await set({ instructionReference: 'RCS0.ppgtt:0x4002000' });
    assert.deepEqual(await bothWays(), []);
  });

  test('that name no place, or no engine, say so', async () => {
    const [none, other] = await set(
      { instructionReference: '0x4002000' },
      { instructionReference: 'RCS7.ggtt:0x1000' },
    );
    assert.equal(none?.verified, false);
    assert.match(none?.message ?? '', /'0x4002000' is no place of a command/);
    assert.equal(other?.verified, false);
    assert.match(other?.message ?? '', /No engine is called RCS7; there are RCS0/);
    await set();
  });

  test('a step by instructions is one command, there and back', async () => {
    const walker = new Walker(adapter());
    await walker.runTo(BATCH);
    const there: string[] = [];
    for (let step = 0; step < 3; step++) {
      there.push((await walker.frames())[0]?.instructionPointerReference ?? '');
      await stepBy(walker, 'stepIn');
    }
    assert.deepEqual(there, ['RCS0.ggtt:0x4000008', 'RCS0.ggtt:0x4002000', 'RCS0.ggtt:0x4002010']);
    for (const reference of there.toReversed()) {
      await stepBy(walker, 'stepBack');
      assert.equal((await walker.frames())[0]?.instructionPointerReference, reference);
    }
  });

  async function stepBy(walker: Walker, request: 'stepIn' | 'stepBack'): Promise<void> {
    const { threadId } = walker;
    const args = { threadId, granularity: 'instruction' };
    const stop = await adapter().stopAfter(() => adapter().send(request, args));
    walker.threadId = stop.threadId ?? 1;
  }
});

describe('disassembly of a genuine batch', () => {
  const adapter = sharedClient((client) => client.open(PROBE));

  test('leads back over hundreds of commands to where it begins', async () => {
    const walker = new Walker(adapter());
    await walker.runTo({ name: '3DSTATE_*', hitCondition: '20' });
    const [frame] = await walker.frames();
    const memoryReference = frame?.instructionPointerReference ?? '';
    const args = { memoryReference, instructionOffset: -200, instructionCount: 400 };
    const { body } = await adapter().customRequest('disassemble', args);
    const { instructions }: { instructions: Dap.DisassembledInstruction[] } = body;
    assert.equal(instructions.length, 400);
    const addresses = instructions.map(({ address }) => Number(address));
    assert.deepEqual(
      addresses,
      [...addresses].sort((one, other) => one - other),
    );
    assert.equal(instructions[200]?.instruction, frame?.name);
    const before = instructions.slice(0, 200).filter((each) => each.presentationHint === undefined);
    assert.ok(before.length >= 19);
  });
});

describe('the fields of a command', () => {
  const adapter = sharedClient((client) => client.open(sample('skl_clr.aub.gz')));

  test('are all there, with what the command points to', async () => {
    const walker = new Walker(adapter());
    await walker.runTo({ name: '3DSTATE_VIEWPORT_STATE_POINTERS_CC', hitCondition: '1' });
    assert.equal(
      await walker.top(),
      '3DSTATE_VIEWPORT_STATE_POINTERS_CC CC Viewport Pointer 0xfffef060',
    );
    const frameId = (await walker.frames())[0]?.id ?? 0;
    const { scopes } = (await adapter().scopesRequest({ frameId })).body;
    const scope = scopes.find(({ name }) => name === 'Command')?.variablesReference ?? 0;
    const rows = await children(adapter(), scope);
    const dword = await children(adapter(), rows.get('dw1')?.variablesReference ?? 0);
    assert.match(dword.get('CC Viewport Pointer')?.value ?? '', /^0x[0-9a-f]{8}$/);
    const viewport = rows.get('CC_VIEWPORT 0');
    assert.match(viewport?.value ?? '', /^ppgtt 0x[0-9a-f]+, base \+ 0x[0-9a-f]+, 8 bytes$/);
    const fields = await children(adapter(), viewport?.variablesReference ?? 0);
    assert.deepEqual([...fields.keys()], ['Minimum Depth', 'Maximum Depth']);
    assert.equal(fields.get('Maximum Depth')?.value, '1');
  });
});
