import { fault } from '../core.ts';
import { leaveRoot } from '../gtt/shadow/shadow-roots.ts';
import { raiseDueEvents } from './command-events.ts';
import { CSB, raiseContextSwitch, writeStatusEntry } from './csb.ts';
import { decodeDescriptor, isSameContext } from './descriptor.ts';
import { type Engine, RING, ringSet } from './engine.ts';
import type { ContextPair, Descriptor } from './engine-state.ts';
import { rereadTail } from './lite-restore.ts';
import { giveBurst } from './pace.ts';

/**
 * A pair of contexts was submitted (gvt-facts §6.5): it runs at once where nothing does, goes on as a lite restore
 * where its first context is the one that runs last, and else waits for the running pair. There are two slots.
 */
export function scheduleIn(engine: Engine, elements: readonly Descriptor[]): void {
  const { state } = engine;
  const [first] = elements;
  const { running } = state;
  if (first === undefined) return;
  if (state.pending !== null) {
    lose(engine);
    return;
  }
  if (running === null) {
    start(engine, { elements, current: 0, slot: 0 });
    raiseContextSwitch(engine);
  } else if (isLiteRestore(running, first)) {
    state.running = { elements, current: 0, slot: running.slot };
    const { contextId } = decodeDescriptor(first);
    writeStatusEntry(engine, CSB.liteRestore | CSB.preempted, contextId);
    rereadTail(engine, first);
    raiseContextSwitch(engine);
    giveBurst(engine);
  } else {
    state.pending = { elements, current: 0, slot: running.slot === 0 ? 1 : 0 };
  }
  showStatus(engine);
}

/** Of an engine that waits for what the recording lacks it is not known whether the slots would be taken. */
function lose({ state, core, row }: Engine): void {
  const unknown = state.stall === 'memory unknown';
  const check = unknown ? 'memory-unknown' : 'elsp-full';
  const why = unknown ? ' while the engine waits for memory that is not recorded' : '';
  const message = () => `${row.name}: both slots are taken${why}, the submission is lost`;
  fault(core, check, message, { engine: row.name, register: row.base + RING.elsp });
}

function isLiteRestore(running: ContextPair, first: Descriptor): boolean {
  const present = running.elements[running.current];
  const last = running.current === running.elements.length - 1;
  return last && present !== undefined && isSameContext(present, first);
}

/** The engine has been idle and gets a pair. */
function start(engine: Engine, pair: ContextPair): void {
  const { state } = engine;
  writeStatusEntry(engine, CSB.idleToActive, 0);
  state.running = pair;
  switchIn(engine);
}

/** The running pair's present context is to be loaded. */
function switchIn(engine: Engine): void {
  const { state } = engine;
  state.phase = 'restore';
  state.stall = 'none';
  state.batches = [];
  state.setPredicate = 0;
  state.loop = { target: -1, rounds: 0 };
  state.since = engine.core.state.now;
  giveBurst(engine);
}

/** The present context has executed all there was in its ring, and has been saved. */
export function contextComplete(engine: Engine): void {
  const { state } = engine;
  const { running } = state;
  const done = running?.elements[running.current];
  if (running === null || done === undefined) return;
  raiseDueEvents(engine);
  const { contextId } = decodeDescriptor(done);
  if (running.current + 1 < running.elements.length) {
    writeStatusEntry(engine, CSB.contextComplete | CSB.elementSwitch, contextId);
    running.current++;
    switchIn(engine);
  } else {
    writeStatusEntry(engine, CSB.contextComplete | CSB.activeToIdle, contextId);
    goIdle(engine);
    const next = state.pending;
    state.pending = null;
    // The interrupt is raised only after the second entry where a pair waited.
    if (next !== null) start(engine, next);
  }
  showStatus(engine);
  raiseContextSwitch(engine);
}

function goIdle({ core, index, state }: Engine): void {
  leaveRoot(core, index);
  state.running = null;
  state.phase = 'idle';
  state.stall = 'none';
  state.batches = [];
}

/** Queued work and what runs are gone, as by an engine reset (gvt-facts §6.6). */
export function dropWork(engine: Engine): void {
  const { state } = engine;
  goIdle(engine);
  state.pending = null;
  state.port.written = 0;
  state.port.last = [];
  state.budget = 0;
  state.setPredicate = 0;
  state.eventsDue = [];
  state.loop = { target: -1, rounds: 0 };
  ringSet(engine, RING.csbPointer, 7);
  ringSet(engine, RING.execlistStatus, 0);
  ringSet(engine, RING.execlistStatusUpper, 0);
}

const WRITE_POINTER = 1 << 1;

/** EXECLIST_STATUS says which slot runs, which are taken, and whose turn it is (gvt-facts §6.4). */
function showStatus(engine: Engine): void {
  const { running, pending } = engine.state;
  const descriptor = running?.elements[running.current];
  if (running === null || descriptor === undefined) {
    // Slot 0 was the last to run: the next pair goes to slot 1 (seen of an idle vGPU's registers in kvmgt).
    ringSet(engine, RING.execlistStatus, engine.state.port.count > 0 ? WRITE_POINTER : 0);
    ringSet(engine, RING.execlistStatusUpper, 0);
    return;
  }
  const { slot, current } = running;
  const slotBits = slot === 0 ? (1 << 4) | (1 << 18) : (1 << 3) | (1 << 17);
  const pendingBits = pending === null ? 0 : (1 << 2) | (pending.slot === 0 ? 1 << 4 : 1 << 3);
  const pointers = slot | ((slot === 0 ? 1 : 0) << 1);
  ringSet(
    engine,
    RING.execlistStatus,
    slotBits | pendingBits | pointers | ((current + 1) << 14) | (1 << 16),
  );
  ringSet(engine, RING.execlistStatusUpper, decodeDescriptor(descriptor).contextId);
}
