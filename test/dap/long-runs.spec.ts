import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { describe, test } from 'node:test';
import { ADAPTER, AdapterClient, sample, VS_CODE } from './adapter-client.ts';
import { FIRST_STEPS, resume } from './first-steps.ts';
import { sharedClient } from './stdio-session.ts';

/** 1.6 million records. */
const LONG = sample('skl-modeset-fbcon-gem.vgpu.gz');

/** True nowhere, but has to be looked at for every access. */
const NEVER = [{ name: '0x0-0xffffff', condition: 'value == 0x12345678 && old == 0x87654321' }];

describe('a long run', () => {
  const adapter = sharedClient((client) => client.open(LONG));
  const toStart = async () => {
    await adapter().setFunctionBreakpointsRequest({ breakpoints: NEVER });
    await adapter().stopAfter(() => adapter().restartRequest({}));
  };

  test('can be paused, and looked into while it goes on', async () => {
    await toStart();
    const stopped = adapter().waitForEvent('stopped');
    await adapter().continueRequest({ threadId: 1 });
    const seen = await adapter().evaluateRequest({
      expression: 'RCS0.RING_TAIL',
      context: 'watch',
    });
    assert.ok(seen.body.result.length > 0);
    await adapter().pauseRequest({ threadId: 1 });
    const { body } = await stopped;
    assert.equal(body.reason, 'pause');
    // Not where it would have come to its end by itself.
    assert.equal(body.description, 'Paused');
  });

  test('is cancelled by its progress display', async () => {
    await toStart();
    const started = adapter().waitForEvent('progressStart');
    const stopped = adapter().waitForEvent('stopped');
    await adapter().continueRequest({ threadId: 1 });
    const { progressId } = (await started).body;
    await adapter().customRequest('cancel', { progressId });
    assert.equal((await stopped).body.description, 'Paused');
  });

  test('backwards can be cancelled, too', async () => {
    await toStart();
    await adapter().stopAfter(() =>
      adapter()
        .setFunctionBreakpointsRequest({ breakpoints: [] })
        .then(() => resumeOnly()),
    );
    await adapter().setFunctionBreakpointsRequest({ breakpoints: NEVER });
    const stopped = adapter().waitForEvent('stopped');
    await adapter().reverseContinueRequest({ threadId: 1 });
    await adapter().customRequest('cancel', { requestId: adapter().lastRequest });
    assert.equal((await stopped).body.reason, 'pause');
  });

  test('takes new breakpoints on the way', async () => {
    await toStart();
    const stopped = adapter().waitForEvent('stopped');
    await adapter().continueRequest({ threadId: 1 });
    await adapter().setFunctionBreakpointsRequest({ breakpoints: [{ name: 'RCS0.ELSP' }] });
    assert.equal((await stopped).body.reason, 'function breakpoint');
  });

  const resumeOnly = () => adapter().continueRequest({ threadId: 1 });
});

describe('a client may leave', () => {
  async function leaving(
    getThere: (client: AdapterClient) => Promise<unknown>,
    leave: (client: AdapterClient) => Promise<unknown>,
  ): Promise<void> {
    const client = await AdapterClient.overStreams();
    try {
      await getThere(client);
      await leave(client);
      assert.equal(await client.ended, 0);
      client.assertProtocol();
    } finally {
      client.kill();
    }
  }

  const disconnect = (client: AdapterClient) => client.disconnectRequest({});
  const hangUp = async (client: AdapterClient) => client.hangUp();
  const ways = [
    ['with disconnect', disconnect],
    ['without a word', hangUp],
  ] as const;

  for (const [how, leave] of ways) {
    test(`${how} before it has said anything`, () => leaving(async () => {}, leave));

    test(`${how} after initialize`, () =>
      leaving((client) => client.initializeRequest(VS_CODE), leave));

    test(`${how} while the recording is being read`, () =>
      leaving(async (client) => {
        await client.initializeRequest(VS_CODE);
        // It will be answered as cancelled, or not at all.
        client.send('launch', { trace: LONG }).catch(() => {});
      }, leave));

    test(`${how} at a stop`, () => leaving((client) => client.open(FIRST_STEPS), leave));

    test(`${how} in the middle of a run`, () =>
      leaving(async (client) => {
        await client.open(LONG);
        await client.setFunctionBreakpointsRequest({ breakpoints: NEVER });
        await client.continueRequest({ threadId: 1 });
      }, leave));
  }
});

test('reading a recording can be cancelled', async () => {
  const client = await AdapterClient.overStreams();
  try {
    await client.initializeRequest(VS_CODE);
    const started = client.waitForEvent('progressStart');
    const launch = client.send('launch', { trace: LONG });
    const { progressId } = (await started).body;
    const cancelled = assert.rejects(launch, /cancelled/);
    await client.customRequest('cancel', { progressId });
    await cancelled;
    await client.finish();
  } finally {
    client.kill();
  }
});

describe('on a port', () => {
  test('several clients are served, at once and one after another', async () => {
    const server = spawn(process.execPath, [ADAPTER, '--port', '0'], {
      stdio: ['ignore', 'ignore', 'pipe'],
    });
    try {
      const [line] = await firstLine(server.stderr);
      const port = Number(/127\.0\.0\.1:(\d+)/.exec(line)?.[1]);
      const one = await AdapterClient.overSocket(port);
      const other = await AdapterClient.overSocket(port);
      await Promise.all([one.open(FIRST_STEPS), other.open(FIRST_STEPS)]);
      await resume(one);
      await one.finish();
      await resume(other);
      other.hangUp();
      const third = await AdapterClient.overSocket(port);
      await third.open(FIRST_STEPS);
      await third.finish();
    } finally {
      server.kill();
    }
  });

  test('a wrong number is refused with the usage', async () => {
    const child = spawn(process.execPath, [ADAPTER, '--port', 'many'], {
      stdio: ['ignore', 'ignore', 'pipe'],
    });
    const [line] = await firstLine(child.stderr);
    assert.match(line, /--port N/);
    assert.equal(await new Promise((resolve) => child.once('exit', resolve)), 2);
  });
});

async function firstLine(stream: NodeJS.ReadableStream): Promise<[string]> {
  for await (const line of createInterface({ input: stream })) return [line];
  throw new Error('the adapter ended without a word');
}
