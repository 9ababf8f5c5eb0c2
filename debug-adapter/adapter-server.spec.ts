import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { fakeProgram } from './testing/fake-program.ts';
import { InMemoryClient } from './testing/in-memory-client.ts';

/** A recording that no run gets to the end of while a test lasts. */
const ENDLESS = 1e12;

function clientOf(records = 100) {
  const program = fakeProgram(records);
  return { client: new InMemoryClient(async () => program), ...program };
}

describe('the adapter server', () => {
  test('answers a request that it does not know with a sentence', async () => {
    const { client } = clientOf();
    const response = await client.request('makeCoffee');
    assert.equal(response.success, false);
    assert.match(String(response.message), /'makeCoffee' is not one that vgpu-debug serves/);
  });

  test('does not take names of object members for requests', async () => {
    const { client } = clientOf();
    for (const name of ['constructor', 'toString', '__proto__']) {
      assert.equal((await client.request(name)).success, false);
    }
  });

  test('answers every request before a recording is open', async () => {
    const { client } = clientOf();
    const commands = {
      continue: {},
      stackTrace: { threadId: 1 },
      scopes: { frameId: 1 },
      evaluate: { expression: '1' },
      setBreakpoints: { source: { path: '/x' } },
      readMemory: { memoryReference: 'mmio:0x0', count: 4 },
      configurationDone: {},
    };
    for (const [command, args] of Object.entries(commands)) {
      const response = await client.request(command, args);
      assert.equal(response.success, false, command);
      assert.match(String(response.message), /'launch' must come first/);
    }
  });

  test('says which argument is missing', async () => {
    const { client } = clientOf();
    await client.start();
    const response = await client.request('evaluate', {});
    assert.equal(response.success, false);
    assert.match(String(response.message), /'evaluate' needs the argument 'expression' \(string\)/);
  });

  test('answers with the reason where a handler throws what nobody foresaw', async () => {
    const { client } = clientOf();
    await client.start();
    const response = await client.request('evaluate', {
      expression: 'walk 0x1000',
      context: 'repl',
    });
    assert.equal(response.success, false);
    assert.match(String(response.message), /the fake device has no page tables/);
    assert.equal(response.body.error.showUser, true);
  });

  test('does requests in order, also where they are sent in one go', async () => {
    const { client, session } = clientOf();
    const stopped = client.next('stopped');
    const answers = await Promise.all([
      client.request('initialize', { adapterID: 'vgpu' }),
      client.request('launch', { trace: 'fake', stopOnEntry: false }),
      client.request('setFunctionBreakpoints', { breakpoints: [{ name: 'FAKE.SECOND' }] }),
      client.request('configurationDone'),
    ]);
    assert.deepEqual(
      answers.map(({ success }) => success),
      [true, true, true, true],
    );
    assert.equal((await stopped).body.reason, 'function breakpoint');
    assert.equal(session.position.record, 1);
  });
});

describe('a long run', () => {
  test('can be paused', async () => {
    const { client } = clientOf(ENDLESS);
    await client.start();
    await client.request('continue', { threadId: 1 });
    const stopped = client.next('stopped');
    assert.equal((await client.request('pause', { threadId: 1 })).success, true);
    assert.equal((await stopped).body.reason, 'pause');
  });

  test('is paused by cancelling the request that began it', async () => {
    const { client } = clientOf(ENDLESS);
    await client.start();
    await client.request('continue', { threadId: 1 });
    const stopped = client.next('stopped');
    await client.request('cancel', { requestId: client.lastRequest });
    assert.equal((await stopped).body.reason, 'pause');
  });

  test('shows progress, whose button pauses it', async () => {
    const { client } = clientOf(ENDLESS);
    await client.start({}, { supportsProgressReporting: true });
    const started = client.next('progressStart');
    const ended = client.next('progressEnd');
    await client.request('continue', { threadId: 1 });
    const { progressId, cancellable } = (await started).body;
    assert.equal(cancellable, true);
    const stopped = client.next('stopped');
    await client.request('cancel', { progressId });
    assert.equal((await stopped).body.reason, 'pause');
    assert.equal((await ended).body.progressId, progressId);
  });

  test('lets the device be looked into meanwhile', async () => {
    const { client } = clientOf(ENDLESS);
    await client.start();
    await client.request('continue', { threadId: 1 });
    const response = await client.request('evaluate', { expression: 'hash', context: 'repl' });
    assert.match(response.body.result, /^hash of \d+$/);
    await client.request('pause', { threadId: 1 });
  });

  test('refuses a second run with a sentence', async () => {
    const { client } = clientOf(ENDLESS);
    await client.start();
    await client.request('continue', { threadId: 1 });
    for (const command of ['continue', 'next', 'stepBack', 'goto']) {
      const response = await client.request(command, { threadId: 1, targetId: 1 });
      assert.match(String(response.message), /is being run; pause it first/, command);
    }
    await client.request('pause', { threadId: 1 });
  });

  test('is ended by disconnect, which closes the session', async () => {
    const { client, session } = clientOf(ENDLESS);
    await client.start();
    await client.request('continue', { threadId: 1 });
    const left = new Promise((resolve) => client.server.once('left', resolve));
    assert.equal((await client.request('disconnect')).success, true);
    await left;
    assert.equal(session.closed, true);
  });

  test('starts again after a restart', async () => {
    const { client, session } = clientOf(ENDLESS);
    await client.start();
    await client.request('continue', { threadId: 1 });
    const stopped = client.next('stopped');
    assert.equal((await client.request('restart', {})).success, true);
    assert.equal((await stopped).body.reason, 'entry');
    assert.equal(session.position.record, 0);
  });
});

describe('cancelling', () => {
  test('answers a long inspection as cancelled at once', async () => {
    const { client } = clientOf();
    await client.start();
    const expression = 'last-writer FAKE.FIRST';
    const answer = client.request('evaluate', { expression, context: 'repl' });
    await client.request('cancel', { requestId: client.lastRequest });
    const response = await answer;
    assert.equal(response.success, false);
    assert.equal(response.message, 'cancelled');
  });

  test('also a request that still waits for its turn', async () => {
    const { client } = clientOf();
    await client.start();
    const first = client.request('evaluate', {
      expression: 'last-writer FAKE.FIRST',
      context: 'repl',
    });
    const firstId = client.lastRequest;
    const second = client.request('evaluate', { expression: '1' });
    await client.request('cancel', { requestId: client.lastRequest });
    await client.request('cancel', { requestId: firstId });
    assert.equal((await first).message, 'cancelled');
    assert.equal((await second).message, 'cancelled');
  });

  test('of a request that is long done changes nothing', async () => {
    const { client } = clientOf();
    await client.start();
    assert.equal((await client.request('cancel', { requestId: 1 })).success, true);
    assert.equal((await client.request('cancel', { progressId: 'none' })).success, true);
  });
});
