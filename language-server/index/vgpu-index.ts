import {
  type DeviceDescription,
  type Label,
  MAX_MICROS,
  parseSeconds,
  readVgpuPiece,
  type TraceDiagnostic,
  timeRunsBack,
  type VgpuPiece,
} from '../../trace/index.ts';
import { type RegisterTables, tablesFor } from '../registers/register-tables.ts';
import { LineColumns, LineKind, Problem } from './line-columns.ts';
import { putRecords } from './store-lines.ts';
import type { LineSource, TraceIndex } from './trace-index.ts';

const encoder = new TextEncoder();

/** Both are looked for in every line that holds no access, so they begin with what they need. */
const TIME_LINE = /^[ \t]*T[ \t]+([0-9.]+)[ \t]*(?:\/\/.*)?$/;
const TIMED_NOTE = /^[ \t]*#[ \t]*([0-9]{1,7}\.[0-9]{6})(?=[ \t]|$)/;
const HEADER = /^[ \t]*##/;
const LABEL_LINE = /^[ \t]*label[ \t]+(\w+)/;

/**
 * Index of a `.vgpu` document: reads all lines once, and after an edit those that it touched. What depends on other
 * lines is worked out from the columns when it is asked for.
 */
export class VgpuIndex implements TraceIndex {
  readonly format = 'vgpu';
  readonly isDump = false;
  readonly columns = new LineColumns();
  version = 0;
  readings = 0;
  tables: RegisterTables;
  device: DeviceDescription;
  readonly #source: LineSource;
  #labels: { readonly version: number; readonly list: readonly Label[] } | undefined;

  constructor(source: LineSource) {
    this.#source = source;
    // Names need the device's tables, and the device is described by lines.
    this.device = describeHeaders(source.lines(0, source.lineCount));
    this.tables = tablesFor(this.device);
    this.#readAll();
  }

  /** The source has changed: `removed` lines from `first` on have given way to `added` ones. */
  edited(first: number, removed: number, added: number): void {
    const { columns } = this;
    const { header, label } = LineKind;
    const hadHeader = hasKind(columns, header, first, first + removed);
    const hadLabel = hasKind(columns, label, first, first + removed);
    columns.splice(first, removed, added);
    const end = first + added;
    this.#read(first, end);
    // What labels mean below has changed.
    if (hadLabel || hasKind(columns, label, first, end)) this.#readAsking(end);
    if (hadHeader || hasKind(columns, header, first, end)) this.#headersChanged();
    this.version++;
  }

  get labels(): readonly Label[] {
    if (this.#labels?.version !== this.version) {
      const list = this.#labelsAbove(this.columns.length);
      this.#labels = { version: this.version, list };
    }
    return this.#labels.list;
  }

