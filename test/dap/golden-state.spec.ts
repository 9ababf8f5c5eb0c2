import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, describe, test } from 'node:test';
import { gzipSync } from 'node:zlib';
import { AdapterClient, sample, VS_CODE } from './adapter-client.ts';
import { evaluate, FIRST_STEPS, resume } from './first-steps.ts';

const folder = mkdtempSync(path.join(tmpdir(), 'vgpu-golden-'));
after(() => rmSync(folder, { recursive: true }));

function file(name: string, contents: string | Uint8Array): string {
  const at = path.join(folder, name);
  writeFileSync(at, contents);
  return at;
}

/** RCS0.RING_HWSTAM as a host had it. */
const HOST = file('intel_reg', 'HWSTAM (0x00002098): 0x00000123\n');
const TRACE = file(
  'boot.vgpu',
  'W32 RCS0.RING_HWSTAM 1\nW32 0x941c 1\nR32 RCS0.RING_HWSTAM = 0x123\n',
);

async function withClient(work: (client: AdapterClient) => Promise<void>): Promise<void> {
  const client = await AdapterClient.overStreams();
  try {
    await work(client);
    await client.finish();
  } finally {
    client.kill();
  }
}

const hwstam = (client: AdapterClient) => evaluate(client, 'RCS0.RING_HWSTAM', 'watch');

describe('a session with the registers of its host', () => {
  test('starts from them, goes back to them by a reset, and in time', () =>
    withClient(async (client) => {
      await client.open(TRACE, { golden: HOST });
      assert.match(await hwstam(client), /0x00000123/);
      await client.stopAfter(() => client.nextRequest({ threadId: 1 }));
      assert.match(await hwstam(client), /0x00000001/);
      await client.stopAfter(() => client.nextRequest({ threadId: 1 }));
      assert.match(await hwstam(client), /0x00000123/);
      await client.stopAfter(() => client.stepBackRequest({ threadId: 1 }));
      assert.match(await hwstam(client), /0x00000001/);
      await resume(client);
      assert.match(await hwstam(client), /0x00000123/);
    }));

  test('takes packed files, and says which of their lines it does not understand', () =>
    withClient(async (client) => {
      const packed = file('host.gz', gzipSync('(0x00002098): 0x00000123\nnonsense\n'));
      await client.open(TRACE, { golden: packed });
      assert.match(await hwstam(client), /0x00000123/);
      const outputs = client.eventsOf('output').map(({ body }) => String(body.output));
      assert.ok(
        outputs.some((output) => /^host\.gz: line 2: /.test(output)),
        outputs.join(''),
      );
    }));

  test('keeps them where it is restarted; others need a new session', () =>
    withClient(async (client) => {
      await client.open(TRACE, { golden: HOST });
      const args = { arguments: { trace: TRACE, golden: `${HOST}2` } };
      const { body } = await client.failure('restart', args);
      assert.match(String(body.error?.format), /to use another "golden", start a new session/);
    }));

  test('on a host gives each guest its own, or all the same', async () => {
    const other = file('other', '(0x00002098): 0x00000456\n');
    const traces = ['two-guests-first.vgpu.gz', 'two-guests-second.vgpu.gz'].map(sample);
    const values = async (launch: object) => {
      const found: string[] = [];
      await withClient(async (client) => {
        await client.initializeRequest(VS_CODE);
        client.checkRequests = false;
        const ready = client.waitForEvent('initialized', 120_000);
        await Promise.all([ready, client.send('launch', launch)]);
        await client.stopAfter(() => client.configurationDoneRequest());
        for (const threadId of [1, 2]) {
          const frame = (await client.stackTraceRequest({ threadId })).body.stackFrames[0];
          const args = {
            expression: 'RCS0.RING_HWSTAM',
            context: 'watch',
            frameId: frame?.id ?? 0,
          };
          found.push((await client.evaluateRequest(args)).body.result.split(' ')[0] ?? '');
        }
      });
      return found;
    };
    const [first, second] = traces;
    assert.deepEqual(await values({ traces, golden: HOST }), ['0x00000123', '0x00000123']);
    assert.deepEqual(
      await values({ traces: [first, { trace: second, golden: other }], golden: HOST }),
      ['0x00000123', '0x00000456'],
    );
  });
});

describe('a golden state that cannot be is refused:', () => {
  const refused = (launch: object, sentence: RegExp) =>
    withClient(async (client) => {
      await client.initializeRequest(VS_CODE);
      client.checkRequests = false;
      const { body } = await client.failure('launch', launch);
      assert.match(String(body.error?.format), sentence);
    });

  test('there is no such file', () =>
    refused({ trace: TRACE, golden: '/no/such/state' }, /There is no file \/no\/such\/state/));

  test('it is a folder', () =>
    refused({ trace: TRACE, golden: folder }, /is a folder; "golden" must be a file/));

  test('it has no registers', () =>
    refused({ trace: TRACE, golden: FIRST_STEPS }, /"golden": .* lists no registers of a host/));

  test('it is of another GPU', () => {
    const kabyLake = file('kbl.vgpu', '## platform: kbl\nW32 0x2030 0x40\n');
    const golden = sample('skl_hang.error_state.txt');
    return refused({ trace: kabyLake, golden }, /golden state .* is of skl 8086:1912.*of kbl/);
  });

  test('the device is no emulated vGPU', () =>
    refused({ trace: sample('radeon.mmiotrace.gz'), golden: HOST }, /only the emulated vGPU/));

  test('there is a dump and nothing to run', () =>
    refused({ trace: sample('skl_hang.error_state.txt'), golden: HOST }, /shows one moment/));
});
