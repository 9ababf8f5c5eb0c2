import { decodeUtf8 } from './utf8.ts';

/** One line as the slow paths see it: its bytes without line end and outer blanks, and where they stand. */
export interface TextLine {
  readonly bytes: Uint8Array;
  readonly start: number;
  readonly end: number;
  /** 1-based line number. */
  readonly number: number;
}

const SLASH = 47;
const AT_SIGN = 64;

/** Blank, tab or carriage return. */
function isBlank(code: number | undefined): boolean {
  return code === 32 || code === 9 || code === 13;
}

/** The line in `bytes[start, end)` (no LF) without outer blanks, nor the mark that editors put before UTF-8. */
export function trimLine(bytes: Uint8Array, start: number, end: number, number: number): TextLine {
  const marked = number === 1 && bytes[start] === 0xef && bytes[start + 1] === 0xbb;
  if (marked && bytes[start + 2] === 0xbf) start = Math.min(start + 3, end);
  while (start < end && isBlank(bytes[start])) start++;
  while (end > start && isBlank(bytes[end - 1])) end--;
  return { bytes, start, end, number };
}

export function textOf(line: TextLine): string {
  return decodeUtf8(line.bytes, line.start, line.end);
}

/** What follows the first `count` bytes, without outer blanks. */
export function dropBytes(line: TextLine, count: number): TextLine {
  return trimLine(line.bytes, line.start + count, line.end, line.number);
}

/** A line's fields, and the call stack or comment behind them. */
export interface LineParts {
  readonly fields: TextLine;
  readonly stack: TextLine | undefined;
}

/** Cuts `fields  @ f0 < f1  // comment` at its marks, which stand between blanks (or end the line). */
export function splitParts(line: TextLine): LineParts {
  const { bytes, start, end, number } = line;
  let stackStart = -1;
  let at = start;
  for (; at < end; at++) {
    if (at > start && !isBlank(bytes[at - 1])) continue;
    if (bytes[at] === SLASH && bytes[at + 1] === SLASH && at + 1 < end) break;
    const mark = bytes[at] === AT_SIGN && (at + 1 === end || isBlank(bytes[at + 1]));
    if (mark && stackStart < 0) stackStart = at;
  }
  if (stackStart < 0) return { fields: trimLine(bytes, start, at, number), stack: undefined };
  return {
    fields: trimLine(bytes, start, stackStart, number),
    stack: trimLine(bytes, stackStart + 1, at, number),
  };
}

/** A piece of a trace for a message: clipped, with nothing in it that a terminal would act on. */
export function quote(text: string, limit = 40): string {
  const clipped = text.length > limit ? `${text.slice(0, limit)}…` : text;
  const plain = [...clipped].map((character) =>
    character < ' ' || character === '\x7f' ? '·' : character,
  );
  return `“${plain.join('')}”`;
}
