import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, before, describe, test } from 'node:test';
import type { AttributeRow } from '../../debug-adapter/launch/attribute-row.ts';
import { LAUNCH } from '../../debug-adapter/launch/launch-table.ts';
import { AdapterClient, sample, VS_CODE } from './adapter-client.ts';
import { currentLine, FIRST_STEPS, lineBeginning, resume, resumeBack } from './first-steps.ts';

let folder = '';
before(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'vgpu-dap-'));
});
after(() => rmSync(folder, { recursive: true }));

/** Every test has an adapter of its own, which is held to the protocol to the last message. */
async function withClient(work: (client: AdapterClient) => Promise<void>): Promise<void> {
  const client = await AdapterClient.overStreams();
  try {
    await work(client);
    await client.finish();
  } finally {
    client.kill();
  }
}

/** What the user is told that matters. */
function complaints(client: AdapterClient): readonly string[] {
  const outputs = client.eventsOf('output').map(({ body }) => body);
  return outputs.filter(({ category }) => category === 'important').map(({ output }) => output);
}

function unknown(where: string, name: string, meant: string): string {
  return `In ${where}, "${name}" is no attribute of this debugger; it is not used.${meant}\n`;
}

describe('launching', () => {
  test('stops before the first access', () =>
    withClient(async (client) => {
      const stop = await client.open(FIRST_STEPS);
      assert.equal(stop.reason, 'entry');
      assert.equal(await currentLine(client), lineBeginning('CR16 0x00'));
    }));

  test('stops before the access on a line that is asked for, or the next below', () =>
    withClient(async (client) => {
      const wanted = lineBeginning('W32 0x941c');
      const stop = await client.open(FIRST_STEPS, { stopAtLine: wanted });
      assert.equal(stop.reason, 'entry');
      assert.equal(await currentLine(client), wanted);
    }));

  test('stops before the first access where nothing follows the line', () =>
    withClient(async (client) => {
      await client.open(FIRST_STEPS, { stopAtLine: 100_000 });
      assert.equal(await currentLine(client), lineBeginning('CR16 0x00'));
    }));

  test('with stopOnEntry false runs to the end, from where one can go back', () =>
    withClient(async (client) => {
      const stop = await client.open(FIRST_STEPS, { stopOnEntry: false });
      assert.equal(stop.reason, 'pause');
      assert.match(String(stop.description), /end of the recording/);
      const back = await resumeBack(client);
      assert.match(String(back.description), /start of the recording/);
    }));

  test('takes a path relative to the working directory', () =>
    withClient(async (client) => {
      await client.open(path.relative(process.cwd(), FIRST_STEPS));
      assert.equal(await currentLine(client), lineBeginning('CR16 0x00'));
    }));

  test('without debugging runs through and ends', () =>
    withClient(async (client) => {
      await client.initializeRequest(VS_CODE);
      const terminated = client.waitForEvent('terminated');
      const exited = client.waitForEvent('exited');
      // `trace` is this debugger's own attribute, which the client's type cannot know.
      await client.send('launch', { trace: FIRST_STEPS, noDebug: true });
      await client.configurationDoneRequest();
      assert.equal((await exited).body.exitCode, 0);
      await terminated;
    }));

  test('twice in one session is refused', () =>
    withClient(async (client) => {
      await client.open(FIRST_STEPS);
      const { body } = await client.failure('launch', { trace: FIRST_STEPS });
      assert.match(String(body.error?.format), /open already/);
    }));

  test('passes over registers named in "skip", and says which patterns name none', () =>
    withClient(async (client) => {
      await client.open(FIRST_STEPS, { skip: ['0x78000-0x78fff', 'NO_SUCH_THING'] });
      const outputs = client.eventsOf('output').map(({ body }) => String(body.output));
      assert.ok(outputs.some((output) => output.includes('NO_SUCH_THING')));
      await client.stopAfter(() => client.nextRequest({ threadId: 1 }));
      assert.equal(await currentLine(client), lineBeginning('W64 ggtt[0x04000000]'));
    }));

  test('names attributes that it does not know, with the one that was probably meant', () =>
    withClient(async (client) => {
      const mistyped = { stopOnEnrty: false, interlaeve: 'time', colour: 'red' };
      const editors = { name: 'a', type: 'vgpu', request: 'launch', preLaunchTask: 'build' };
      assert.equal((await client.open(FIRST_STEPS, { ...mistyped, ...editors })).reason, 'entry');
      assert.deepEqual(complaints(client), [
        unknown('the launch configuration', 'stopOnEnrty', ' Did you mean stopOnEntry?'),
        unknown('the launch configuration', 'interlaeve', ' Did you mean interleave?'),
        unknown('the launch configuration', 'colour', ''),
      ]);
    }));

  test('names them in entries of "traces", too', () =>
    withClient(async (client) => {
      const trace = sample('two-guests-first.vgpu.gz');
      const traces = [{ trace, gloden: 'x' }, sample('two-guests-second.vgpu.gz')];
      // `open` names its trace as "trace".
      await client.open('', { trace: undefined, traces });
      const [first] = complaints(client);
      assert.equal(first, unknown('"traces"[0]', 'gloden', ' Did you mean golden?'));
    }));

  test("says nothing of attributes that are the client's own", () =>
    withClient(async (client) => {
      const ofVsCode = {
        __sessionId: 'x',
        __configurationTarget: 6,
        __restart: {},
        presentation: {},
      };
      const more = { internalConsoleOptions: 'neverOpen', postDebugTask: 'x', debugServer: 4711 };
      const last = { suppressMultipleSessionWarning: true, serverReadyAction: {}, noDebug: false };
      await client.open(FIRST_STEPS, { ...ofVsCode, ...more, ...last });
      assert.deepEqual(complaints(client), []);
    }));

  test('tells which lines of a recording are malformed, and opens the rest', () =>
    withClient(async (client) => {
      const file = path.join(folder, 'damaged.vgpu');
      writeFileSync(file, '## platform: skl\nW32 0x2030 0x40\nW32 bananas\nR32 0x2030 = 0x40\n');
      assert.equal((await client.open(file)).reason, 'entry');
      const outputs = client.eventsOf('output').map(({ body }) => String(body.output));
      assert.ok(
        outputs.some((output) => /line 3: /.test(output)),
        outputs.join(''),
      );
    }));
});

