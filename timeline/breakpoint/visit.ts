import type { Fault } from '../../emulator/index.ts';
import { RecordKind } from '../../trace/index.ts';
import type { AccessFacts, EvaluationContext, FaultFacts } from '../expression/context.ts';
import type { Moment } from '../moment.ts';
import type { Playhead } from '../replay/playhead.ts';
import type { LogEntry } from '../session.ts';
import type { ArmedBreakpoint } from './armed-breakpoint.ts';
import type { HitCounts } from './hit-counts.ts';
import { judge } from './judge.ts';

/** A moment at which breakpoints stop. */
export interface Hit {
  readonly moment: Moment;
  readonly breakpointIds: readonly number[];
  readonly text: string;
  /** For which fault breakpoints stop; absent where none does. */
  readonly faults?: readonly Fault[];
}

/** Faults of one moment that are told. */
const MOST_FAULTS = 64;

/** What comes of looking at one moment. */
export class Visit {
  #moment: Moment;
  readonly #peek: EvaluationContext['peek'];
  readonly #playhead: Playhead;
  readonly #counts: HitCounts;
  readonly #logs: LogEntry[];
  readonly #ids: number[] = [];
  readonly #texts: string[] = [];
  readonly #faults: Fault[] = [];

  /** `logs` takes what is logged. */
  constructor(playhead: Playhead, counts: HitCounts, moment: Moment, logs: LogEntry[]) {
    this.#playhead = playhead;
    this.#counts = counts;
    this.#moment = moment;
    this.#logs = logs;
    const { device } = playhead;
    this.#peek = (space, address, size) => device.peek(space, address, size);
  }

  get moment(): Moment {
    return this.#moment;
  }

  /** One at which nothing stopped serves for another moment. */
  again(moment: Moment): void {
    this.#moment = moment;
  }

  get hit(): Hit | undefined {
    if (this.#ids.length === 0) return undefined;
    const text = [...new Set(this.#texts)].join('; ');
    const faults = this.#faults.length === 0 ? {} : { faults: this.#faults };
    return { moment: this.moment, breakpointIds: this.#ids, text, ...faults };
  }

  /** Of the record's access; what alarms and commands change, they write. */
  direction(byAccess: boolean): 'read' | 'write' {
    const isRead = this.#playhead.store.kind(this.moment.record) === RecordKind.read;
    return byAccess && isRead ? 'read' : 'write';
  }

  /** True where it stops. */
  judge(
    breakpoint: ArmedBreakpoint,
    access: AccessFacts | undefined,
    text: () => string,
    fault?: FaultFacts,
  ): boolean {
    const { store } = this.#playhead;
    const { moment } = this;
    const context = {
      peek: this.#peek,
      access,
      fault,
      record: moment.record,
      timeNs: store.timeNs(moment.record),
    };
    const verdict = judge(breakpoint, moment, context, this.#counts);
    for (const log of verdict.logs) {
      this.#logs.push({ moment, breakpointId: breakpoint.id, text: log });
    }
    if (!verdict.stops) return false;
    if (!this.#ids.includes(breakpoint.id)) this.#ids.push(breakpoint.id);
    if (breakpoint.silent === true) return true;
    this.#texts.push(verdict.why === undefined ? text() : `${text()}. ${verdict.why}`);
    return true;
  }

  /** A breakpoint on a fault that the event has raised. */
  judgeFault(
    breakpoint: ArmedBreakpoint,
    fault: Fault,
    facts: FaultFacts,
    text: () => string,
  ): void {
    const isFull = this.#faults.length >= MOST_FAULTS;
    if (isFull && this.#ids.includes(breakpoint.id)) return;
    if (!this.judge(breakpoint, undefined, text, facts)) return;
    if (!isFull && !this.#faults.includes(fault)) this.#faults.push(fault);
  }
}
