import type { Hit } from '../breakpoint/visit.ts';
import type { Stepper } from '../fold/stepper.ts';
import type { EngineView } from '../inspection.ts';
import { isBefore, isSameMoment, type Moment, startOf } from '../moment.ts';
import type { Playhead } from '../replay/playhead.ts';
import type { CancellationToken, Direction, StepKind, Stop, StopReason } from '../session.ts';
import type { GuestRecords, Steps } from '../together/guest-records.ts';
import type { RunEnd, Runner } from './runner.ts';
import {
  type Goal,
  goesOn,
  planStep,
  restartPlan,
  type StepPlan,
  type StepSurroundings,
} from './step-plan.ts';

const NEVER: CancellationToken = { cancelled: false };
/** A step that ends at some step of an engine's work is made with a breakpoint of its own, which has this id. */
export const GOAL_ID = -1;

/** One of several guests, whose driver is stepped. */
export interface SteppingGuest {
  /** Its vGPU's. */
  readonly name: string;
  readonly records: GuestRecords;
  readonly steps: Steps;
}

export interface MovementParts {
  readonly playhead: Playhead;
  readonly runner: Runner;
  /** Of all records. */
  readonly stepper: () => Stepper;
  /** Of several guests: the one whose driver's thread is called so, or who has the record that comes next. */
  readonly guest: (thread: string | undefined) => SteppingGuest | undefined;
  readonly engines: () => readonly EngineView[];
  /** Sets the goal of a step beside the user's breakpoints. */
  readonly arm: (goal: Goal | undefined) => void;
}

/** Runs, steps and jumps: what moves the present moment, and how each ends. */
export class Movements {
  readonly #parts: MovementParts;
  readonly #playhead: Playhead;
  readonly #runner: Runner;
  /** Where the last stop was reported: going on from there does not stop there again. */
  #stoppedAt: Moment | undefined;
  /** Where breakpoints have logged when they stopped: they do not log again. */
  #loggedAt: Moment | undefined;

  constructor(parts: MovementParts) {
    this.#parts = parts;
    this.#playhead = parts.playhead;
    this.#runner = parts.runner;
  }

  async resume(direction: Direction, token: CancellationToken): Promise<Stop> {
    if (direction === 'forward') return this.#forward(this.#end, token, 'end');
    return this.#stopOf(await this.#runner.backward(startOf(0), token), 'start');
  }

