import type { DeviceModel } from '../../emulator/index.ts';
import { isAccess, type OpenedTrace, type TraceStore } from '../../trace/index.ts';
import type { ArmedBreakpoint } from '../breakpoint/armed-breakpoint.ts';
import { compileBreakpoint } from '../breakpoint/compile-breakpoint.ts';
import { HitCounts } from '../breakpoint/hit-counts.ts';
import type { EventNames } from '../breakpoint/event-pattern.ts';
import { Scanner } from '../breakpoint/scanner.ts';
import type { Hit } from '../breakpoint/visit.ts';
import { FoldIndex } from '../fold/fold-index.ts';
import { Stepper } from '../fold/stepper.ts';
import type { EngineView, Inspection, InspectionResult } from '../inspection.ts';
import { isBefore, isSameMoment, type Moment, startOf } from '../moment.ts';
import { compilePattern } from '../patterns/access-pattern.ts';
import { unionOf } from '../patterns/access-range.ts';
import type { RegisterDirectory } from '../register-directory.ts';
import { Playhead, type PlayheadOptions } from '../replay/playhead.ts';
import type {
  Breakpoint,
  BreakpointStatus,
  CancellationToken,
  Direction,
  LogEntry,
  PokeTarget,
  SessionListener,
  StepKind,
  Stop,
  StopReason,
  TimelineSession,
  TraceSummary,
} from '../session.ts';
import type { Value64 } from '../value64.ts';
import type { DeviceViews } from './device-views.ts';
import { Inspector, type Question } from './inspector.ts';
import { poke } from './poke.ts';
import { type RunEnd, Runner } from './runner.ts';
import { Schedule } from './schedule.ts';
import { type Goal, goesOn, planStep, restartPlan, type StepPlan } from './step-plan.ts';

export interface LocalSessionOptions extends PlayheadOptions {
  readonly trace: OpenedTrace;
  /** At power-on; from now on the session's own. */
  readonly device: DeviceModel;
  readonly directory: RegisterDirectory;
  /** What the device says of itself beyond registers and memory. */
  readonly views?: DeviceViews;
  /** What its engines' commands and its interrupts are called. */
  readonly events?: EventNames;
  /** The trace's folds, where the listing has them already. */
  readonly folds?: FoldIndex;
  /** Lets the shell's events in between slices of long work: `setImmediate` in Node. */
  readonly yieldToOthers?: () => Promise<void>;
  /** Records in a slice. */
  readonly slice?: number;
}

/** Five to ten milliseconds of replay: nobody who wants to pause or look notices the wait. */
const DEFAULT_SLICE = 20_000;
/** Progress is told every so many slices. */
const PROGRESS_SLICES = 8;
const NEVER: CancellationToken = { cancelled: false };

/** A timeline in the same process as its device. */
export function createLocalSession(options: LocalSessionOptions): TimelineSession {
  return new LocalSession(options);
}

class LocalSession implements TimelineSession {
  readonly summary: TraceSummary;
  readonly #store: TraceStore;
  readonly #directory: RegisterDirectory;
  readonly #playhead: Playhead;
  readonly #counts = new HitCounts();
  readonly #folds: FoldIndex;
  readonly #schedule: Schedule;
  readonly #runner: Runner;
  readonly #inspector: Inspector;
  readonly #engines: () => readonly EngineView[];
  readonly #events: EventNames;
  #stepper: Stepper;
  #armed: readonly ArmedBreakpoint[] = [];
  #goal: Goal | undefined;
  #scanner: Scanner;
  #listener: SessionListener | undefined;
  #closed = false;
  #slices = 0;
  /** Where the last stop was reported: going on from there does not stop there again. */
  #stoppedAt: Moment | undefined;
  /** Where breakpoints have logged when they stopped: they do not log again. */
  #loggedAt: Moment | undefined;

