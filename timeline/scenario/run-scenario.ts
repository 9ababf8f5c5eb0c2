import type { Answer, DeviceListener, DeviceModel } from '../../emulator/index.ts';
import { parseExpectation, RecordKind, Space, type TraceStore } from '../../trace/index.ts';
import type { EventNames } from '../breakpoint/event-pattern.ts';
import { startOf } from '../moment.ts';
import type { RegisterDirectory } from '../register-directory.ts';
import { compareRead } from '../replay/compare.ts';
import { ReadFilter } from '../replay/read-filter.ts';
import { Replayer } from '../replay/replayer.ts';
import type { CancellationToken } from '../session.ts';
import { CoverageCollector } from './coverage.ts';
import { EventWindows } from './event-windows.ts';
import { FaultCollector } from './fault-collector.ts';
import { judge } from './judge-expectation.ts';
import { judgeRead } from './judge-read.ts';
import { LastAccess } from './last-access.ts';
import type { ExpectationResult, Judgement, ScenarioResult } from './scenario-result.ts';

export interface ScenarioOptions {
  readonly store: TraceStore;
  /** At power-on. */
  readonly device: DeviceModel;
  readonly directory: RegisterDirectory;
  readonly names: EventNames;
  /** Faults that are kept with all their facts (1,000 if absent); all are counted. */
  readonly mostFaults?: number;
  /** Whether faults of this check are kept and counted in the result; all are if absent. */
  readonly counts?: (check: string) => boolean;
  /** Called between slices of the work with the fraction done, 0–1; may let others run. */
  readonly progress?: (fraction: number) => Promise<void> | void;
}

const SLICE = 20_000;
/** Failures that are kept; all are counted. */
const MOST_FAILURES = 1000;
/** The same of those that hold: a recording in the symbolic form has as many as it has reads. */
const MOST_PASSED = 20_000;

/** Whether anything is expected: a symbolic read with a value, or a line `expect`. A recording has neither. */
export function hasExpectations(store: TraceStore): boolean {
  for (let record = 0; record < store.length; record++) {
    const kind = store.kind(record);
    if (kind === RecordKind.expectation) return true;
    if (kind !== RecordKind.read || !store.isSymbolic(record)) continue;
    if (store.valueKnown(record)) return true;
  }
  return false;
}

/** Replays a trace as a test. */
export async function runScenario(
  options: ScenarioOptions,
  token: CancellationToken,
): Promise<ScenarioResult> {
  const run = new ScenarioRun(options);
  options.device.setListener(run.listener());
  try {
    while (!run.done && !token.cancelled) {
      run.advance();
      await options.progress?.(run.fraction);
    }
  } finally {
    options.device.setListener(undefined);
  }
  return run.result();
}

/** What of a result can be had without looking at the whole device. */
export type BriefResult = Pick<
  ScenarioResult,
  'records' | 'expectations' | 'total' | 'failed' | 'faults'
>;

/** The same for those who try many traces: at once, without coverage. */
export function runBriefly(options: ScenarioOptions): BriefResult {
  const run = new ScenarioRun(options);
  const { registerChanged: _, commandRegister: __, ...listener } = run.listener();
  options.device.setListener(listener);
  try {
    while (!run.done) run.advance();
  } finally {
    options.device.setListener(undefined);
  }
  return run.brief();
}

/** Texts of marks since which something is expected. */
function marksIn(store: TraceStore): readonly string[] {
  const marks: string[] = [];
  for (let record = 0; record < store.length; record++) {
    if (store.kind(record) !== RecordKind.expectation) continue;
    const expectation = parseExpectation(store.text(record));
    if (expectation?.kind === 'event' && expectation.mark !== undefined)
      marks.push(expectation.mark);
  }
  return marks;
}

class ScenarioRun {
  readonly #options: ScenarioOptions;
  readonly #replayer: Replayer;
  readonly #windows: EventWindows;
  readonly #faults: FaultCollector;
  readonly #coverage = new CoverageCollector();
  readonly #last: LastAccess;
  readonly #results: ExpectationResult[] = [];
  readonly #filter: ReadFilter;
  #failed = 0;
  #total = 0;

