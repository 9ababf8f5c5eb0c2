import { RecordKind } from '../../trace/index.ts';
import { type Fold, FoldIndex } from '../fold/fold-index.ts';
import type { RecordSource } from '../record-source.ts';
import { stopsIn } from '../record-stops.ts';
import type { RegisterDirectory } from '../register-directory.ts';
import { accessText, meaningText, placeText, valueText } from './access-text.ts';
import {
  type ListingDocument,
  type ListingPlace,
  lineOf,
  pagesFor,
  rowOnLine,
  WINDOW_ROWS,
} from './document.ts';
import { commonDriverFunction, driverFunction } from './driver-function.ts';
import { foldText } from './fold-text.ts';
import { counted, grouped, LineWriter } from './line.ts';
import { RegisterHistory } from './register-history.ts';
import { remarkText } from './remark-text.ts';
import { RowIndex } from './row-index.ts';

/**
 * The decoded view of a trace: rows of text, runs folded, in pages of 50,000 lines. The same trace and register
 * tables give the same text and line numbers anywhere.
 */
export class Listing {
  readonly folds: FoldIndex;
  readonly #rows: RowIndex;
  readonly #whole: string | undefined;
  readonly #source: RecordSource;
  readonly #directory: RegisterDirectory;
  readonly #history: RegisterHistory;
  readonly #lines: LineWriter;
  readonly #isStop: (record: number) => boolean;

  /** `whole`: shown in place of rows, where there are none. */
  constructor(source: RecordSource, directory: RegisterDirectory, whole?: string) {
    this.#whole = whole;
    this.#source = source;
    this.#directory = directory;
    this.folds = new FoldIndex(source, directory.foreign);
    this.#rows = new RowIndex(source, this.folds);
    this.#history = new RegisterHistory(source, directory, this.folds);
    this.#lines = new LineWriter(source.length);
    this.#isStop = stopsIn(source);
  }

  /** Number of rows in all windows. */
  get rows(): number {
    return this.#rows.length;
  }