  step(kind: StepKind, thread: string | undefined, token: CancellationToken): Promise<Stop> {
    const guest = this.#parts.guest(thread);
    if (guest === undefined) return this.#along(planStep(kind, thread, this.#around()), token);
    const { steps, records, name } = guest;
    const pc = records.nextFrom(this.#playhead.position);
    const owns: Goal = ({ engine }) => engine.startsWith(`${name}.`);
    const around = { ...this.#around(), stepper: steps, pc, owns };
    return this.#along(planStep(kind, undefined, around), token);
  }

  restartLevel(thread: string, depth: number, token: CancellationToken): Promise<Stop> {
    return this.#along(restartPlan(thread, depth, this.#around()), token);
  }

  async seek(moment: Moment, token: CancellationToken): Promise<Stop> {
    const record = Math.max(0, Math.min(whole(moment.record), this.#end.record));
    const event = record < this.#end.record ? Math.max(0, whole(moment.event)) : 0;
    const arrived = await this.#runner.travel({ record, event }, token);
    const stop = this.#stop(arrived ? 'goto' : 'pause');
    // From the start a run begins anew: a breakpoint at the very first record must be seen.
    if (isSameMoment(stop.moment, startOf(0))) this.#stoppedAt = undefined;
    return stop;
  }

  #around(): StepSurroundings {
    const { playhead, stepper, engines } = this.#parts;
    return { playhead, stepper: stepper(), engines, pc: playhead.position, owns: () => true };
  }

  get #end(): Moment {
    return startOf(this.#playhead.store.length);
  }

  async #forward(limit: Moment, token: CancellationToken, reason: StopReason): Promise<Stop> {
    const playhead = this.#playhead;
    const here = playhead.moment;
    if (isSameMoment(here, this.#loggedAt) && isBefore(here, limit)) {
      playhead.step();
      playhead.settle();
    }
    const suppressed = isSameMoment(here, this.#stoppedAt) ? here : undefined;
    let end = await this.#runner.forward(limit, suppressed, token);
    if (end.kind === 'cancelled' && !playhead.inside) {
      // Not between an access and what the recording notes of it: at the next access.
      const access = startOf(this.#parts.stepper().nextAccess(playhead.position - 1));
      const target = isBefore(access, limit) ? access : limit;
      const rest = await this.#runner.forward(target, suppressed, NEVER);
      if (rest.kind === 'hit') end = rest;
    }
    const stop = this.#stopOf(end, reason);
    if (end.kind === 'hit') this.#loggedAt = stop.moment;
    return stop;
  }

  async #along(plan: StepPlan, token: CancellationToken): Promise<Stop> {
    this.#parts.arm(plan.goal);
    try {
      if (plan.direction === 'forward') return await this.#stepForward(plan, token);
      return await this.#backTo(plan, token);
    } finally {
      this.#parts.arm(undefined);
    }
  }

  async #stepForward({ limit, followEngine }: StepPlan, token: CancellationToken): Promise<Stop> {
    const end = this.#end;
    const reason = limit.record >= end.record ? 'end' : 'step';
    const stop = await this.#forward(limit, token, reason);
    const arrived = isSameMoment(stop.moment, limit) && stop.reason === 'step';
    if (!arrived || followEngine === undefined) return stop;
    const engine = this.#parts.engines().find(({ name }) => name === followEngine);
    return goesOn(engine) ? this.#forward(end, token, 'end') : stop;
  }

  async #backTo({ limit, intoGoal }: StepPlan, token: CancellationToken): Promise<Stop> {
    const target = limit.record < 0 ? startOf(0) : limit;
    const end = await this.#runner.backward(target, token);
    // What would stop at the end of the step is where the step ends anyway.
    if (end.kind === 'hit' && isSameMoment(end.hit.moment, limit)) return this.#stop('step');
    const arrived = end.kind === 'limit' || (end.kind === 'hit' && isGoalAlone(end.hit));
    if (intoGoal === true && arrived) {
      this.#playhead.step();
      this.#playhead.settle();
    }
    return this.#stopOf(end, limit.record < 0 ? 'start' : 'step');
  }

  #guestAt(record: number): { readonly guest?: number } {
    const { store, device } = this.#playhead;
    if (device.guests === undefined || record >= store.length) return {};
    return { guest: store.guest(record) };
  }

  #stopOf(end: RunEnd, reason: StopReason): Stop {
    if (end.kind !== 'hit') return this.#stop(end.kind === 'cancelled' ? 'pause' : reason);
    return isGoalAlone(end.hit) ? this.#stop('step') : this.#stop('breakpoint', end.hit);
  }

  #stop(reason: StopReason, hit?: Hit): Stop {
    const moment = this.#playhead.moment;
    this.#stoppedAt = moment;
    this.#loggedAt = undefined;
    if (this.#playhead.store.length === 0) return this.#captured(reason);
    const engine = this.#playhead.inside ? this.#playhead.device.nextWork()?.engine : undefined;
    const guest = this.#guestAt(moment.record);
    const base = { reason, moment, ...(engine === undefined ? {} : { thread: engine }), ...guest };
    if (hit === undefined) return { ...base, breakpointIds: [] };
    const breakpointIds = hit.breakpointIds.filter((id) => id !== GOAL_ID);
    const faults = hit.faults === undefined ? {} : { faults: hit.faults };
    return { ...base, breakpointIds, text: hit.text, ...faults };
  }

  /** A dump's only stop, at the engine that was at work. */
  #captured(reason: StopReason): Stop {
    const engine = this.#parts.engines().find(({ stall }) => stall === 'captured');
    const thread = engine === undefined ? {} : { thread: engine.name };
    const stop = { moment: this.#playhead.moment, breakpointIds: [], ...thread };
    if (reason === 'goto') return { ...stop, reason };
    const text = 'A dump shows one moment: there is nothing before it or after it.';
    return { ...stop, reason: 'pause', text };
  }
}

function isGoalAlone({ breakpointIds }: Hit): boolean {
  return breakpointIds.every((id) => id === GOAL_ID);
}

function whole(value: number): number {
  return Number.isFinite(value) ? Math.trunc(value) : 0;
}