  constructor(options: LocalSessionOptions) {
    const { trace, device, directory } = options;
    const yieldToOthers = options.yieldToOthers ?? (() => Promise.resolve());
    this.#store = trace.store;
    this.#directory = directory;
    this.summary = summaryOf(trace);
    this.#playhead = new Playhead(trace.store, device, options);
    this.#folds = options.folds ?? new FoldIndex(trace.store);
    this.#stepper = new Stepper(trace.store, this.#folds);
    this.#engines = () => options.views?.engines() ?? [];
    this.#events = options.events ?? { commands: [], interrupts: [], engines: [] };
    this.#scanner = this.#scannerOf();
    this.#schedule = new Schedule(yieldToOthers);
    const around = {
      scanner: () => this.#scanner,
      log: (entries: readonly LogEntry[]) => {
        for (const entry of entries) this.#listener?.log?.(entry);
      },
      betweenSlices: (fraction: number) => this.#betweenSlices(fraction),
    };
    const slice = options.slice ?? DEFAULT_SLICE;
    this.#runner = new Runner(this.#playhead, directory, this.#counts, around, slice);
    this.#inspector = new Inspector(
      this.#playhead,
      directory,
      this.#folds,
      options.views,
      yieldToOthers,
    );
  }

  get position(): Moment {
    return this.#playhead.moment;
  }

  resume(direction: Direction, token: CancellationToken): Promise<Stop> {
    return this.#schedule.work(async () => {
      if (direction === 'backward') {
        const end = await this.#runner.backward(startOf(0), this.#stoppable(token));
        return this.#stopOf(end, 'start');
      }
      return this.#forward(startOf(this.#store.length), token, 'end');
    });
  }

  step(kind: StepKind, token: CancellationToken, thread?: string): Promise<Stop> {
    return this.#schedule.work(() => this.#stepAlong(planStep(kind, thread, this.#around()), token));
  }

  restartLevel(thread: string, depth: number, token: CancellationToken): Promise<Stop> {
    return this.#schedule.work(() => {
      return this.#stepAlong(restartPlan(thread, depth, this.#playhead.position), token);
    });
  }

  seek(moment: Moment, token: CancellationToken): Promise<Stop> {
    return this.#schedule.work(async () => {
      const wanted = Number.isFinite(moment.record) ? Math.trunc(moment.record) : 0;
      const record = Math.max(0, Math.min(wanted, this.#store.length));
      const event = Math.max(0, Math.trunc(moment.event) || 0);
      const target = record < this.#store.length ? { record, event } : startOf(record);
      const arrived = await this.#runner.travel(target, this.#stoppable(token));
      const stop = this.#stop(arrived ? 'goto' : 'pause');
      // From the start a run begins anew: a breakpoint at the very first record must be seen.
      if (isSameMoment(stop.moment, startOf(0))) this.#stoppedAt = undefined;
      return stop;
    });
  }

  setBreakpoints(breakpoints: readonly Breakpoint[]): Promise<readonly BreakpointStatus[]> {
    return this.#schedule.visit(() => {
      const compiled = breakpoints.map((each) =>
        compileBreakpoint(each, this.#directory, this.#store, this.#events),
      );
      this.#armed = compiled.flatMap(({ armed }) => (armed === undefined ? [] : [armed]));
      this.#rearm();
      return compiled.map(({ status }) => status);
    });
  }

  setListener(listener: SessionListener | undefined): void {
    this.#listener = listener;
  }

  setSkip(patterns: readonly string[]): Promise<readonly { pattern: string; message: string }[]> {
    return this.#schedule.visit(() => {
      const compiled = patterns.map((pattern) => compilePattern(pattern, this.#directory));
      const matchers = compiled.flatMap((each) => (each.ok ? [each.matcher] : []));
      const skip = matchers.length === 0 ? undefined : unionOf(matchers);
      this.#stepper = new Stepper(this.#store, this.#folds, skip);
      return compiled.map((each) => ({
        pattern: each.text,
        message: each.ok ? each.explanation : each.message,
      }));
    });
  }

  inspect<Q extends Inspection>(query: Q): Promise<InspectionResult<Q>> {
    // A `Q` is the question of its own kind, which TypeScript does not see.
    const question = query as unknown as Question<Q['kind']>;
    return this.#schedule.visit(() => this.#inspector.answer(question));
  }

  poke(target: PokeTarget, value: Value64): Promise<Value64> {
    return this.#schedule.work(async () => {
      const changed = poke(this.#playhead, this.#directory, target, value);
      this.#counts.dropFrom(this.#playhead.moment);
      return changed;
    });
  }

  async close(): Promise<void> {
    this.#closed = true;
    await this.#schedule.work(async () => undefined);
  }

  async #forward(limit: Moment, token: CancellationToken, reason: StopReason): Promise<Stop> {
    const playhead = this.#playhead;
    const here = playhead.moment;
    if (isSameMoment(here, this.#loggedAt) && isBefore(here, limit)) {
      playhead.step();
      playhead.settle();
    }
    const suppressed = isSameMoment(here, this.#stoppedAt) ? here : undefined;
    let end = await this.#runner.forward(limit, suppressed, this.#stoppable(token));
    if (end.kind === 'cancelled' && !playhead.inside) {
      // Not between an access and what the recording notes of it: at the next access.
      const access = startOf(this.#stepper.nextAccess(playhead.position - 1));
      const target = isBefore(access, limit) ? access : limit;
      const rest = await this.#runner.forward(target, suppressed, NEVER);
      if (rest.kind === 'hit') end = rest;
    }
    const stop = this.#stopOf(end, reason);
    if (end.kind === 'hit') this.#loggedAt = stop.moment;
    return stop;
  }

  async #stepAlong(plan: StepPlan, token: CancellationToken): Promise<Stop> {
    this.#goal = plan.goal;
    this.#rearm();
    try {
      if (plan.direction === 'forward') return await this.#stepForward(plan, token);
      return await this.#backTo(plan, token);
    } finally {
      this.#goal = undefined;
      this.#rearm();
    }
  }

  async #stepForward({ limit, followEngine }: StepPlan, token: CancellationToken): Promise<Stop> {
    const end = startOf(this.#store.length);
    const reason = limit.record >= end.record ? 'end' : 'step';
    const stop = await this.#forward(limit, token, reason);
    const arrived = isSameMoment(stop.moment, limit) && stop.reason === 'step';
    if (!arrived || followEngine === undefined) return stop;
    const engine = this.#engines().find(({ name }) => name === followEngine);
    return goesOn(engine) ? this.#forward(end, token, 'end') : stop;
  }

  async #backTo({ limit, intoGoal }: StepPlan, token: CancellationToken): Promise<Stop> {
    const target = limit.record < 0 ? startOf(0) : limit;
    const end = await this.#runner.backward(target, this.#stoppable(token));
    // What would stop at the end of the step is where the step ends anyway.
    if (end.kind === 'hit' && isSameMoment(end.hit.moment, limit)) return this.#stop('step');
    if (intoGoal === true && end.kind === 'hit' && isGoalAlone(end.hit)) {
      this.#playhead.step();
      this.#playhead.settle();
    }
    return this.#stopOf(end, limit.record < 0 ? 'start' : 'step');
  }

  #around() {
    const engines = () => this.#engines();
    return { playhead: this.#playhead, stepper: this.#stepper, engines };
  }

  #stopOf(end: RunEnd, reason: StopReason): Stop {
    if (end.kind !== 'hit') return this.#stop(end.kind === 'cancelled' ? 'pause' : reason);
    return isGoalAlone(end.hit) ? this.#stop('step') : this.#stop('breakpoint', end.hit);
  }

  #stop(reason: StopReason, hit?: Hit): Stop {
    const moment = this.position;
    this.#stoppedAt = moment;
    this.#loggedAt = undefined;
    const engine = this.#playhead.inside ? this.#playhead.device.nextWork()?.engine : undefined;
    const base = { reason, moment, ...(engine === undefined ? {} : { thread: engine }) };
    if (hit === undefined) return { ...base, breakpointIds: [] };
    const breakpointIds = hit.breakpointIds.filter((id) => id !== GOAL);
    return { ...base, breakpointIds, text: hit.text };
  }

  async #betweenSlices(fraction: number): Promise<void> {
    if (++this.#slices % PROGRESS_SLICES === 0) this.#listener?.progress?.(fraction);
    await this.#schedule.betweenSlices();
  }

  /** Closing ends whatever runs. */
  #stoppable(token: CancellationToken): CancellationToken {
    const isClosed = () => this.#closed;
    return {
      get cancelled() {
        return token.cancelled || isClosed();
      },
    };
  }

  #rearm(): void {
    this.#scanner = this.#scannerOf();
  }

  #scannerOf(): Scanner {
    const work = this.#goal;
    const goal = work === undefined ? [] : [{ ...GOAL_BREAKPOINT, work }];
    const armed = [...this.#armed, ...goal];
    return new Scanner(this.#playhead, this.#directory, armed, this.#counts);
  }
}

/** A step that ends at some step of an engine's work is made with a breakpoint of its own. */
const GOAL = -1;
const GOAL_BREAKPOINT = { id: GOAL, hitKey: 'step', access: 'readWrite', name: 'step' } as const;

function isGoalAlone({ breakpointIds }: Hit): boolean {
  return breakpointIds.every((id) => id === GOAL);
}

function summaryOf({ name, format, store, device, diagnostics }: OpenedTrace): TraceSummary {
  let accesses = 0;
  for (let record = 0; record < store.length; record++) {
    if (isAccess(store.kind(record))) accesses++;
  }
  return { name, format: format?.id ?? '', records: store.length, accesses, device, diagnostics };
}
