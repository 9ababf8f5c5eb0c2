import type { DeviceModel } from '../../emulator/index.ts';
import { isAccess, type OpenedTrace, type TraceStore } from '../../trace/index.ts';
import type { ArmedBreakpoint } from '../breakpoint/armed-breakpoint.ts';
import { compileBreakpoint } from '../breakpoint/compile-breakpoint.ts';
import type { EventNames } from '../breakpoint/event-pattern.ts';
import { HitCounts } from '../breakpoint/hit-counts.ts';
import { Scanner } from '../breakpoint/scanner.ts';
import { FoldIndex } from '../fold/fold-index.ts';
import { Stepper } from '../fold/stepper.ts';
import type { Inspection, InspectionResult } from '../inspection.ts';
import type { Moment } from '../moment.ts';
import { compilePattern } from '../patterns/access-pattern.ts';
import { type AccessMatcher, unionOf } from '../patterns/access-range.ts';
import type { RegisterDirectory } from '../register-directory.ts';
import { Playhead, type PlayheadOptions } from '../replay/playhead.ts';
import type {
  Breakpoint,
  BreakpointStatus,
  CancellationToken,
  Direction,
  FaultEntry,
  LogEntry,
  PokeTarget,
  SessionListener,
  StepKind,
  Stop,
  TimelineSession,
  TraceSummary,
} from '../session.ts';
import { type Steps, stepsOf } from '../together/guest-records.ts';
import type { Value64 } from '../value64.ts';
import type { DeviceViews } from './device-views.ts';
import { FaultChronicle } from './fault-chronicle.ts';
import { Inspector, type Question } from './inspector.ts';
import { GOAL_ID, Movements, type SteppingGuest } from './movements.ts';
import { poke } from './poke.ts';
import { Runner } from './runner.ts';
import { Schedule } from './schedule.ts';
import type { SessionGuest } from './session-guest.ts';
import type { Goal } from './step-plan.ts';

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
  /** Of several recordings in one: each of them. */
  readonly guests?: readonly SessionGuest[];
}

