import { fault, hex } from '../core.ts';
import { translateGgtt } from '../gtt/ggtt.ts';
import { TYPE } from '../gtt/shadow/entry-types.ts';
import { useRoot } from '../gtt/shadow/shadow-roots.ts';
import { raiseDueEvents } from './command-events.ts';
import { restoreContext, saveContext, saveHead } from './context-image.ts';
import {
  advanceHead,
  type Engine,
  headOffset,
  RING,
  ringGet,
  ringSet,
  ringSize,
  tailOffset,
} from './engine.ts';
import type { Batch } from './engine-state.ts';
import { contextComplete } from './execlist.ts';
import { execute } from './execute/execute.ts';
import { isSkipped } from './execute/predicate.ts';
import { type FetchedCommand, fetchCommand } from './fetch.ts';
import { rootOf } from './gpu-memory.ts';
import { spend } from './pace.ts';
import { checkPrivilege } from './privilege.ts';
import { scanWorkload } from './scan/scan-workload.ts';

const CACHE_LINE = 64;
/** Graphics addresses have 48 bits. */
const ADDRESSES = 2 ** 48;

/** One event of an engine that can step: a context loaded or saved, or one command. */
export function stepEngine(engine: Engine): void {
  const { state } = engine;
  if (state.phase === 'restore') {
    beginContext(engine);
    return;
  }
  dropFinishedBatch(engine);
  if (state.batches.length === 0 && headOffset(engine) === tailOffset(engine)) {
    finishRing(engine);
    return;
  }
  if (isUnscanned(engine) && !scanWorkload(engine)) return;
  const command = fetchCommand(engine);
  if (command === undefined) return;
  spend(engine, command.dwords.length);
  executeOne(engine, command);
  if (state.stall === 'budget' || state.stall === 'semaphore') saveHead(engine);
}

function beginContext(engine: Engine): void {
  if (!restoreContext(engine)) return;
  const { state, core } = engine;
  pinRoot(engine);
  if (core.config.policy === 'gvt-g' && !scanWorkload(engine)) return;
  state.phase = 'run';
  state.from = headOffset(engine);
  const perContext = ringGet(engine, RING.perContextBatch);
  if ((perContext & 1) !== 0) {
    pushSetup(engine, 'per-context batch', (perContext & 0xfffff000) >>> 0, -1);
  }
  // Runs before the other: it is on top.
  const indirect = ringGet(engine, RING.indirectContext);
  const lines = indirect & 0x3f;
  const address = (indirect & 0xffffffc0) >>> 0;
  if (lines > 0) pushSetup(engine, 'indirect context', address, address + lines * CACHE_LINE);
}

/** The context's page tables are shadowed and stay so while it runs (gvt-facts §5.4). */
function pinRoot(engine: Engine): void {
  const root = rootOf(engine);
  if (root.levels === 4) useRoot(engine.core, engine.index, TYPE.rootL4, [root.pml4]);
  else useRoot(engine.core, engine.index, TYPE.rootL3, root.pdps);
}

/**
 * Batches that belong to loading a context hold workarounds. A recording whose device did not run them does not
 * show them; the context runs without them, which is said.
 */
function pushSetup(engine: Engine, kind: Batch['kind'], address: number, end: number): void {
  const { core, row, state } = engine;
  const at = translateGgtt(core, address);
  if (at !== undefined && !core.memory.fetchValue(at, 4).known) {
    const message = () => `${row.name}: ${kind} at ${hex(address)}`;
    const place = { engine: row.name, graphics: address, space: 'ggtt' } as const;
    fault(core, 'setup-batch-unknown', message, place);
    return;
  }
  state.batches.push({ kind, space: 'ggtt', start: address, address, end });
}

/** A lite restore, or a tail that moved on, has brought more work, which GVT-g looks at as a workload of its own. */
function isUnscanned(engine: Engine): boolean {
  const { core, state } = engine;
  if (core.config.policy !== 'gvt-g') return false;
  return state.batches.length === 0 && headOffset(engine) === state.scanned;
}

function dropFinishedBatch({ state }: Engine): void {
  const top = state.batches.at(-1);
  if (top !== undefined && top.end >= 0 && top.address >= top.end) state.batches.pop();
}

/** Head has reached tail. */
function finishRing(engine: Engine): void {
  const { state } = engine;
  if (state.running === null) {
    raiseDueEvents(engine);
    state.phase = 'idle';
    return;
  }
  saveContext(engine);
  contextComplete(engine);
}

/** The position moves behind the command first, so that a jump finds its return address; a stall takes it back. */
function executeOne(engine: Engine, command: FetchedCommand): void {
  const { state } = engine;
  const top = state.batches.at(-1);
  const position = top?.address ?? ringGet(engine, RING.head);
  showPosition(engine, command);
  engine.core.listener?.command?.(command.event);
  checkPrivilege(engine, command);
  if (top === undefined) advanceHead(engine, command.dwords.length * 4);
  else top.address = (top.address + command.dwords.length * 4) % ADDRESSES;
  if (!isSkipped(engine, command)) execute(engine, command);
  if (state.stall === 'none' || state.stall === 'budget') return;
  if (top === undefined) ringSet(engine, RING.head, position);
  else top.address = position;
}

function showPosition(engine: Engine, { event, dwords }: FetchedCommand): void {
  ringSet(engine, RING.acthd, event.address % 2 ** 32);
  ringSet(engine, RING.acthdUpper, Math.floor(event.address / 2 ** 32));
  ringSet(engine, RING.ipehr, dwords[0] ?? 0);
}

/** Bytes of ring between head and tail, for views. */
export function ringPending(engine: Engine): number {
  const size = ringSize(engine);
  return (tailOffset(engine) + size - headOffset(engine)) % size;
}
