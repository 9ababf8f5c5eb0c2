import {
  type EngineView,
  type GuestSummary,
  stallText,
  type TimelineSession,
} from '../timeline/index.ts';
import { AdapterError } from './errors.ts';
import type { EventSink } from './event-sink.ts';
import { DRIVER_THREAD } from './stopped-body.ts';

export interface Thread {
  readonly id: number;
  readonly name: string;
}

/** What a thread is. */
export interface ThreadFacts {
  /** Undefined for a driver's. */
  readonly engine: string | undefined;
  /** Number of its guest; undefined where there is one only. */
  readonly guest: number | undefined;
  /** As a session calls it; undefined for the driver where there is one guest only. */
  readonly name: string | undefined;
}

/** Frames of one thread are numbered within a block of so many ids. */
const FRAMES = 10_000;

/** Each guest's driver, and each engine while it has work. */
export class Threads {
  /** Of several; empty where there is one. */
  #guests: readonly GuestSummary[] = [];
  /** Names of all engines; the thread of the first has the number behind the drivers'. */
  #engines: readonly string[] = [];
  #live: ReadonlySet<number> = new Set();

  /** Those that there are now. Tells the client who has come and gone since it was asked last. */
  async refresh(session: TimelineSession, send: EventSink): Promise<readonly Thread[]> {
    const engines = await session.inspect({ kind: 'engines' });
    this.#guests = session.summary.guests;
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
    return [...this.#drivers(), ...threads];
  }

  /** The driver's for anything that is no engine: with several guests, that of `guest`. */
  idOf(engine: string | undefined, guest = 0): number {
    const index = engine === undefined ? -1 : this.#engines.indexOf(engine);
    return index < 0 ? DRIVER_THREAD + guest : this.#firstEngine + index;
  }

  /** Throws AdapterError where there is no such thread. */
  threadOf(threadId: number): ThreadFacts {
    const facts = this.#factsOf(threadId);
    if (facts === undefined) throw new AdapterError('thread', `There is no thread ${threadId}.`);
    return facts;
  }

  frameId(threadId: number, index: number): number {
    return threadId * FRAMES + index;
  }

  /** Thread and position on its stack; the first driver's for what is no frame. */
  frameAt(frameId: number): ThreadFacts & { readonly index: number } {
    const index = frameId % FRAMES;
    const facts = this.#factsOf((frameId - index) / FRAMES) ?? this.#factsOf(DRIVER_THREAD);
    return { ...(facts ?? ONLY_DRIVER), index };
  }

  #drivers(): readonly Thread[] {
    if (this.#guests.length === 0) return [{ id: DRIVER_THREAD, name: 'guest driver' }];
    return this.#guests.map(({ name, trace }, guest) => ({
      id: DRIVER_THREAD + guest,
      name: `${name} driver, ${trace}`,
    }));
  }

  get #firstEngine(): number {
    return DRIVER_THREAD + Math.max(1, this.#guests.length);
  }

  #factsOf(threadId: number): ThreadFacts | undefined {
    const engine = this.#engines[threadId - this.#firstEngine];
    if (engine !== undefined) {
      const guest = this.#guests.findIndex(({ name }) => engine.startsWith(`${name}.`));
      return { engine, guest: guest < 0 ? undefined : guest, name: engine };
    }
    const guest = threadId - DRIVER_THREAD;
    const name = this.#guests[guest]?.name;
    if (name !== undefined) return { engine: undefined, guest, name };
    return threadId === DRIVER_THREAD ? ONLY_DRIVER : undefined;
  }
}

const ONLY_DRIVER: ThreadFacts = { engine: undefined, guest: undefined, name: undefined };

function nameOf({ name, stall }: EngineView): string {
  return stall === 'none' ? name : `${name} (${stallText(stall)})`;
}