/** Five to ten milliseconds of replay: nobody who wants to pause or look notices the wait. */
const DEFAULT_SLICE = 20_000;
/** Progress is told every so many slices. */
const PROGRESS_SLICES = 8;

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
  readonly #chronicle = new FaultChronicle();
  readonly #folds: FoldIndex;
  readonly #schedule: Schedule;
  readonly #inspector: Inspector;
  readonly #movements: Movements;
  readonly #events: EventNames;
  readonly #guests: readonly SessionGuest[];
  #stepper: Stepper;
  /** Of each guest's driver. */
  #guestSteps: readonly Steps[] = [];
  #armed: readonly ArmedBreakpoint[] = [];
  #goal: Goal | undefined;
  #scanner: Scanner;
  #listener: SessionListener | undefined;
  #closed = false;
  #slices = 0;

  constructor(options: LocalSessionOptions) {
    const { trace, device, directory } = options;
    const yieldToOthers = options.yieldToOthers ?? (() => Promise.resolve());
    this.#store = trace.store;
    this.#directory = directory;
    this.#guests = options.guests ?? [];
    this.summary = summaryOf(trace, this.#guests);
    this.#playhead = new Playhead(trace.store, device, options);
    this.#folds = options.folds ?? new FoldIndex(trace.store, directory.foreign);
    this.#stepper = this.#makeSteppers(undefined);
    this.#events = options.events ?? { commands: [], interrupts: [], engines: [] };
    this.#scanner = this.#scannerOf();
    this.#schedule = new Schedule(yieldToOthers);
    const around = {
      scanner: () => this.#scanner,
      log: (entries: readonly LogEntry[]) => {
        for (const entry of entries) this.#listener?.log?.(entry);
      },
      tellsFaults: () => this.#listener?.fault !== undefined,
      faults: (entries: readonly FaultEntry[]) => {
        if (entries.length === 0) return;
        for (const entry of this.#chronicle.take(entries)) this.#listener?.fault?.(entry);
      },
      betweenSlices: (fraction: number) => this.#betweenSlices(fraction),
    };
    const slice = options.slice ?? DEFAULT_SLICE;
    const runner = new Runner(this.#playhead, directory, this.#counts, around, slice);
    this.#movements = new Movements({
      playhead: this.#playhead,
      runner,
      stepper: () => this.#stepper,
      guest: (thread) => this.#guestOf(thread),
      engines: () => options.views?.engines() ?? [],
      arm: (goal) => this.#arm(goal),
    });
    this.#inspector = new Inspector(
      this.#playhead,
      directory,
      this.#folds,
      options.views,
      this.#guests,
      yieldToOthers,
    );
  }

  get position(): Moment {
    return this.#playhead.moment;
  }

  resume(direction: Direction, token: CancellationToken): Promise<Stop> {
    return this.#move((stoppable) => this.#movements.resume(direction, stoppable), token);
  }

  step(kind: StepKind, token: CancellationToken, thread?: string): Promise<Stop> {
    return this.#move((stoppable) => this.#movements.step(kind, thread, stoppable), token);
  }

  restartLevel(thread: string, depth: number, token: CancellationToken): Promise<Stop> {
    return this.#move((stoppable) => this.#movements.restartLevel(thread, depth, stoppable), token);
  }

  seek(moment: Moment, token: CancellationToken): Promise<Stop> {
    return this.#move((stoppable) => this.#movements.seek(moment, stoppable), token);
  }

  setBreakpoints(breakpoints: readonly Breakpoint[]): Promise<readonly BreakpointStatus[]> {
    return this.#schedule.visit(() => {
      const compiled = breakpoints.map((each) =>
        compileBreakpoint(each, this.#directory, this.#store, this.#events),
      );
      this.#armed = compiled.flatMap(({ armed }) => (armed === undefined ? [] : [armed]));
      this.#scanner = this.#scannerOf();
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
      this.#stepper = this.#makeSteppers(skip);
      return compiled.map((each) => ({
        pattern: each.text,
        message: each.ok ? each.explanation : each.message,
      }));
    });
  }

  inspect<Q extends Inspection>(query: Q, guest?: number): Promise<InspectionResult<Q>> {
    // A `Q` is the question of its own kind, which TypeScript does not see.
    const question = query as unknown as Question<Q['kind']>;
    return this.#schedule.visit(() => this.#inspector.answer(question, guest));
  }

  poke(target: PokeTarget, value: Value64, guest?: number): Promise<Value64> {
    return this.#change(() => poke(this.#playhead, this.#directory, target, value, guest));
  }

  writeHostFile(path: string, text: string): Promise<void> {
    return this.#change(() => {
      const { moment } = this.#playhead;
      const problem = this.#playhead.writeHostFile({ path, text }, (fault) =>
        this.#listener?.fault?.({ moment, fault }),
      );
      if (problem !== undefined) throw new Error(problem);
    });
  }

  /** History is another one from here on. */
  #change<T>(make: () => T): Promise<T> {
    return this.#schedule.work(async () => {
      this.#inspector.edited();
      const changed = make();
      this.#counts.dropFrom(this.#playhead.moment);
      this.#chronicle.dropFrom(this.#playhead.moment);
      return changed;
    });
  }

  async close(): Promise<void> {
    this.#closed = true;
    await this.#schedule.work(async () => undefined);
  }

  async #betweenSlices(fraction: number): Promise<void> {
    if (++this.#slices % PROGRESS_SLICES === 0) this.#listener?.progress?.(fraction);
    await this.#schedule.betweenSlices();
  }

  /** Closing ends whatever runs. */
  #move(
    movement: (token: CancellationToken) => Promise<Stop>,
    token: CancellationToken,
  ): Promise<Stop> {
    const isClosed = () => this.#closed;
    const stoppable = {
      get cancelled() {
        return token.cancelled || isClosed();
      },
    };
    return this.#schedule.work(() => movement(stoppable));
  }

  #makeSteppers(skip: AccessMatcher | undefined): Stepper {
    this.#guestSteps = this.#guests.map(({ records }) =>
      stepsOf(records, new Stepper(records.store, records.folds, skip)),
    );
    return new Stepper(this.#store, this.#folds, skip);
  }

  /** By the name of its driver's thread; without one, the guest whose record comes next. */
  #guestOf(thread: string | undefined): SteppingGuest | undefined {
    const { position } = this.#playhead;
    const next = position < this.#store.length ? this.#store.guest(position) : 0;
    const index =
      thread === undefined ? next : this.#guests.findIndex(({ name }) => name === thread);
    const [guest, steps] = [this.#guests[index], this.#guestSteps[index]];
    return guest && steps && { name: guest.name, records: guest.records, steps };
  }

  #arm(goal: Goal | undefined): void {
    this.#goal = goal;
    this.#scanner = this.#scannerOf();
  }

  #scannerOf(): Scanner {
    const work = this.#goal;
    const goal = work === undefined ? [] : [{ ...GOAL_BREAKPOINT, work }];
    const armed = [...this.#armed, ...goal];
    return new Scanner(this.#playhead, this.#directory, armed, this.#counts);
  }
}

const GOAL_BREAKPOINT = {
  id: GOAL_ID,
  hitKey: 'step',
  access: 'readWrite',
  name: 'step',
  silent: true,
} as const;

function summaryOf(
  { name, format, store, device, diagnostics }: OpenedTrace,
  guests: readonly SessionGuest[],
): TraceSummary {
  let accesses = 0;
  for (let record = 0; record < store.length; record++) {
    if (isAccess(store.kind(record))) accesses++;
  }
  const each = guests.map(({ name: vgpu, trace, records }) => {
    return { name: vgpu, trace, records: records.store.length };
  });
  const counts = { records: store.length, accesses, guests: each };
  return { name, format: format?.id ?? '', ...counts, device, diagnostics };
}
