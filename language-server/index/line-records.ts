import type { RecordSource } from '../../timeline/index.ts';
import { countBefore, SIZE_MASK, VALUE_UNKNOWN } from '../../trace/index.ts';
import { upperOn } from './access.ts';
import { type LineColumns, LineKind } from './line-columns.ts';

/** The lines that hold records, numbered as the records of a trace are. Valid until the columns change. */
export class LineRecords implements RecordSource {
  readonly length: number;
  readonly #columns: LineColumns;
  readonly #lines: Int32Array;

  constructor(columns: LineColumns) {
    this.#columns = columns;
    const lines = new Int32Array(columns.length);
    let count = 0;
    for (let line = 0; line < columns.length; line++) {
      const kind = columns.kind[line] ?? 0;
      if (kind > LineKind.none && kind < LineKind.header) lines[count++] = line;
    }
    this.#lines = lines.subarray(0, count);
    this.length = count;
  }

  /** Line of a record, from 0. */
  lineOf(record: number): number {
    return this.#lines[record] ?? this.#columns.length;
  }

  /** First record on a line or below it; `length` where there is none. */
  recordFrom(line: number): number {
    return countBefore(this.length, (record) => (this.#lines[record] ?? 0) < line);
  }

  /** The record on a line, if it holds one. */
  recordAt(line: number): number | undefined {
    const record = this.recordFrom(line);
    return record < this.length && this.lineOf(record) === line ? record : undefined;
  }

  kind(record: number): number {
    return this.#columns.kind[this.lineOf(record)] ?? 0;
  }

  space(record: number): number {
    return this.#columns.space[this.lineOf(record)] ?? 0;
  }

  size(record: number): number {
    return (this.#columns.sizeFlags[this.lineOf(record)] ?? 0) & SIZE_MASK;
  }

  offset(record: number): number {
    return this.#columns.offset[this.lineOf(record)] ?? 0;
  }

  low(record: number): number {
    return this.#columns.low[this.lineOf(record)] ?? 0;
  }

  high(record: number): number {
    return this.#columns.high[this.lineOf(record)] ?? 0;
  }

  upperOffset(record: number): number | undefined {
    return upperOn(this.#columns, this.lineOf(record));
  }

  valueKnown(record: number): boolean {
    return ((this.#columns.sizeFlags[this.lineOf(record)] ?? 0) & VALUE_UNKNOWN) === 0;
  }

  /** Nothing that an editor shows depends on it. */
  timeNs(): number {
    return 0;
  }

  stack(): readonly string[] {
    return [];
  }

  text(): string {
    return '';
  }
}
