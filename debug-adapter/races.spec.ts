import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { fakeProgram } from './testing/fake-program.ts';
import { InMemoryClient } from './testing/in-memory-client.ts';

/** A recording that no run gets to the end of while a test lasts. */
const ENDLESS = 1e12;

async function runnable() {
  const program = fakeProgram(ENDLESS);
  const client = new InMemoryClient(async () => program);
  await client.start();
  return { client, ...program };
}

describe('a pause', () => {
  for (const command of ['continue', 'restart']) {
    test(`that is sent in one go with ${command} is not lost`, async () => {
      const program = fakeProgram(ENDLESS);
      const client = new InMemoryClient(async () => program);
      await client.start();
      // After a restart the recording runs by itself.
      const launch = { trace: 'fake', stopOnEntry: false };
      const args = command === 'restart' ? { arguments: launch } : { threadId: 1 };
      const stopped = client.next('stopped');
      const answers = [client.request(command, args), client.request('pause', { threadId: 1 })];
      for (const { success } of await Promise.all(answers)) assert.equal(success, true);
      assert.equal((await stopped).body.reason, 'pause');
    });
  }

  test('pauses nothing that is begun after it', async () => {
    const { client, session } = await runnable();
    await client.request('pause', { threadId: 1 });
    await client.request('setFunctionBreakpoints', { breakpoints: [{ name: 'FAKE.FIRST' }] });
    const stopped = client.next('stopped');
    await client.request('continue', { threadId: 1 });
    assert.equal((await stopped).body.reason, 'function breakpoint');
    assert.equal(session.position.record, 2);
  });
});

describe('a restart', () => {
  test('that is refused lets the run go on', async () => {
    const { client } = await runnable();
    await client.request('continue', { threadId: 1 });
    const refused = await client.request('restart', { arguments: { trace: 'another' } });
    assert.equal(refused.success, false);
    const again = await client.request('continue', { threadId: 1 });
    assert.match(String(again.message), /is being run/);
    const stopped = client.next('stopped');
    await client.request('pause', { threadId: 1 });
    assert.equal((await stopped).body.reason, 'pause');
  });
});
