import type { GoldenState } from '../../emulator/index.ts';
import { align } from './align.ts';
import type { Verdict } from './asked-tracepoints.ts';
import { type LoneInterrupt, lostInterrupts } from './late-interrupts.ts';
import {
  TRACEPOINTS,
  type Tracepoint,
  type TracepointName,
  type TracepointStreams,
} from './tracepoint.ts';
import { tracepointRule } from './tracepoint-rules.ts';

/** How the model's events compare with those of GVT-g in a trace. */
export interface TracepointScore {
  /** By the events that occur, in the order of `TRACEPOINTS`. */
  readonly streams: Readonly<Partial<Record<TracepointName, StreamScore>>>;
  readonly unexplainedCount: number;
  readonly unexplained: readonly TracepointMismatch[];
  /** Why nothing could be compared; absent where it was. */
  readonly notCompared?: string;
}

export interface StreamScore {
  /** Events in the trace, and of the model. */
  readonly recorded: number;
  readonly made: number;
  readonly equal: number;
  /** Explained differences by rule; a pair that differs is one. */
  readonly rules: Readonly<Record<string, number>>;
  readonly unexplained: number;
}

export interface TracepointMismatch {
  readonly name: TracepointName;
  /** Of the trace; 0 where it has no such event. */
  readonly line: number;
  /** Accesses before it. */
  readonly access: number;
  readonly recorded?: string;
  readonly made?: string;
}

/** The rule that explains an MSI only where it comes at all. */
const LATER = 'work-done-later';

/** Differences kept with all their facts; all are counted. */
const MOST_MISMATCHES = 1000;

type Counts = { -readonly [K in keyof StreamScore]: StreamScore[K] } & {
  rules: Record<string, number>;
};

export class TracepointJudge {
  readonly #streams = new Map<TracepointName, Counts>();
  readonly #mismatches: TracepointMismatch[] = [];
  #unexplained = 0;
  readonly #golden: GoldenState | undefined;

  /** `golden`: what is known of the host. */
  constructor(golden?: GoldenState) {
    this.#golden = golden;
  }

  /** An event to which the model gave an answer of its own. */
  asked(event: Tracepoint, verdict: Verdict): void {
    const counts = this.#countsOf(event.name);
    counts.recorded++;
    counts.made++;
    if (verdict.kind === 'equal') counts.equal++;
    else if (verdict.kind === 'explained') addRule(counts, verdict.rule);
    else this.#mismatch(event, { ...event, key: verdict.got });
  }

  /** All streams, when the trace has been replayed. `submission`: accesses before work was submitted first. */
  streams(recorded: TracepointStreams, made: TracepointStreams, submission: number): void {
    for (const name of new Set([...recorded.keys(), ...made.keys()])) {
      const theirs = recorded.get(name) ?? [];
      // What the log does not show at all was not traced.
      if (theirs.length > 0) this.#stream(name, theirs, made.get(name) ?? [], submission);
    }
  }

  /** Nothing was replayed: events are counted only. */
  only(recorded: TracepointStreams): void {
    for (const [name, events] of recorded) this.#countsOf(name).recorded += events.length;
  }

  score(notCompared?: string): TracepointScore {
    const streams = Object.fromEntries(
      TRACEPOINTS.flatMap((name) => {
        const counts = this.#streams.get(name);
        return counts === undefined ? [] : [[name, counts]];
      }),
    );
    const unexplained = { unexplainedCount: this.#unexplained, unexplained: this.#mismatches };
    return { streams, ...unexplained, ...(notCompared === undefined ? {} : { notCompared }) };
  }

  #stream(
    name: TracepointName,
    recorded: readonly Tracepoint[],
    made: readonly Tracepoint[],
    submission: number,
  ): void {
    const counts = this.#countsOf(name);
    counts.recorded += recorded.length;
    counts.made += made.length;
    const seen = new Set<string>();
    const lone: LoneInterrupt[] = [];
    const gap = (theirs: readonly Tracepoint[], ours: readonly Tracepoint[]) => {
      for (const [their, our] of pairs(theirs, ours)) {
        const event = their ?? our;
        if (event === undefined) continue;
        const isFirst = !seen.has(registerOf(event));
        seen.add(registerOf(event));
        const afterSubmission = event.access >= submission;
        const difference = { recorded: their, made: our, isFirst, afterSubmission };
        const rule = tracepointRule({ ...difference, golden: this.#golden });
        if (rule === undefined) this.#mismatch(their, our);
        else if (name === 'inject_msi' && rule.id === LATER) lone.push(difference);
        else addRule(counts, rule.id);
      }
    };
    let [i, j] = [0, 0];
    const keys = (events: readonly Tracepoint[]) => events.map(({ key }) => key);
    for (const [a, b] of align(keys(recorded), keys(made))) {
      gap(recorded.slice(i, a), made.slice(j, b));
      const event = recorded[a];
      if (event !== undefined) seen.add(registerOf(event));
      counts.equal++;
      [i, j] = [a + 1, b + 1];
    }
    gap(recorded.slice(i), made.slice(j));
    const lost = lostInterrupts(lone, recorded);
    for (const { recorded: their, made: our } of lost) this.#mismatch(their, our);
    for (let explained = lone.length - lost.length; explained > 0; explained--) {
      addRule(counts, LATER);
    }
  }

  #mismatch(recorded: Tracepoint | undefined, made: Tracepoint | undefined): void {
    const event = recorded ?? made;
    if (event === undefined) return;
    this.#countsOf(event.name).unexplained++;
    this.#unexplained++;
    if (this.#mismatches.length >= MOST_MISMATCHES) return;
    const { name, line, access } = event;
    const keys = {
      ...(recorded === undefined ? {} : { recorded: recorded.key }),
      ...(made === undefined ? {} : { made: made.key }),
    };
    this.#mismatches.push({ name, line, access, ...keys });
  }

  #countsOf(name: TracepointName): Counts {
    const known = this.#streams.get(name);
    if (known !== undefined) return known;
    const counts: Counts = { recorded: 0, made: 0, equal: 0, rules: {}, unexplained: 0 };
    this.#streams.set(name, counts);
    return counts;
  }
}

function addRule(counts: Counts, rule: string): void {
  counts.rules[rule] = (counts.rules[rule] ?? 0) + 1;
}

/** What a write_ir is about: register and value written. Other events are about themselves. */
function stemOf({ name, key }: Tracepoint): string {
  return name === 'write_ir' ? key.slice(0, key.indexOf(', old ')) : key;
}

function registerOf({ name, key }: Tracepoint): string {
  return name === 'write_ir' ? key.slice(0, key.indexOf(',')) : key;
}

/** Of a gap, those that are about the same; the others alone. */
function pairs(
  recorded: readonly Tracepoint[],
  made: readonly Tracepoint[],
): (readonly [Tracepoint | undefined, Tracepoint | undefined])[] {
  const left = [...made];
  const found = recorded.map((their) => {
    const at = left.findIndex((our) => stemOf(our) === stemOf(their));
    return [their, at < 0 ? undefined : left.splice(at, 1)[0]] as const;
  });
  return [...found, ...left.map((our) => [undefined, our] as const)];
}
