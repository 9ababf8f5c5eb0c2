import { countBefore, RecordKind } from '../../trace/index.ts';
import type { RecordSource } from '../record-source.ts';
import { GrowingInt32 } from './growing-int32.ts';
import { kindOfKey, RUN_KINDS, type RunKind, runKeyOf } from './run-kinds.ts';

/** A run of accesses of one kind that is shown as one row. */
export interface Fold {
  /** Number in its index, from 0. */
  readonly index: number;
  /** First and last access of the run; between them lie only its accesses and what the device did in answer. */
  readonly first: number;
  readonly last: number;
  /** Accesses in it, without memory contents and interrupts between them. */
  readonly accesses: number;
  readonly kind: RunKind;
}

/** All folds of a trace in order, found in one pass. Folds never overlap. */
export class FoldIndex {
  readonly length: number;
  readonly #first: Int32Array;
  readonly #last: Int32Array;
  readonly #accesses: Int32Array;
  readonly #kind: Int32Array;

  /** `foreign`: of a device that is no Intel GPU. */
  constructor(source: RecordSource, foreign = false) {
    const found = findRuns(source, foreign);
    this.#first = found.first.toArray();
    this.#last = found.last.toArray();
    this.#accesses = found.accesses.toArray();
    this.#kind = found.kind.toArray();
    this.length = this.#first.length;
  }

  fold(index: number): Fold | undefined {
    const kind = RUN_KINDS[this.#kind[index] ?? -1];
    if (kind === undefined) return undefined;
    return {
      index,
      first: this.#first[index] ?? 0,
      last: this.#last[index] ?? 0,
      accesses: this.#accesses[index] ?? 0,
      kind,
    };
  }

  /** The fold that a record lies in, if any. */
  at(record: number): Fold | undefined {
    const index = this.indexUpTo(record);
    return record <= (this.#last[index] ?? -1) ? this.fold(index) : undefined;
  }

  /** Number of the last fold that begins at `record` or before it; −1 where none does. */
  indexUpTo(record: number): number {
    return countBefore(this.length, (index) => (this.#first[index] ?? 0) <= record) - 1;
  }
}

/**
 * What may stand between a run's accesses without ending it: what the device did by itself. Notes and commands end
 * it, because whoever reads the trace wants to see where they fell.
 */
const PASSED_OVER: ReadonlySet<number> = new Set([
  RecordKind.memory,
  RecordKind.interrupt,
  RecordKind.deviceWrite,
  RecordKind.mapping,
]);

interface FoundRuns {
  readonly first: GrowingInt32;
  readonly last: GrowingInt32;
  readonly accesses: GrowingInt32;
  readonly kind: GrowingInt32;
}

function findRuns(source: RecordSource, foreign: boolean): FoundRuns {
  const found = {
    first: new GrowingInt32(),
    last: new GrowingInt32(),
    accesses: new GrowingInt32(),
    kind: new GrowingInt32(),
  };
  let key = 0;
  let first = 0;
  let last = 0;
  let accesses = 0;
  const close = () => {
    if (key !== 0) keepIfLong(found, kindOfKey(key), first, last, accesses);
    key = 0;
  };
  for (let record = 0; record < source.length; record++) {
    const kind = source.kind(record);
    if (kind !== RecordKind.read && kind !== RecordKind.write) {
      if (!PASSED_OVER.has(kind)) close();
      continue;
    }
    const next = runKeyOf(source, record, foreign);
    if (next !== key) {
      close();
      key = next;
      first = record;
      accesses = 0;
    }
    last = record;
    accesses++;
  }
  close();
  return found;
}

function keepIfLong(
  found: FoundRuns,
  kind: number,
  first: number,
  last: number,
  accesses: number,
): void {
  if (accesses < (RUN_KINDS[kind]?.minimum ?? Number.POSITIVE_INFINITY)) return;
  found.first.push(first);
  found.last.push(last);
  found.accesses.push(accesses);
  found.kind.push(kind);
}