  constructor(options: ScenarioOptions) {
    this.#options = options;
    this.#replayer = new Replayer(options.store, options.device);
    this.#windows = new EventWindows(() => this.#replayer.accesses, marksIn(options.store));
    this.#faults = new FaultCollector(this.#replayer, options.mostFaults);
    this.#filter = new ReadFilter(options.store);
    this.#last = new LastAccess(options.store);
    this.#replayer.observer = (record, answer) => this.#read(record, answer);
    this.#replayer.remarks = (record, kind) => {
      if (kind === RecordKind.note) this.#windows.note(options.store.text(record));
      else this.#expect(record);
    };
  }

  get done(): boolean {
    return this.#replayer.position >= this.#options.store.length;
  }

  get fraction(): number {
    return this.#replayer.position / this.#options.store.length;
  }

  advance(): void {
    const end = this.#replayer.position + SLICE;
    do {
      this.#replayer.advance(end);
      this.#faults.settle();
    } while (!this.done && this.#replayer.position < end);
  }

  result(): ScenarioResult {
    const { store, device } = this.#options;
    this.#coverage.accesses(store, this.#replayer.position);
    return {
      ...this.brief(),
      cancelled: !this.done,
      coverage: this.#coverage.data(),
      hash: device.hash(),
    };
  }

  brief(): BriefResult {
    return {
      records: this.#replayer.position,
      expectations: this.#results,
      total: this.#total,
      failed: this.#failed,
      faults: this.#faults.list(),
    };
  }

  listener(): DeviceListener {
    const [windows, coverage, faults] = [this.#windows, this.#coverage, this.#faults];
    return {
      registerChanged: (offset, previous, next) => coverage.registerChanged(offset, previous, next),
      commandRegister: ({ offset }) => coverage.commandRegister(offset),
      command: (event) => {
        const name = `${event.engine}:${event.name}`;
        windows.happened('command', name);
        coverage.command(name);
        faults.command(event);
      },
      interrupt: ({ name, delivered }) => {
        if (!delivered) return;
        windows.happened('interrupt', name);
        coverage.interrupt(name);
      },
      fault: (fault) => {
        windows.happened('fault', fault.check);
        coverage.fault(fault.check);
        if (this.#options.counts?.(fault.check) !== false) faults.fault(fault);
      },
    };
  }

  #read(record: number, answer: Answer): void {
    this.#last.answered(record, answer);
    const { store, directory } = this.#options;
    if (!store.valueKnown(record)) return;
    if (store.isSymbolic(record)) {
      this.#judged(record, 'read', judgeRead(store, record, answer, directory));
    } else if (this.#isDivergence(record, answer)) {
      this.#judged(record, 'read', judgeRead(store, record, answer, directory));
    }
  }

  /** A recorded answer counts as `vgpu replay` counts it: polls once, and not where a rule explains it. */
  #isDivergence(record: number, answer: Answer): boolean {
    this.#filter.followTo(record);
    const counts = this.#filter.takes(record) || this.#options.store.space(record) !== Space.mmio;
    return counts && compareRead(this.#replayer, record, answer).comparison === 'different';
  }

  #expect(record: number): void {
    const { store, device, directory, names } = this.#options;
    const expectation = parseExpectation(store.text(record));
    if (expectation === undefined) return;
    const evaluation = this.#last.contextAt(record, device);
    const context = { directory, names, device, windows: this.#windows, evaluation };
    const kind = expectation.kind === 'event' ? expectation.what : expectation.kind;
    this.#judged(record, kind, judge(expectation, context));
  }

  #judged(record: number, kind: ExpectationResult['kind'], judgement: Judgement): void {
    this.#total++;
    if (!judgement.passed && ++this.#failed > MOST_FAILURES) return;
    if (judgement.passed && this.#results.length >= MOST_PASSED) return;
    const line = this.#options.store.line(record);
    this.#results.push({ moment: startOf(record), line, kind, ...judgement });
  }
}