describe('a launch that cannot succeed says why:', () => {
  const refused = async (launch: object, sentence: RegExp) =>
    withClient(async (client) => {
      await client.initializeRequest(VS_CODE);
      client.checkRequests = false;
      const { body } = await client.failure('launch', launch);
      assert.match(String(body.error?.format), sentence);
    });

  test('there is no such file', () =>
    refused({ trace: '/no/such/boot.vgpu' }, /There is no file .*boot\.vgpu/));

  test('the path leads to a folder', () => refused({ trace: tmpdir() }, /is a folder/));

  test('the file is empty', () => {
    const file = path.join(folder, 'empty.vgpu');
    writeFileSync(file, '');
    return refused({ trace: file }, /empty\.vgpu is empty/);
  });

  test('the format is not known', () => {
    const file = path.join(folder, 'letter.txt');
    writeFileSync(file, 'Dear reader,\nthis is no recording.\n');
    return refused({ trace: file }, /letter\.txt.*known format.*Known formats/);
  });

  test('the packed file is damaged', () => {
    const file = path.join(folder, 'broken.vgpu.gz');
    writeFileSync(file, Uint8Array.from([0x1f, 0x8b, 8, 0, 1, 2, 3, 4, 5, 6, 7, 8]));
    return refused({ trace: file }, /broken\.vgpu\.gz cannot be read/);
  });

  test('the platform is not emulated', () => {
    const file = path.join(folder, 'other.vgpu');
    writeFileSync(file, '## platform: voodoo2\nW32 0x2030 0x40\n');
    return refused({ trace: file }, /"voodoo2"; emulated are: /);
  });

  test('an attribute is of the wrong kind, whichever it is; and then the right one is taken', () =>
    withClient(async (client) => {
      await client.initializeRequest(VS_CODE);
      client.checkRequests = false;
      const attributes = Object.values<AttributeRow<unknown>>(LAUNCH);
      assert.ok(attributes.length > 10);
      for (const { name, kind } of attributes) {
        const given = name === 'trace' ? {} : { trace: FIRST_STEPS };
        const { body } = await client.failure('launch', { ...given, [name]: { no: 'value' } });
        const sentence = `In the launch configuration, "${name}" must be ${kind.must}, not {"no":"value"}.`;
        assert.equal(body.error?.format, sentence);
        assert.equal(body.error?.showUser, true);
      }
      assert.equal((await client.open(FIRST_STEPS, { skip: [] })).reason, 'entry');
    }));

  test('the trace is not named', () => refused({}, /needs "trace"/));

  test('one would attach to something that runs', () =>
    withClient(async (client) => {
      await client.initializeRequest(VS_CODE);
      const { body } = await client.failure('attach', { name: 'a device' });
      assert.match(String(body.error?.format), /use "request": "launch" with "trace"/);
      assert.equal(body.error?.showUser, true);
    }));

  test('and another launch may follow', () =>
    withClient(async (client) => {
      await client.initializeRequest(VS_CODE);
      await client.failure('launch', { trace: '/no/such/file' });
      assert.equal((await client.open(FIRST_STEPS)).reason, 'entry');
    }));
});

