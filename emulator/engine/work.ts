import type { Core } from '../core.ts';
import type { WorkBrief, WorkView } from '../device-model.ts';
import { decodeDescriptor } from './descriptor.ts';
import { type Engine, engineAt, headOffset, tailOffset } from './engine.ts';
import type { GpuSpace } from './engine-state.ts';
import { nextPlace, openBatches } from './fetch.ts';
import { canStep, lookForWork } from './pace.ts';
import { peekCommand, peekCommandRow } from './peek-command.ts';
import { stepEngine } from './streamer.ts';

/** One event of work, of the engine whose turn it is. */
export function stepWork(core: Core): void {
  const engine = nextEngine(core);
  if (engine !== undefined) {
    core.state.engines.turn = engine.index;
    stepEngine(engine);
    // Mostly it goes on; only where it does not, the others are asked.
    if (canStep(engine)) return;
  }
  lookForWork(core);
}

/** All that engines can do at the present device time; their budgets bound it. */
export function runWork(core: Core): void {
  while (core.state.engines.work) stepWork(core);
}

/** What the next step will be, in brief. */
export function nextWork(core: Core): WorkBrief | undefined {
  const engine = nextEngine(core);
  if (engine === undefined) return undefined;
  const { state, row } = engine;
  const depth = openBatches(state).length;
  const brief = { engine: row.name, depth };
  if (state.phase === 'restore') return { ...brief, kind: 'restore' };
  if (depth === 0 && headOffset(engine) === tailOffset(engine)) {
    return { ...brief, kind: state.running === null ? 'idle' : 'save' };
  }
  const name = peekCommandRow(engine)?.name;
  const { space, address } = nextPlace(engine);
  const command = {
    ...brief,
    kind: 'command',
    space,
    address,
    ...contextOf(engine, space),
  } as const;
  return name === undefined ? command : { ...command, name };
}

/** What the next step will be; nothing changes. */
export function viewWork(core: Core): WorkView | undefined {
  const brief = nextWork(core);
  const engine = nextEngine(core);
  if (brief?.kind !== 'command' || engine === undefined) return brief;
  const command = peekCommand(engine);
  return command === undefined ? brief : { ...brief, command };
}

/** Whose PPGTT a place is in. */
function contextOf({ state: { running } }: Engine, space: GpuSpace): { context?: number } {
  const descriptor = space === 'ppgtt' ? running?.elements[running.current] : undefined;
  return descriptor === undefined ? {} : { context: decodeDescriptor(descriptor).lrca };
}

/** They take turns, command by command. */
function nextEngine(core: Core): Engine | undefined {
  const { turn, each } = core.state.engines;
  for (let step = 1; step <= each.length; step++) {
    const index = (turn + step) % each.length;
    if (each[index]?.phase === 'idle') continue;
    const engine = engineAt(core, index);
    if (canStep(engine)) return engine;
  }
  return undefined;
}

/** Whether an engine cannot go on because nobody has shown the memory that it needs. */
export function lacksMemory(core: Core): boolean {
  return core.state.engines.each.some(({ stall }) => stall === 'memory unknown');
}
