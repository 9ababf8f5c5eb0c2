import { HEADER_KEYS, parseExpectation } from '../../trace/index.ts';

/** Headers whose values are words with blanks between them; the others are texts, in which blanks may be meant. */
const TEXTS = new Set(HEADER_KEYS.filter(({ shape }) => shape === 'a text').map(({ key }) => key));

/**
 * `## key: value` with one blank between its parts, and none too many in values that are lists. Lines that are indented
 * explain the line before, and stay.
 */
export function formatHeader(text: string): string {
  const content = text.trim().slice(2).replace(/^ /, '');
  if (content === '' || /^[ \t]/.test(content)) return text.trim();
  const [, key = '', remark = '', value = ''] =
    /^([a-z][a-z-]*)((?: \([^)]*\)[^:]*)?):[ \t]*(.*)$/.exec(content) ?? [];
  if (key === '') return `## ${content}`;
  const words = TEXTS.has(key) || !isKnown(key) ? value : value.replace(BLANKS, ' ');
  return `## ${key}${remark}: ${words}`.trimEnd();
}

function isKnown(key: string): boolean {
  return HEADER_KEYS.some((known) => known.key === key);
}

/** A blank behind `#`, and one around a note's time. What the note says, and how far it is indented, stays. */
export function formatNote(text: string): string {
  const note = text.trim();
  const [, time, rest = ''] = /^#[ \t]*([0-9]{1,7}\.[0-9]{6})(?=[ \t]|$)(.*)$/.exec(note) ?? [];
  if (time !== undefined) return `# ${time} ${rest.trim()}`.trimEnd();
  return note.replace(/^#(?=[^ \t])/, '# ');
}

/** `mark text`: one blank between them. */
export function formatMark(text: string): string {
  return text.trim().replace(/^mark[ \t]+/, 'mark ');
}

/**
 * What stands behind `expect`, without comment: one blank between words, and around operators of two signs. Texts in
 * quotes, and names and marks in which two blanks are meant, stay as they are.
 */
export function formatExpected(text: string): string {
  const typed = text.trim();
  const pieces = piecesOf(typed);
  if (pieces === undefined) return typed;
  const formatted = withBlanks(pieces, (piece) => piece.replace(BLANKS, ' '));
  // With a label as its address it is read only when labels are known.
  if (/^memory\b/.test(typed)) return formatted;
  const before = parseExpectation(typed);
  if (before?.kind !== 'expression') {
    const isSame = JSON.stringify(parseExpectation(formatted)) === JSON.stringify(before);
    return before !== undefined && isSame ? formatted : typed;
  }
  if (/[=!]==/.test(typed)) return formatted;
  return withBlanks(pieces, (piece) => piece.replace(OPERATOR, ' $1 ').replace(BLANKS, ' ')).trim();
}

const BLANKS = /[ \t]+/g;
/** Those that begin no other operator and stand before no operand alone, as `-` does. */
const OPERATOR = /[ \t]*(==|!=|<=|>=|&&|\|\||<<|>>)[ \t]*/g;
const QUOTED = /("(?:\\.|[^"\\])*"|'(?:\\.|[^'\\])*')/;

/** What is between quotes and what is not, in turn; undefined where a quote is left open. */
function piecesOf(text: string): readonly string[] | undefined {
  const pieces = text.split(QUOTED);
  const isOpen = pieces.some((piece, at) => at % 2 === 0 && /["']/.test(piece));
  return isOpen ? undefined : pieces;
}

function withBlanks(pieces: readonly string[], change: (piece: string) => string): string {
  return pieces.map((piece, at) => (at % 2 === 0 ? change(piece) : piece)).join('');
}