  problems(most: number): readonly TraceDiagnostic[] {
    const { columns } = this;
    const found: TraceDiagnostic[] = [];
    const damaged: number[] = [];
    let now = 0;
    for (let line = 0; line < columns.length && found.length + damaged.length < most; line++) {
      if (columns.problem[line] !== Problem.none) damaged.push(line);
      const micros = columns.micros[line] ?? Number.NaN;
      if (micros > now && micros <= MAX_MICROS) now = micros;
      // A note that was written later than what follows it is common in logs, and says nothing wrong.
      else if (columns.kind[line] === LineKind.time && micros !== now) {
        const text = TIME_LINE.exec(this.#source.line(line))?.[1] ?? '';
        found.push({ severity: 'warning', line: line + 1, message: timeRunsBack(now, text) });
      }
    }
    return [...found, ...this.#readersProblems(damaged)].sort((a, b) => a.line - b.line);
  }

  problemsOf(line: number): readonly TraceDiagnostic[] {
    return this.columns.problem[line] === Problem.none ? [] : this.#readersProblems([line]);
  }

  /** What the reader says of some lines, which it reads once more: sentences are not kept. */
  #readersProblems(lines: readonly number[]): TraceDiagnostic[] {
    const found: TraceDiagnostic[] = [];
    if (lines.length > 0) {
      this.#readLines(lines, this.labels, (problem) => found.push(problem));
    }
    return found;
  }

  /** Reads some lines, in order, for themselves. `problem` gets those of the document's lines. */
  #readLines(
    lines: readonly number[],
    known: readonly Label[],
    problem: (problem: TraceDiagnostic) => void,
    asked?: (line: number) => void,
  ): { readonly piece: VgpuPiece; readonly shift: number } {
    const text = lines.map((line) => this.#source.line(line)).join('\n');
    const isFirst = lines[0] === 0;
    const shift = isFirst ? -1 : -2;
    const lineOf = (line: number) => lines[line + shift] ?? -1;
    const piece = readVgpuPiece(pieceOf(text, isFirst), {
      registers: this.tables.resolver,
      labels: { known, lineOf: (line) => lineOf(line) + 1, asked: (line) => asked?.(lineOf(line)) },
      problem: (each) => problem({ ...each, line: lineOf(each.line) + 1 }),
    });
    return { piece, shift };
  }

  /** Lines from `first` on whose meaning depends on labels are read once more. */
  #readAsking(first: number): void {
    const { columns } = this;
    const lines = [...columns.asking(first)];
    if (lines.length === 0) return;
    for (const line of lines) columns.clear(line, line + 1);
    const { piece, shift } = this.#readLines(
      lines,
      this.#labelsAbove(first),
      ({ line, severity }) => this.#markProblem(line - 1, severity),
      (line) => {
        columns.asks[line] = 1;
      },
    );
    putRecords(columns, piece.store, shift, lines);
    putLabels(columns, piece.labels, first);
  }

  #labelsAbove(end: number): Label[] {
    const { columns } = this;
    return Array.from(columns.ofKind(LineKind.label, 0, end), (line) => ({
      name: LABEL_LINE.exec(this.#source.line(line))?.[1] ?? '',
      value: { low: columns.low[line] ?? 0, high: columns.high[line] ?? 0 },
      line: line + 1,
    }));
  }

  #markProblem(line: number, severity: TraceDiagnostic['severity']): void {
    const { problem } = this.columns;
    const grade = severity === 'error' ? Problem.error : Problem.warning;
    problem[line] = Math.max(problem[line] ?? 0, grade);
  }

  #readAll(): void {
    this.columns.splice(0, this.columns.length, this.#source.lineCount);
    this.#read(0, this.#source.lineCount);
    this.readings++;
    this.version++;
  }

  /** Reads lines that stand empty in the columns. */
  #read(first: number, end: number): void {
    const { columns } = this;
    const text = this.#source.lines(first, end);
    // A piece's lines count from 1; one that is not the file's first has a blank line before it.
    const shift = first === 0 ? -1 : first - 2;
    const { store, labels } = readVgpuPiece(pieceOf(text, first === 0), {
      registers: this.tables.resolver,
      labels: {
        known: this.#labelsAbove(first),
        lineOf: (line) => line + shift + 1,
        asked: (line) => {
          columns.asks[line + shift] = 1;
        },
      },
      problem: ({ line, severity }) => {
        if (line + shift < end) this.#markProblem(line + shift, severity);
      },
    });
    putRecords(columns, store, shift);
    putLabels(columns, labels, first);
    this.#markOtherLines(text, first, end);
  }

  /** Headers, and lines that set the time. */
  #markOtherLines(text: string, first: number, end: number): void {
    let at = 0;
    for (let line = first; line < end; line++) {
      const stop = lineEnd(text, at);
      const code = firstCode(text, at, stop);
      if (code === LETTER_T || code === HASH) this.#mark(text.slice(at, stop), line);
      at = text.charCodeAt(stop) === CR && text.charCodeAt(stop + 1) === LF ? stop + 2 : stop + 1;
    }
  }

  #mark(text: string, line: number): void {
    const { columns } = this;
    if (HEADER.test(text)) columns.kind[line] = LineKind.header;
    const time = TIME_LINE.exec(text) ?? TIMED_NOTE.exec(text);
    const micros = parseSeconds(time?.[1] ?? '');
    if (micros === undefined) return;
    columns.micros[line] = micros;
    if (columns.kind[line] === LineKind.none) columns.kind[line] = LineKind.time;
  }

  /** Only another set of tables makes names mean something else. */
  #headersChanged(): void {
    const lines: string[] = [];
    for (let line = 0; line < this.columns.length; line++) {
      if (this.columns.kind[line] === LineKind.header) lines.push(this.#source.line(line));
    }
    this.device = describe(lines.join('\n'));
    const tables = tablesFor(this.device);
    if (tables === this.tables) return;
    this.tables = tables;
    this.#readAll();
  }
}

const LF = 10;
const CR = 13;
const BLANK = 32;
const TAB = 9;
const HASH = 35;
const LETTER_T = 84;

/** The protocol ends lines at a lone CR too, the format does not. */
function pieceOf(text: string, isFirst: boolean): Uint8Array {
  const lines = text.includes('\r') ? text.replace(/\r(?!\n)/g, '\n') : text;
  return encoder.encode(isFirst ? lines : `\n${lines}`);
}

/** What the header lines of a text say of the device. */
export function describeHeaders(text: string): DeviceDescription {
  return describe((text.match(/^[ \t]*##.*$/gm) ?? []).join('\n'));
}

function describe(headers: string): DeviceDescription {
  return readVgpuPiece(encoder.encode(headers)).device;
}

function hasKind(columns: LineColumns, kind: number, first: number, end: number): boolean {
  return columns.ofKind(kind, first, end).next().done !== true;
}

/** Those that lines from `first` on define. */
function putLabels(columns: LineColumns, labels: readonly Label[], first: number): void {
  for (const { line, value } of labels) {
    const at = line - 1;
    if (at < first) continue;
    columns.kind[at] = LineKind.label;
    columns.low[at] = value.low;
    columns.high[at] = value.high;
  }
}

function lineEnd(text: string, at: number): number {
  const { length } = text;
  for (; at < length; at++) {
    const code = text.charCodeAt(at);
    if (code === LF || code === CR) return at;
  }
  return length;
}

function firstCode(text: string, at: number, end: number): number {
  for (; at < end; at++) {
    const code = text.charCodeAt(at);
    if (code !== BLANK && code !== TAB) return code;
  }
  return 0;
}
