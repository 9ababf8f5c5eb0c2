import {
  type Position,
  type Range,
  TextDocument,
  type TextDocumentContentChangeEvent,
} from 'vscode-languageserver-textdocument';
import { FoldIndex } from '../timeline/index.ts';
import { Histories } from './index/histories.ts';
import { LineRecords } from './index/line-records.ts';
import { formatOf, LogIndex } from './index/log-index.ts';
import type { LineSource, TraceIndex } from './index/trace-index.ts';
import { describeHeaders, VgpuIndex } from './index/vgpu-index.ts';
import { logWords } from './lines/log-words.ts';
import { vgpuWords } from './lines/vgpu-words.ts';
import type { Word } from './lines/word.ts';
import { type RegisterTables, tablesFor } from './registers/register-tables.ts';

/** Lines at the beginning among which headers stand. */
const HEADER_LINES = 200;

/** A trace that is open in an editor: its text, and what is known of its lines. */
export class TraceDocument implements LineSource {
  readonly uri: string;
  readonly languageId: string;
  readonly #text: TextDocument;
  readonly #slice: number | undefined;
  #index: VgpuIndex | LogIndex | undefined;
  #format: { readonly id: string | undefined } | undefined;
  #derived: Derived | undefined;
  /** First line that was edited since the last of them was made. */
  #firstEdited = Number.POSITIVE_INFINITY;

  /** `slice`: characters of a log that are read before others have their turn. */
  constructor(uri: string, languageId: string, version: number, text: string, slice?: number) {
    this.uri = uri;
    this.languageId = languageId;
    this.#slice = slice;
    this.#text = TextDocument.create(uri, languageId, version, text);
  }

  get version(): number {
    return this.#text.version;
  }

  get lineCount(): number {
    return this.#text.lineCount;
  }

  /** Id of the format; undefined for what is no trace. */
  get format(): string | undefined {
    this.#format ??= { id: this.languageId === 'vgpu' ? 'vgpu' : formatOf(this) };
    return this.#format.id;
  }

  /** Made when it is first asked for: colours of the lines in view do not need it. */
  get index(): TraceIndex {
    return this.#made();
  }

  /** Those of the device; before the index is made, as far as the first lines tell. */
  get tables(): RegisterTables {
    if (this.#index !== undefined) return this.#index.tables;
    return this.format === 'vgpu'
      ? tablesFor(describeHeaders(this.lines(0, HEADER_LINES)))
      : tablesFor({});
  }

  /** When logs, which are read as a whole, have been read. */
  async ready(): Promise<TraceIndex> {
    const index = this.#made();
    if (index instanceof LogIndex) await index.ready();
    return index;
  }

  /** When all that is known is known of the text as it is now; logs are read anew after edits. */
  async upToDate(): Promise<void> {
    const index = this.#made();
    if (index instanceof LogIndex) await index.upToDate();
  }

  /** The line's words by the document's format. */
  words(line: number): readonly Word[] {
    const { format } = this;
    return format === 'vgpu' ? vgpuWords(this.line(line)) : logWords(format, this.line(line));
  }

  /** What follows from all lines together; made anew after an edit, when it is asked for. */
  get derived(): Derived {
    const { index } = this;
    if (this.#derived?.version !== index.version) {
      this.#derived = new Derived(index, this.#derived, this.#firstEdited);
      this.#firstEdited = Number.POSITIVE_INFINITY;
    }
    return this.#derived;
  }

  line(line: number): string {
    return this.lines(line, line + 1).replace(/[\r\n]+$/, '');
  }

  lines(first: number, end: number): string {
    return this.#text.getText(wholeLines(first, end));
  }

  getText(range?: Range): string {
    return this.#text.getText(range);
  }

  positionAt(offset: number): Position {
    return this.#text.positionAt(offset);
  }

  update(changes: readonly TextDocumentContentChangeEvent[], version: number): void {
    for (const change of changes) this.#change(change, version);
  }

  #made(): VgpuIndex | LogIndex {
    const { format } = this;
    this.#index ??=
      format === 'vgpu' ? new VgpuIndex(this) : new LogIndex(this, format, this.#slice);
    return this.#index;
  }

  /** Inside of the text: the library loses count of the lines where a position lies behind its end. */
  #range({ start, end }: Range): Range {
    const inside = (at: Position) => this.#text.positionAt(this.#text.offsetAt(at));
    return { start: inside(start), end: inside(end) };
  }

  #change(change: TextDocumentContentChangeEvent, version: number): void {
    const before = this.lineCount;
    const index = this.#index;
    if (!('range' in change)) {
      TextDocument.update(this.#text, [change], version);
      this.#index = undefined;
      this.#derived = undefined;
      this.#format = undefined;
      return;
    }
    const range = this.#range(change.range);
    const { start, end } = range;
    TextDocument.update(this.#text, [{ ...change, range }], version);
    if (index === undefined) return;
    // A line end may join with one before it, or come apart.
    const first = Math.max(0, Math.min(start.line, end.line, before - 1) - 1);
    const last = Math.min(Math.max(start.line, end.line) + 1, before - 1);
    const removed = last - first + 1;
    this.#firstEdited = Math.min(this.#firstEdited, first);
    index.edited(first, removed, removed + this.lineCount - before);
  }
}

function wholeLines(first: number, end: number): Range {
  return { start: { line: first, character: 0 }, end: { line: end, character: 0 } };
}

/** Folds, and what registers hold: by the same rules as in the decoded view. */
export class Derived {
  readonly version: number;
  readonly readings: number;
  readonly records: LineRecords;
  readonly folds: FoldIndex;
  readonly histories: Histories;

  /** `before`: that of the text before edits, the first of which is on line `edited`. */
  constructor(index: TraceIndex, before: Derived | undefined, edited: number) {
    this.version = index.version;
    this.readings = index.readings;
    this.records = new LineRecords(index.columns);
    this.folds = new FoldIndex(this.records);
    const source = { records: this.records, folds: this.folds, tables: index.tables };
    const unchanged = this.records.recordFrom(edited);
    this.histories =
      before?.readings === index.readings
        ? before.histories.afterEdit(source, unchanged)
        : new Histories(source);
  }
}
