import type { WorkBrief } from '../../emulator/index.ts';
import type { EngineView } from '../inspection.ts';
import { type Moment, startOf } from '../moment.ts';
import { stopsIn } from '../record-stops.ts';
import type { Playhead } from '../replay/playhead.ts';
import type { StepKind } from '../session.ts';
import type { Steps } from '../together/guest-records.ts';

/** Whether a step of an engine's work is where a step of the debugger ends: before it. */
export type Goal = (step: WorkBrief) => boolean;

/** How a step is made. */
export interface StepPlan {
  readonly direction: 'forward' | 'backward';
  /** It ends here at the latest; a record of −1: before the first. */
  readonly limit: Moment;
  readonly goal?: Goal;
  /** Where the limit comes first, and the engine will go on later, the step goes on to what it then does. */
  readonly followEngine?: string;
  /** Ends one event after the goal or the limit: behind what leads in. */
  readonly intoGoal?: boolean;
}

export interface StepSurroundings {
  readonly playhead: Playhead;
  readonly stepper: Steps;
  /** The record that the driver's thread is at; with several guests another one's may come before. */
  readonly pc: number;
  /** Whether work is what the driver's steps enter: with several guests, that of its own vGPU. */
  readonly owns: Goal;
  /** As the device tells of them. */
  readonly engines: () => readonly EngineView[];
}

/**
 * `thread`: the engine whose next event is wanted; undefined for the guest's driver. What its steps are: records,
 * or rows of them, and one event where a record is entered.
 */
export function planStep(
  kind: StepKind,
  thread: string | undefined,
  around: StepSurroundings,
): StepPlan {
  const isBack = kind === 'back' || kind === 'backIn' || kind === 'backOut';
  const { playhead } = around;
  if (thread !== undefined) {
    if (isBack) return engineBack(kind, thread, around);
    return playhead.inside ? inWork(kind, thread, around) : toEngine(thread, around);
  }
  if (playhead.inside) return isBack ? driverBack(kind, around) : driverOut(kind, around);
  if (kind === 'in' && around.pc > playhead.position) {
    return { direction: 'forward', limit: { record: around.pc, event: 1 } };
  }
  if (kind === 'in' && entersWork(playhead)) {
    return { direction: 'forward', limit: { record: playhead.position, event: 1 } };
  }
  const limit = startOf(rowOf(kind, around));
  const direction = isBack ? 'backward' : 'forward';
  return kind === 'in' ? { direction, limit, goal: around.owns } : { direction, limit };
}

function rowOf(kind: StepKind, { playhead: { position }, stepper }: StepSurroundings): number {
  switch (kind) {
    case 'next':
      return stepper.next(position);
    case 'in':
      return stepper.nextAccess(position);
    case 'out':
      return stepper.out(position);
    case 'back':
      return stepper.back(position);
    case 'backIn':
      return stepper.previousAccess(position);
    case 'backOut':
      return stepper.backOut(position);
  }
}

/** Whether the present record has events inside, which is known only when its first has happened. */
function entersWork(playhead: Playhead): boolean {
  return playhead.trial(() => {
    playhead.replayer.step();
    return playhead.inside;
  });
}

/** Out of the present record: to the next access. */
function leaving({ playhead, stepper }: StepSurroundings): Moment {
  return startOf(stepper.nextAccess(playhead.position));
}

function driverOut(kind: StepKind, around: StepSurroundings): StepPlan {
  const { record, event } = around.playhead.moment;
  if (kind !== 'in') return { direction: 'forward', limit: leaving(around) };
  const limit = orLeft({ record, event: event + 1 }, around);
  // On the way to the next access alarms may give work, in records that are none.
  return { direction: 'forward', limit, ...(limit.event > 0 ? {} : { goal: around.owns }) };
}

/** The last event of a record leads to the next access: not between an access and what the recording notes of it. */
function orLeft(limit: Moment, around: StepSurroundings): Moment {
  const { playhead } = around;
  const last = playhead.trial(() => {
    playhead.replayer.step();
    return !playhead.inside;
  });
  return last ? leaving(around) : limit;
}

function driverBack(kind: StepKind, around: StepSurroundings): StepPlan {
  const { record, event } = around.playhead.moment;
  const isWithin = kind === 'backIn' && event > 1;
  const limit = isWithin ? { record, event: event - 1 } : beginning(around);
  return { direction: 'backward', limit };
}

/** Of the present record. Work in one that is no access is stepped into from the access before, and left to there. */
function beginning({ playhead: { position, store }, stepper }: StepSurroundings): Moment {
  return startOf(stopsIn(store)(position) ? position : stepper.previousAccess(position));
}

/** Inside of a record, as an engine sees it. */
function inWork(kind: StepKind, thread: string, around: StepSurroundings): StepPlan {
  const next = around.playhead.device.nextWork();
  const limit = leaving(around);
  const plan = { direction: 'forward', limit } as const;
  if (kind === 'in' || next?.engine !== thread) {
    return { ...plan, goal: (step) => step.engine === thread, followEngine: thread };
  }
  if (kind === 'out') return { ...plan, goal: outGoal(next) };
  const { depth } = next;
  const goal: Goal = (step) => step.engine === thread && step.depth <= depth;
  return { ...plan, goal, followEngine: thread };
}

/** Out of a batch to what started it; out of the ring to the next context; out of that to the submission's end. */
function outGoal({ engine, kind, depth }: WorkBrief): Goal {
  if (depth > 0) return (step) => step.engine === engine && step.depth < depth;
  const inRing = kind === 'command';
  return (step) => inRing && step.engine === engine && step.kind === 'restore';
}

/** At a record, as an engine sees it that is busy over several of them. */
function toEngine(thread: string, around: StepSurroundings): StepPlan {
  const goal: Goal = (step) => step.engine === thread;
  return { direction: 'forward', limit: leaving(around), goal, followEngine: thread };
}

function engineBack(kind: StepKind, thread: string, around: StepSurroundings): StepPlan {
  const { playhead } = around;
  const direction = 'backward';
  const goal: Goal = (step) => step.engine === thread;
  if (!playhead.inside) return { direction, limit: startOf(0), goal };
  // To this engine's work before; where it has none in this record, to the access.
  if (kind !== 'backOut') return { direction, limit: beginning(around), goal };
  const depth = playhead.device.nextWork()?.depth ?? 0;
  return restartPlan(thread, depth, around);
}

/**
 * Back to the first command of a level, however many records ago: behind what started the batch, or loaded the
 * context. Depth 0 is the ring; where there are no contexts it begins with the present record's access.
 */
export function restartPlan(thread: string, depth: number, around: StepSurroundings): StepPlan {
  const engine = around.engines().find(({ name }) => name === thread);
  const goal: Goal =
    depth === 0
      ? (step) => step.engine === thread && step.kind === 'restore'
      : (step) => step.engine === thread && step.depth < depth;
  const byRegisters = depth === 0 && engine?.submission === 'legacy ring';
  const limit = startOf(byRegisters ? around.playhead.position : 0);
  return { direction: 'backward', limit, goal, intoGoal: true };
}

/** Whether an engine that has not finished will go on by itself. */
export function goesOn(engine: EngineView | undefined): boolean {
  if (engine === undefined || engine.phase === 'idle') return false;
  return engine.stall === 'none' || engine.stall === 'budget' || engine.stall === 'semaphore';
}
