import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { EngineView } from '../timeline/index.ts';
import { FakeSession } from './testing/fake-session.ts';
import { Threads } from './threads.ts';

const engine = (name: string, phase: EngineView['phase'], stall = 'none'): EngineView => ({
  name,
  phase,
  stall,
  budget: 0,
  submission: 'execlists',
  levels: [],
});

describe('threads', () => {
  const session = new FakeSession(1);
  const sent: unknown[] = [];
  const send = (event: string, body: unknown) => sent.push([event, body]);

  test('are the driver and the engines that are busy; the client hears who comes and goes', async () => {
    const threads = new Threads();
    session.engines = [engine('RCS0', 'idle'), engine('BCS0', 'run', 'semaphore')];
    assert.deepEqual(await threads.refresh(session, send), [
      { id: 1, name: 'guest driver' },
      { id: 3, name: 'BCS0 (waits for a semaphore)' },
    ]);
    session.engines = [engine('RCS0', 'restore'), engine('BCS0', 'idle')];
    await threads.refresh(session, send);
    await threads.refresh(session, send);
    assert.deepEqual(sent, [
      ['thread', { reason: 'started', threadId: 3 }],
      ['thread', { reason: 'exited', threadId: 3 }],
      ['thread', { reason: 'started', threadId: 2 }],
    ]);
  });

  test('have numbers that tell which engine they are, and so have their frames', async () => {
    const threads = new Threads();
    session.engines = [engine('RCS0', 'run'), engine('BCS0', 'run')];
    await threads.refresh(session, send);
    assert.deepEqual(
      [undefined, 'RCS0', 'BCS0', 'none'].map((name) => threads.idOf(name)),
      [1, 2, 3, 1],
    );
    assert.deepEqual(
      [1, 2, 3].map((id) => threads.threadOf(id).engine),
      [undefined, 'RCS0', 'BCS0'],
    );
    assert.throws(() => threads.threadOf(99), /There is no thread 99/);
    assert.deepEqual(threads.frameAt(threads.frameId(3, 4)), {
      engine: 'BCS0',
      guest: undefined,
      name: 'BCS0',
      index: 4,
    });
  });
});