  /** Number of windows, at least 1. */
  get windows(): number {
    return pagesFor(this.#rows.length);
  }

  rowOfRecord(record: number): number {
    return this.#rows.rowOf(record);
  }

  /** First record of a row. */
  recordOfRow(row: number): number {
    return this.#rows.recordOf(row);
  }

  /** The fold that a row stands for, if it stands for one. */
  foldOfRow(row: number): Fold | undefined {
    return row < this.rows ? this.folds.at(this.recordOfRow(row)) : undefined;
  }

  /** Number of pages of a run; `first` is the fold's first record. */
  runPages(first: number): number {
    return pagesFor(this.#runLength(first));
  }

  /** Text of a document; one that says so where there is no such page. */
  text(document: ListingDocument): string {
    if (this.#whole !== undefined) return this.#whole;
    return document.kind === 'window'
      ? this.windowText(document.n)
      : this.runText(document.first, document.n);
  }

  windowText(n: number): string {
    if (n >= this.windows) return noSuchPage(n, this.windows);
    const from = n * WINDOW_ROWS;
    const to = Math.min(from + WINDOW_ROWS, this.rows);
    const lines = [
      `// Recording of ${counted(this.#source.length, 'record')} in ${counted(this.rows, 'row')}` +
        `${pageText(n, this.windows)}. A row with ▸ is a run of like accesses: open it, or step in, to see them.`,
      this.#lines.titles(),
    ];
    for (let row = from; row < to; row++) lines.push(this.#rowText(row));
    lines.push(n + 1 < this.windows ? `// Goes on in part ${n + 2}.` : '// End of the recording.');
    return `${lines.join('\n')}\n`;
  }

  /** The accesses of the fold that begins at record `first`, page n of them. */
  runText(first: number, n = 0): string {
    const fold = this.folds.at(first);
    if (fold?.first !== first) return `// No run of accesses begins at record ${first}.\n`;
    const pages = this.runPages(first);
    if (n >= pages) return noSuchPage(n, pages);
    const from = fold.first + n * WINDOW_ROWS;
    const to = Math.min(from + WINDOW_ROWS, fold.last + 1);
    const lines = [
      `// Records ${grouped(fold.first)} to ${grouped(fold.last)}: ${fold.kind.title}, ` +
        `${counted(fold.accesses, 'access', 'accesses')}${pageText(n, pages)}. Step out to leave the run.`,
      this.#lines.titles(),
    ];
    for (let record = from; record < to; record++) lines.push(this.#recordText(record, record + 1));
    lines.push(n + 1 < pages ? `// Goes on in part ${n + 2}.` : '// End of the run.');
    return `${lines.join('\n')}\n`;
  }

  /** Where a record stands in the windows; a folded one on its fold's row. */
  locate(record: number): ListingPlace {
    const row = this.rowOfRecord(record);
    return {
      document: { kind: 'window', n: Math.floor(row / WINDOW_ROWS) },
      line: lineOf(row),
    };
  }

  /** Where a folded record stands among the run's own lines; undefined for others. */
  locateInRun(record: number): ListingPlace | undefined {
    const fold = this.folds.at(record);
    if (fold === undefined) return undefined;
    const within = record - fold.first;
    const n = Math.floor(within / WINDOW_ROWS);
    return { document: { kind: 'run', first: fold.first, n }, line: lineOf(within) };
  }

  /** First record of the row on a line (0-based); undefined on comment lines. */
  recordAt(document: ListingDocument, line: number): number | undefined {
    if (document.kind === 'window') {
      const row = rowOnLine(document.n, line, this.rows);
      return row === undefined ? undefined : this.recordOfRow(row);
    }
    const within = rowOnLine(document.n, line, this.#runLength(document.first));
    return within === undefined ? undefined : document.first + within;
  }

  /**
   * The access on a line, or the next one below it on the same page: where a breakpoint set there can stop.
   * Undefined where none follows.
   */
  stopAt(document: ListingDocument, line: number): number | undefined {
    const last = WINDOW_ROWS + lineOf(0);
    for (let at = Math.max(line, lineOf(0)); at < last; at++) {
      const record = this.recordAt(document, at);
      if (record === undefined) return undefined;
      if (this.#isStop(record)) return record;
    }
    return undefined;
  }

  #runLength(first: number): number {
    const fold = this.folds.at(first);
    return fold === undefined || fold.first !== first ? 0 : fold.last - fold.first + 1;
  }

  #rowText(row: number): string {
    const record = this.recordOfRow(row);
    const fold = this.folds.at(record);
    if (fold === undefined) return this.#recordText(record, this.#rows.endOf(row));
    const source = this.#source;
    return this.#lines.row({
      record,
      timeNs: source.timeNs(record),
      folded: true,
      ...foldText(source, fold, this.#directory),
      driver: commonDriverFunction(this.#sampleStacks(fold)),
    });
  }

  #recordText(record: number, end: number): string {
    const source = this.#source;
    const timeNs = source.timeNs(record);
    if (!this.#isAccess(record)) {
      return this.#lines.remark(record, timeNs, remarkText(source, record, end, this.#directory));
    }
    this.#history.moveTo(record);
    return this.#lines.row({
      record,
      timeNs,
      folded: false,
      access: accessText(source, record),
      name: placeText(source, record, this.#directory),
      value: valueText(source, record),
      meaning: meaningText(source, record, this.#directory, this.#history),
      driver: driverFunction(source.stack(record)),
    });
  }

  /** A run's stacks repeat soon: a few tell what they have in common. */
  #sampleStacks(fold: Fold): readonly (readonly string[])[] {
    const stacks: (readonly string[])[] = [];
    const step = Math.max(1, Math.floor((fold.last - fold.first) / STACK_SAMPLES));
    const near = Math.min(fold.last, fold.first + STACK_SAMPLES);
    for (let record = fold.first; record <= near; record++) stacks.push(this.#source.stack(record));
    for (let record = near; record <= fold.last; record += step) {
      stacks.push(this.#source.stack(record));
    }
    return stacks.filter((stack) => stack.length > 0);
  }

  #isAccess(record: number): boolean {
    const kind = this.#source.kind(record);
    return kind === RecordKind.read || kind === RecordKind.write;
  }
}

export function createListing(
  source: RecordSource,
  directory: RegisterDirectory,
  whole?: string,
): Listing {
  return new Listing(source, directory, whole);
}

const STACK_SAMPLES = 16;

function noSuchPage(n: number, pages: number): string {
  return `// There is no part ${n + 1}: the last is part ${pages}.\n`;
}

function pageText(n: number, pages: number): string {
  return pages === 1 ? '' : `, part ${n + 1} of ${pages}`;
}
