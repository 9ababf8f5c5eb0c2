import type { DeviceListener, DeviceModel, Fault } from '../../emulator/index.ts';
import type { TraceStore } from '../../trace/index.ts';
import { isBefore, type Moment } from '../moment.ts';
import { judgeResults } from '../results/judge-results.ts';
import { recordedResults } from '../results/recorded-results.ts';
import type { ResultsByAccess } from '../results/result.ts';
import { ResultCollector } from '../results/result-collector.ts';
import { type ScoredTracepoints, scoredTracepoints } from '../tracepoints/scored-tracepoints.ts';
import { Replayer } from './replayer.ts';
import type { ReplayScore, ScoreOptions } from './score-types.ts';
import { Tally } from './tally.ts';

/** A replay that is scored as it goes on. */
export class ScoredReplay {
  readonly #replayer: Replayer;
  readonly #tally: Tally;
  readonly #recorded: ResultsByAccess;
  readonly #collector: ResultCollector;
  readonly #judges: boolean;
  readonly #end: Moment;
  readonly #tracepoints: ScoredTracepoints | undefined;

  /** `device` is at power-on, or where `options.from` says; its listener is this one's until the end. */
  constructor(store: TraceStore, device: DeviceModel, options: ScoreOptions) {
    const replayer = new Replayer(store, device, options.compare);
    const { from, to } = options;
    if (from !== undefined) replayer.moveTo(from.moment, from.applied);
    const tally = new Tally(replayer, options);
    this.#replayer = replayer;
    this.#tally = tally;
    // Behind the last record nothing happens: whoever waits for an event there waits for ever.
    const last = { record: store.length, event: 0 };
    this.#end = to !== undefined && isBefore(to, last) ? to : last;
    // A part of a trace says too little of what the device did by itself.
    const isWhole = from === undefined && to === undefined;
    this.#recorded = isWhole ? recordedResults(store) : new Map();
    this.#collector = new ResultCollector(() => replayer.accesses);
    const compares = options.compare !== 'ignore';
    this.#judges = compares && this.#recorded.size > 0;
    this.#tracepoints = compares && isWhole ? scoredTracepoints(replayer, options) : undefined;
    const collects = this.#recorded.size > 0 && this.#tracepoints === undefined;
    const listener = listenerFor(tally, collects ? this.#collector : undefined);
    device.setListener({ ...listener, ...this.#tracepoints?.listener });
    if (compares) replayer.observer = (record, answer) => tally.read(record, answer);
  }

  /** Records applied. */
  get position(): number {
    return this.#replayer.position;
  }

  /** Whether all that was asked for is done. */
  get done(): boolean {
    return !isBefore(this.#replayer.moment, this.#end);
  }

  /** Up to the record with this number, or the end if that comes before. */
  advance(to: number): void {
    const { record, event } = this.#end;
    if (to < record) this.#replayer.advance(to);
    else this.#replayer.advance(record, event);
  }

  /** What has come of it; the device is nobody's any more. */
  end(): ReplayScore {
    this.#replayer.device.setListener(undefined);
    const cancelled = !this.done;
    const score = this.#tally.result(cancelled);
    if (cancelled) return score;
    if (this.#tracepoints) return { ...score, tracepoints: this.#tracepoints.end() };
    if (!this.#judges) return score;
    const { results, images } = this.#collector;
    return { ...score, results: judgeResults(results, this.#recorded, images) };
  }
}

/** Every check is counted; what the device does is kept only where it can be compared. */
function listenerFor(tally: Tally, collector: ResultCollector | undefined): DeviceListener {
  const fault = (broken: Fault) => tally.fault(broken);
  if (collector === undefined) return { fault };
  return {
    fault,
    submission: (event) => collector.submission(event),
    command: (event) => collector.command(event),
    deviceWrite: (event) => collector.deviceWrite(event),
    interrupt: (event) => collector.interrupt(event),
  };
}