describe('a session', () => {
  test('answers requests that it does not know, or that come too early', () =>
    withClient(async (client) => {
      client.checkRequests = false;
      const unknown = await client.failure('brewTea', { strength: 3 });
      assert.match(String(unknown.body.error?.format), /'brewTea' is not one/);
      const early = await client.failure('stackTrace', { threadId: 1 });
      assert.match(String(early.body.error?.format), /'launch' must come first/);
      await client.open(FIRST_STEPS);
    }));

  test('restarts at the first access', () =>
    withClient(async (client) => {
      await client.open(FIRST_STEPS);
      await resume(client);
      const stop = await client.stopAfter(() => client.restartRequest({}));
      assert.equal(stop.reason, 'entry');
      assert.equal(await currentLine(client), lineBeginning('CR16 0x00'));
    }));

  test('names an attribute that was mistyped for the restart', () =>
    withClient(async (client) => {
      await client.open(FIRST_STEPS);
      const launch = { trace: FIRST_STEPS, stopOnEntry: true, skipp: [] };
      await client.stopAfter(() => client.send('restart', { arguments: launch }));
      assert.deepEqual(complaints(client), [
        unknown('the launch configuration', 'skipp', ' Did you mean skip?'),
      ]);
    }));

  test('does not restart with another recording', () =>
    withClient(async (client) => {
      await client.open(FIRST_STEPS);
      const launch = { trace: sample('skl-probe-gem-unload.vgpu.gz') };
      const { body } = await client.failure('restart', { arguments: launch });
      assert.match(String(body.error?.format), /start a new session/);
    }));

  test('ends with terminate', () =>
    withClient(async (client) => {
      await client.open(FIRST_STEPS);
      const terminated = client.waitForEvent('terminated');
      await client.terminateRequest({});
      await terminated;
    }));

  test('reports lines and columns as the client counts them', () =>
    withClient(async (client) => {
      const facts = { ...VS_CODE, linesStartAt1: false, columnsStartAt1: false };
      await client.open(FIRST_STEPS, {}, async () => {}, facts);
      assert.equal(await currentLine(client), lineBeginning('CR16 0x00') - 1);
    }));
});
