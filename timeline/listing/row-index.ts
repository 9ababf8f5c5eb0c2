import { countBefore, RecordKind } from '../../trace/index.ts';
import type { FoldIndex } from '../fold/fold-index.ts';
import { GrowingInt32 } from '../fold/growing-int32.ts';
import type { RecordSource } from '../record-source.ts';

/**
 * Rows of a listing: a fold is one, memory contents that follow each other are one, every other record is one.
 * Every record lies in exactly one row. Rows are numbered from 0.
 */
export class RowIndex {
  readonly length: number;
  readonly #first: Int32Array;
  readonly #records: number;

  constructor(source: RecordSource, folds: FoldIndex) {
    this.#records = source.length;
    this.#first = rowStarts(source, folds);
    this.length = this.#first.length;
  }

  /** First record of a row; the number of records for rows past the end. */
  recordOf(row: number): number {
    return this.#first[row] ?? this.#records;
  }

  /** Record after the last one of a row. */
  endOf(row: number): number {
    return this.recordOf(row + 1);
  }

  /** The row that a record lies in; the last one for records past the end, 0 in an empty listing. */
  rowOf(record: number): number {
    const begun = countBefore(this.length, (row) => (this.#first[row] ?? 0) <= record);
    return Math.max(0, begun - 1);
  }
}

function rowStarts(source: RecordSource, folds: FoldIndex): Int32Array {
  const starts = new GrowingInt32();
  let nextFold = 0;
  let fold = folds.fold(nextFold);
  let inMemory = false;
  for (let record = 0; record < source.length; record++) {
    if (fold && record === fold.first) {
      starts.push(record);
      record = fold.last;
      fold = folds.fold(++nextFold);
      inMemory = false;
      continue;
    }
    const isMemory = source.kind(record) === RecordKind.memory;
    if (!isMemory || !inMemory) starts.push(record);
    inMemory = isMemory;
  }
  return starts.toArray();
}
