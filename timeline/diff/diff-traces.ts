import { RecordKind, type TraceStore } from '../../trace/index.ts';
import { type AccessStep, AccessSteps, isSameAccess, isSameValue } from './access-steps.ts';

/** Where two traces part. Records of the steps concerned; an empty list is "nothing there". */
export interface TraceDifference {
  /** `answer`: a read was answered otherwise; `value`: another value was written; `accesses`: other accesses were made. */
  readonly kind: 'answer' | 'value' | 'accesses';
  readonly a: readonly number[];
  readonly b: readonly number[];
}

export interface TraceDiff {
  /** Steps (accesses, polls counting once) that are alike. */
  readonly alike: number;
  readonly counts: Readonly<Record<TraceDifference['kind'], number>>;
  /** The first ones, in order. */
  readonly differences: readonly TraceDifference[];
  /** The traces could be aligned to their ends; else what follows the last difference is too unlike. */
  readonly complete: boolean;
}

/** Steps within which the traces are looked for each other again. */
const WINDOW = 400;
/** Steps that must be alike for it. */
const ANCHOR = 3;
const MOST_KEPT = 1000;
/** Traces with more gaps are not of the same thing. */
const MOST_GAPS = 2000;

/** Aligns the accesses of two traces. `progress` gets the fraction done, 0–1. */
export function diffTraces(
  a: TraceStore,
  b: TraceStore,
  progress?: (fraction: number) => void,
): TraceDiff {
  const [left, right] = [new AccessSteps(a), new AccessSteps(b)];
  const kept: TraceDifference[] = [];
  const counts = { answer: 0, value: 0, accesses: 0 };
  const note = (difference: TraceDifference) => {
    counts[difference.kind]++;
    if (kept.length < MOST_KEPT) kept.push(difference);
  };
  let alike = 0;
  let complete = true;
  for (let steps = 0; complete; steps++) {
    const [here, there] = [left.peek(), right.peek()];
    if (here === undefined && there === undefined) break;
    if (steps % 20_000 === 0) progress?.((here?.first ?? a.length) / a.length);
    if (here !== undefined && there !== undefined && isAlike(left, here, right, there)) {
      const kind = valueKind(a, here, b, there);
      if (kind === undefined) alike++;
      else note({ kind, a: [here.last], b: [there.last] });
      left.pass();
      right.pass();
      continue;
    }
    const [more, others] = apart(left, right) ?? [WINDOW, WINDOW];
    complete = (more < WINDOW || others < WINDOW) && counts.accesses < MOST_GAPS;
    note({ kind: 'accesses', a: recordsOf(left, more), b: recordsOf(right, others) });
    left.pass(more);
    right.pass(others);
  }
  return { alike, counts, differences: kept, complete };
}

function isAlike(a: AccessSteps, i: AccessStep, b: AccessSteps, j: AccessStep): boolean {
  return isSameAccess(a.store, i.first, b.store, j.first);
}

function valueKind(
  a: TraceStore,
  here: AccessStep,
  b: TraceStore,
  there: AccessStep,
): 'answer' | 'value' | undefined {
  if (isSameValue(a, here.last, b, there.last)) return undefined;
  return a.kind(here.last) === RecordKind.read ? 'answer' : 'value';
}

/** How many steps each side has to pass until they are alike again: as few as possible. Undefined where they are not. */
function apart(left: AccessSteps, right: AccessSteps): readonly [number, number] | undefined {
  for (let sum = 1; sum < WINDOW; sum++) {
    for (let more = 0; more <= sum; more++) {
      if (isAnchor(left, more, right, sum - more)) return [more, sum - more];
    }
  }
  return undefined;
}

/** Alike from there on for some steps, or up to the end of both. */
function isAnchor(left: AccessSteps, more: number, right: AccessSteps, others: number): boolean {
  for (let i = 0; i < ANCHOR; i++) {
    const [here, there] = [left.peek(more + i), right.peek(others + i)];
    if (here === undefined && there === undefined) return true;
    if (here === undefined || there === undefined || !isAlike(left, here, right, there))
      return false;
  }
  return true;
}

function recordsOf(steps: AccessSteps, count: number): number[] {
  const records: number[] = [];
  for (let i = 0; i < count; i++) {
    const step = steps.peek(i);
    if (step === undefined) break;
    records.push(step.first);
  }
  return records;
}
