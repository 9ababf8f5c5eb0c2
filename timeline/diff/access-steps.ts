import { isAccess, RecordKind, Space, type TraceStore } from '../../trace/index.ts';
import { isInGgtt } from '../register-directory.ts';
import { VOLATILE_REGISTERS } from '../replay/volatile-registers.ts';

/** An access, or a poll: reads of one place that follow each other, of which the last answer counts. */
export interface AccessStep {
  readonly first: number;
  readonly last: number;
}

const VOLATILE: ReadonlySet<number> = new Set(VOLATILE_REGISTERS.map(({ offset }) => offset));

/** Goes through the accesses of a trace step by step, with a window ahead. */
export class AccessSteps {
  readonly store: TraceStore;
  readonly #ahead: AccessStep[] = [];
  #next = 0;
  /** Steps passed. */
  passed = 0;

  constructor(store: TraceStore) {
    this.store = store;
  }

  /** The step `distance` ahead; 0 is the present one. Undefined behind the trace's end. */
  peek(distance = 0): AccessStep | undefined {
    while (this.#ahead.length <= distance) {
      const step = this.#read();
      if (step === undefined) return undefined;
      this.#ahead.push(step);
    }
    return this.#ahead[distance];
  }

  pass(count = 1): void {
    for (let i = 0; i < count && this.peek() !== undefined; i++) {
      this.#ahead.shift();
      this.passed++;
    }
  }

  #read(): AccessStep | undefined {
    const { store } = this;
    const first = this.#skipTo(this.#next);
    if (first >= store.length) return undefined;
    let last = first;
    let next = this.#skipTo(first + 1);
    while (isPoll(store, first, next)) {
      last = next;
      next = this.#skipTo(next + 1);
    }
    this.#next = next;
    return { first, last };
  }

  #skipTo(record: number): number {
    while (record < this.store.length && !isAccess(this.store.kind(record))) record++;
    return record;
  }
}

function isPoll(store: TraceStore, first: number, next: number): boolean {
  if (next >= store.length || store.kind(first) !== RecordKind.read) return false;
  return isSameAccess(store, first, store, next);
}

/** Same kind, place and size, whatever the value. */
export function isSameAccess(a: TraceStore, i: number, b: TraceStore, j: number): boolean {
  return (
    a.kind(i) === b.kind(j) &&
    a.offset(i) === b.offset(j) &&
    a.space(i) === b.space(j) &&
    a.size(i) === b.size(j)
  );
}

/**
 * Whether two accesses of the same place have values that tell a difference: not where one is not known, where a register
 * counts time, or in a translation entry, as memory lies elsewhere in each run.
 */
export function isSameValue(a: TraceStore, i: number, b: TraceStore, j: number): boolean {
  if (!a.valueKnown(i) || !b.valueKnown(j)) return true;
  if (a.low(i) === b.low(j) && a.high(i) === b.high(j)) return true;
  if (a.space(i) !== Space.mmio) return false;
  const offset = a.offset(i);
  return VOLATILE.has(offset - (offset % 4)) || isFrameOnly(a, i, b, j);
}

/** Entries that are present in both and differ in the frame alone. */
function isFrameOnly(a: TraceStore, i: number, b: TraceStore, j: number): boolean {
  if (!isInGgtt(a.offset(i))) return false;
  return a.offset(i) % 8 >= 4 || ((a.low(i) ^ b.low(j)) & 0xfff) === 0;
}
