import type { DeviceModel } from '../../emulator/index.ts';
import { isAccess, type OpenedTrace, type TraceStore } from '../../trace/index.ts';
import type { ArmedBreakpoint } from '../breakpoint/armed-breakpoint.ts';
import { compileBreakpoint } from '../breakpoint/compile-breakpoint.ts';
import { HitCounts } from '../breakpoint/hit-counts.ts';
import { type Hit, Scanner } from '../breakpoint/scanner.ts';
import { FoldIndex } from '../fold/fold-index.ts';
import { Stepper } from '../fold/stepper.ts';
import type { Inspection, InspectionResult } from '../inspection.ts';
import type { Moment } from '../moment.ts';
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

export interface LocalSessionOptions extends PlayheadOptions {
  readonly trace: OpenedTrace;
  /** At power-on; from now on the session's own. */
  readonly device: DeviceModel;
  readonly directory: RegisterDirectory;
  /** What the device says of itself beyond registers and memory. */
  readonly views?: DeviceViews;
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
  #stepper: Stepper;
  #scanner: Scanner;
  #listener: SessionListener | undefined;
  #closed = false;
  #slices = 0;
  /** The record that the last stop was reported at: going on from there does not stop there again. */
  #stoppedAt = -1;
  /** The record whose breakpoints have logged when they stopped: they do not log again. */
  #loggedAt = -1;

  constructor(options: LocalSessionOptions) {
    const { trace, device, directory } = options;
    const yieldToOthers = options.yieldToOthers ?? (() => Promise.resolve());
    this.#store = trace.store;
    this.#directory = directory;
    this.summary = summaryOf(trace);
    this.#playhead = new Playhead(trace.store, device, options);
    this.#folds = options.folds ?? new FoldIndex(trace.store);
    this.#stepper = new Stepper(trace.store, this.#folds);
    this.#scanner = this.#scannerOf([]);
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
    return { record: this.#playhead.position, event: 0 };
  }

  resume(direction: Direction, token: CancellationToken): Promise<Stop> {
    return this.#schedule.work(async () => {
      if (direction === 'backward') {
        const end = await this.#runner.backward(0, this.#stoppable(token));
        return this.#stopOf(end, 'start');
      }
      return this.#forward(this.#store.length, token, 'end');
    });
  }

  step(kind: StepKind, token: CancellationToken): Promise<Stop> {
    return this.#schedule.work(() => {
      const target = this.#stepTarget(kind);
      const isBack = kind === 'back' || kind === 'backIn' || kind === 'backOut';
      if (isBack) return this.#backTo(target, token);
      return this.#forward(target, token, target >= this.#store.length ? 'end' : 'step');
    });
  }

  seek(moment: Moment, token: CancellationToken): Promise<Stop> {
    return this.#schedule.work(async () => {
      const wanted = Number.isFinite(moment.record) ? Math.trunc(moment.record) : 0;
      const record = Math.max(0, Math.min(wanted, this.#store.length));
      const arrived = await this.#runner.travel(record, this.#stoppable(token));
      const stop = this.#stop(arrived ? 'goto' : 'pause');
      // From the start a run begins anew: a breakpoint at the very first record must be seen.
      if (stop.moment.record === 0) this.#stoppedAt = -1;
      return stop;
    });
  }

  setBreakpoints(breakpoints: readonly Breakpoint[]): Promise<readonly BreakpointStatus[]> {
    return this.#schedule.visit(() => {
      const compiled = breakpoints.map((each) =>
        compileBreakpoint(each, this.#directory, this.#store),
      );
      this.#scanner = this.#scannerOf(
        compiled.flatMap(({ armed }) => (armed === undefined ? [] : [armed])),
      );
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
      this.#counts.dropFrom(this.#playhead.position);
      return changed;
    });
  }

  async close(): Promise<void> {
    this.#closed = true;
    await this.#schedule.work(async () => undefined);
  }

  async #forward(limit: number, token: CancellationToken, reason: StopReason): Promise<Stop> {
    const here = this.#playhead.position;
    if (this.#loggedAt === here && here < limit) this.#playhead.advanceAll(here + 1);
    const suppressed = this.#stoppedAt === here ? here : -1;
    let end = await this.#runner.forward(limit, suppressed, this.#stoppable(token));
    if (end.kind === 'cancelled') {
      // Not between an access and what the recording notes of it: at the next access.
      const access = this.#stepper.nextAccess(this.#playhead.position - 1);
      const rest = await this.#runner.forward(Math.min(access, limit), suppressed, NEVER);
      if (rest.kind === 'hit') end = rest;
    }
    const stop = this.#stopOf(end, reason);
    if (end.kind === 'hit') this.#loggedAt = stop.moment.record;
    return stop;
  }

  async #backTo(target: number, token: CancellationToken): Promise<Stop> {
    const end = await this.#runner.backward(Math.max(0, target), this.#stoppable(token));
    // What would stop at the end of the step is where the step ends anyway.
    if (end.kind === 'hit' && end.hit.record === target) return this.#stop('step');
    return this.#stopOf(end, target < 0 ? 'start' : 'step');
  }

  #stepTarget(kind: StepKind): number {
    const here = this.#playhead.position;
    switch (kind) {
      case 'next':
        return this.#stepper.next(here);
      case 'in':
        return this.#stepper.nextAccess(here);
      case 'out':
        return this.#stepper.out(here);
      case 'back':
        return this.#stepper.back(here);
      case 'backIn':
        return this.#stepper.previousAccess(here);
      case 'backOut':
        return this.#stepper.backOut(here);
    }
  }

  #stopOf(end: RunEnd, reason: StopReason): Stop {
    if (end.kind === 'hit') return this.#stop('breakpoint', end.hit);
    return this.#stop(end.kind === 'cancelled' ? 'pause' : reason);
  }

  #stop(reason: StopReason, hit?: Hit): Stop {
    const moment = this.position;
    this.#stoppedAt = moment.record;
    this.#loggedAt = -1;
    if (hit === undefined) return { reason, moment, breakpointIds: [] };
    return { reason, moment, breakpointIds: hit.breakpointIds, text: hit.text };
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

  #scannerOf(breakpoints: readonly ArmedBreakpoint[]): Scanner {
    return new Scanner(this.#playhead, this.#directory, breakpoints, this.#counts);
  }
}

function summaryOf({ name, format, store, device, diagnostics }: OpenedTrace): TraceSummary {
  let accesses = 0;
  for (let record = 0; record < store.length; record++) {
    if (isAccess(store.kind(record))) accesses++;
  }
  return { name, format: format?.id ?? '', records: store.length, accesses, device, diagnostics };
}
