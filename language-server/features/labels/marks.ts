import type { Position } from 'vscode-languageserver/node';
import { parseExpectation, RecordKind } from '../../../trace/index.ts';
import type { TraceDocument } from '../../document.ts';
import { wordOf } from '../../lines/word.ts';

/** Where the text of a mark or note stands, or an expectation that counts from it; columns as of words. */
export interface MarkPlace {
  readonly text: string;
  readonly line: number;
  readonly start: number;
  readonly end: number;
  /** The mark or note itself. */
  readonly isDefinition: boolean;
}

const NOTED = /^[ \t]*(?:mark\b|#(?!#)(?:[ \t]*[0-9]{1,7}\.[0-9]{6}(?=[ \t]|$))?)[ \t]*/;
const SINCE = /\bsince[ \t]+mark[ \t]+/;

/** The mark or note on a line, or the one that its expectation counts from. */
export function markOn(document: TraceDocument, line: number): MarkPlace | undefined {
  const kind = document.index.columns.kind[line];
  if (document.format !== 'vgpu') return undefined;
  if (kind === RecordKind.note) return notedOn(document, line);
  return kind === RecordKind.expectation ? expectedOn(document, line) : undefined;
}

/** The mark at a position, or what an expectation there counts from. Other notes are texts and no names. */
export function markAt(
  document: TraceDocument,
  { line, character }: Position,
): MarkPlace | undefined {
  const found = markOn(document, line);
  if (found === undefined || character < found.start || character > found.end) return undefined;
  return found.isDefinition && !isMarkLine(document, line) ? undefined : found;
}

/** All marks and notes of a text, and what is expected since them, in order. */
export function placesOfMark(document: TraceDocument, text: string): MarkPlace[] {
  const { columns } = document.index;
  const found: MarkPlace[] = [];
  for (let line = 0; line < columns.length; line++) {
    const place = markOn(document, line);
    if (place?.text === text) found.push(place);
  }
  return found;
}

/** Texts of the marks above a line (from 0); notes are counted from as well, and are too many to be listed. */
export function marksAbove(document: TraceDocument, line: number): readonly string[] {
  return [...firstOf(document)]
    .filter(([, { first, isMark }]) => isMark && first < line)
    .map(([text]) => text);
}

/** Whether a line above is a mark or note of that text. */
export function isPassed(document: TraceDocument, text: string, line: number): boolean {
  const found = firstOf(document).get(text);
  return found !== undefined && found.first < line;
}

/** The first line of each text, and whether one of its lines is a mark. */
type FirstLines = ReadonlyMap<string, { readonly first: number; readonly isMark: boolean }>;

const known = new WeakMap<TraceDocument, { version: number; lines: FirstLines }>();

function firstOf(document: TraceDocument): FirstLines {
  const { version, columns } = document.index;
  const before = known.get(document);
  if (before?.version === version) return before.lines;
  const lines = new Map<string, { first: number; isMark: boolean }>();
  for (const line of columns.ofKind(RecordKind.note)) {
    const text = notedOn(document, line)?.text;
    if (text === undefined) continue;
    const isMark = isMarkLine(document, line);
    const found = lines.get(text);
    if (found === undefined) lines.set(text, { first: line, isMark });
    else found.isMark ||= isMark;
  }
  known.set(document, { version, lines });
  return lines;
}

function isMarkLine(document: TraceDocument, line: number): boolean {
  return document.words(line)[0]?.role === 'keyword';
}

function notedOn(document: TraceDocument, line: number): MarkPlace | undefined {
  const whole = document.line(line);
  const start = NOTED.exec(whole)?.[0].length ?? 0;
  const end = whole.trimEnd().length;
  if (end <= start) return undefined;
  return { text: whole.slice(start, end), line, start, end, isDefinition: true };
}

function expectedOn(document: TraceDocument, line: number): MarkPlace | undefined {
  const text = document.line(line);
  const words = document.words(line);
  const from = words[0]?.end ?? 0;
  const said = text.slice(from, wordOf(words, 'comment')?.start ?? text.length).trimEnd();
  const since = SINCE.exec(said);
  const expectation = since === null ? undefined : parseExpectation(said);
  if (since === null || expectation?.kind !== 'event') return undefined;
  const { mark } = expectation;
  if (mark === undefined) return undefined;
  const start = from + since.index + since[0].length;
  return { text: mark, line, start, end: start + mark.length, isDefinition: false };
}
