import { type Core, clearAlarms, setAlarm } from '../core.ts';
import type { EnginePace } from '../vgpu-config.ts';
import { allEngines, type Engine, RING, ringGet, STOP_RING } from './engine.ts';
import type { Gate } from './engine-state.ts';

export const AT_ONCE: EnginePace = { burst: 100_000, perMillisecond: 1000 };
/** A batch that only jumps to itself is looked at this often: enough to see that it ends some day. */
const ENDLESS_PER_MILLISECOND = 8;
const MILLISECOND = 1e6;

function paceOf(core: Core): EnginePace {
  return core.config.pace ?? AT_ONCE;
}

/** Whether its next step can be taken now. */
export function canStep(engine: Engine): boolean {
  const { phase, stall } = engine.state;
  if (phase === 'idle' || stall !== 'none') return false;
  const { gate } = engine.core.state.engines;
  if (gate !== 'open' && (gate === 'closed' || phase === 'restore')) return false;
  return (ringGet(engine, RING.miMode) & STOP_RING) === 0;
}

/** New work for an engine: it may use its burst at once. */
export function giveBurst({ core, state }: Engine): void {
  state.budget = Math.max(state.budget, paceOf(core).burst);
  if (state.stall === 'budget') state.stall = 'none';
  if (state.stall === 'none' && state.budget === 0) state.stall = 'budget';
  lookForWork(core);
}

/** The host lets the vGPU's work onto the engines, or keeps it off (gvt-facts §11). */
export function setGate(core: Core, gate: Gate): void {
  if (core.state.engines.gate === gate) return;
  core.state.engines.gate = gate;
  lookForWork(core);
}

/** Recomputes whether any engine can step; where none can, those that wait for time get their alarm. */
export function lookForWork(core: Core): void {
  const engines = allEngines(core);
  core.state.engines.work = engines.some(canStep);
  if (core.state.engines.work) return;
  if (engines.some(waitsForTime)) keepTicking(core);
}

function waitsForTime({ state }: Engine): boolean {
  return state.phase !== 'idle' && (state.stall === 'budget' || state.stall === 'semaphore');
}

function keepTicking(core: Core): void {
  if (core.state.alarms.some(({ name }) => name === 'engines')) return;
  const next = (Math.floor(core.state.now / MILLISECOND) + 1) * MILLISECOND;
  setAlarm(core, 'engines', next, 0);
}

/** The alarm: a millisecond has begun. Engines that waited for it go on. */
export function onEngineTick(core: Core): void {
  clearAlarms(core, 'engines', 0);
  for (const engine of allEngines(core)) {
    if (!waitsForTime(engine)) continue;
    const { state } = engine;
    const endless = state.loop.rounds > 0 && isEndless(engine);
    state.budget = endless ? ENDLESS_PER_MILLISECOND : paceOf(core).perMillisecond;
    state.stall = 'none';
  }
  lookForWork(core);
}

/** Rounds without any effect after which a loop is taken for endless. */
const ENDLESS_ROUNDS = 8;

export function isEndless({ state }: Engine): boolean {
  return state.loop.rounds >= ENDLESS_ROUNDS;
}

/** A jump backwards. After some rounds in which nothing happened the rest of the burst is not worth executing. */
export function noteJump(engine: Engine, target: number): void {
  const { loop } = engine.state;
  if (loop.target !== target) engine.state.loop = { target, rounds: 1 };
  else loop.rounds++;
  if (loop.rounds === ENDLESS_ROUNDS) engine.state.stall = 'budget';
}

/** Something happened that others can see: what runs is no idle loop, and whoever polls a semaphore looks again. */
export function noteEffect({ core, state, index }: Engine): void {
  if (state.loop.rounds > 0) state.loop = { target: -1, rounds: 0 };
  core.state.engines.each.forEach((other, at) => {
    if (at === index || other.stall !== 'semaphore' || other.budget === 0) return;
    other.stall = 'none';
  });
}

/** More dwords than these count as several commands, and so do pixels: they take as long. */
const ITEMS_OF_ONE = 1024;

/** One command less to spend; more for a long one. `items`: dwords fetched, or pixels drawn. */
export function spend({ state }: Engine, items: number): void {
  state.budget = Math.max(0, state.budget - Math.ceil(items / ITEMS_OF_ONE));
  if (state.budget === 0 && state.stall === 'none') state.stall = 'budget';
}
