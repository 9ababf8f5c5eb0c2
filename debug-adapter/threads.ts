import { type EngineView, stallText, type TimelineSession } from '../timeline/index.ts';
import { AdapterError } from './errors.ts';
import type { EventSink } from './event-sink.ts';
import { DRIVER_THREAD } from './stopped-body.ts';

export interface Thread {
  readonly id: number;
  readonly name: string;
}

/** Frames of one thread are numbered within a block of so many ids. */
const FRAMES = 10_000;

/** The guest's driver, and each engine while it has work. */
export class Threads {
  /** Names of all engines; the thread of the first has the number behind the driver's. */
  #engines: readonly string[] = [];
  #live: ReadonlySet<number> = new Set();

  /** Those that there are now. Tells the client who has come and gone since it was asked last. */
  async refresh(session: TimelineSession, send: EventSink): Promise<readonly Thread[]> {
    const engines = await session.inspect({ kind: 'engines' });
    this.#engines = engines.map(({ name }) => name);
    const busy = engines.filter(({ phase }) => phase !== 'idle');
    const threads = busy.map((engine) => ({ id: this.idOf(engine.name), name: nameOf(engine) }));
    const live = new Set(threads.map(({ id }) => id));
    for (const threadId of this.#live) {
      if (!live.has(threadId)) send('thread', { reason: 'exited', threadId });
    }
    for (const threadId of live) {
      if (!this.#live.has(threadId)) send('thread', { reason: 'started', threadId });
    }
    this.#live = live;
    return [{ id: DRIVER_THREAD, name: 'guest driver' }, ...threads];
  }

  /** The driver's for anything that is no engine. */
  idOf(engine: string | undefined): number {
    const index = engine === undefined ? -1 : this.#engines.indexOf(engine);
    return DRIVER_THREAD + 1 + index;
  }

  /** The engine whose thread that is; undefined for the driver's. Throws AdapterError where there is no such thread. */
  engineOf(threadId: number): string | undefined {
    const engine = this.#engineAt(threadId);
    if (engine === undefined && threadId !== DRIVER_THREAD)
      throw new AdapterError('thread', `There is no thread ${threadId}.`);
    return engine;
  }

  #engineAt(threadId: number): string | undefined {
    return this.#engines[threadId - DRIVER_THREAD - 1];
  }

  frameId(threadId: number, index: number): number {
    return threadId * FRAMES + index;
  }

  /** Thread and position on its stack. */
  frameAt(frameId: number): { readonly engine: string | undefined; readonly index: number } {
    const index = frameId % FRAMES;
    return { engine: this.#engineAt((frameId - index) / FRAMES), index };
  }
}

function nameOf({ name, stall }: EngineView): string {
  return stall === 'none' ? name : `${name} (${stallText(stall)})`;
}
