import type { Word, WordRole } from './word.ts';

/** `R32`, `AW8`: with the number of bits behind it the line has the symbolic form, else the compact one. */
export const ACCESS_WORD = /^([ACI]?)([RW])(8|16|32|64)?$/;

/** Roles of the words behind a keyword; the last one holds for all that follow. */
const ROLES: Readonly<Record<string, readonly WordRole[]>> = {
  T: ['time', 'stray'],
  M: ['place', 'bytes'],
  label: ['label', 'value', 'stray'],
  IRQ: ['where', 'value', 'value', 'stray'],
  CSR: ['engine', 'place', 'value', 'stray'],
  CSW: ['engine', 'place', 'value', 'stray'],
  DW: ['size', 'where', 'value', 'stray'],
};

/** Takes any line apart, also one that is being typed. Words come in order and never overlap. */
export function vgpuWords(text: string): readonly Word[] {
  const start = text.length - text.trimStart().length;
  if (text.startsWith('//', start)) return [piece(text, 'comment', start, text.trimEnd().length)];
  if (text.startsWith('##', start)) return headerWords(text, start);
  if (text.startsWith('#', start)) return noteWords(text, start);
  const mark = /^mark(?=[ \t]|$)/.exec(text.slice(start));
  if (mark !== null) return markWords(text, start);
  return recordWords(text, start);
}

function headerWords(text: string, start: number): Word[] {
  const words = [piece(text, 'headerMark', start, start + 2)];
  const rest = text.slice(start + 2);
  const key = /^( ?)([a-z][a-z-]*)((?: \([^)]*\)[^:]*)?:)?[ \t]*/.exec(rest);
  const end = text.trimEnd().length;
  const blanks = rest.length - rest.trimStart().length;
  if (key?.[3] === undefined) {
    // A free text, or a key that is being typed.
    if (end > start + 2 + blanks) words.push(piece(text, 'headerValue', start + 2 + blanks, end));
    return words;
  }
  const keyStart = start + 2 + (key[1] ?? '').length;
  words.push(piece(text, 'headerKey', keyStart, keyStart + (key[2] ?? '').length));
  const value = start + 2 + key[0].length;
  if (end > value) words.push(piece(text, 'headerValue', value, end));
  return words;
}

function noteWords(text: string, start: number): Word[] {
  const end = text.trimEnd().length;
  const time = /^#[ \t]*([0-9]{1,7}\.[0-9]{6})(?=[ \t]|$)/.exec(text.slice(start, end));
  if (time === null) return [piece(text, 'note', start, end)];
  const timeEnd = start + time[0].length;
  const words = [
    piece(text, 'note', start, start + 1),
    piece(text, 'time', timeEnd - (time[1] ?? '').length, timeEnd),
  ];
  const rest = /[^ \t]/.exec(text.slice(timeEnd, end));
  if (rest !== null) words.push(piece(text, 'note', timeEnd + rest.index, end));
  return words;
}

function markWords(text: string, start: number): Word[] {
  const words = [piece(text, 'keyword', start, start + 4)];
  const rest = text.slice(start + 4);
  const from = start + 4 + rest.length - rest.trimStart().length;
  const end = text.trimEnd().length;
  if (end > from) words.push(piece(text, 'text', from, end));
  return words;
}

function recordWords(text: string, start: number): Word[] {
  const { fieldsEnd, stackStart, comment } = partsOf(text, start);
  const fields = spans(text, start, fieldsEnd);
  const words = roled(text, fields);
  if (stackStart >= 0) {
    words.push(piece(text, 'operator', stackStart, stackStart + 1));
    for (const [from, to] of spans(text, stackStart + 1, comment)) {
      words.push(piece(text, text.slice(from, to) === '<' ? 'operator' : 'function', from, to));
    }
  }
  const end = text.trimEnd().length;
  if (comment < end) words.push(piece(text, 'comment', comment, end));
  return words;
}

/** Where fields end, the stack begins (−1: there is none) and the comment begins (the line's end: none). */
function partsOf(text: string, start: number) {
  let stackStart = -1;
  let at = start;
  for (; at < text.length; at++) {
    if (at > start && !isBlank(text[at - 1])) continue;
    if (text.startsWith('//', at)) break;
    if (text[at] === '@' && stackStart < 0 && (at + 1 === text.length || isBlank(text[at + 1]))) {
      stackStart = at;
    }
  }
  return { fieldsEnd: stackStart < 0 ? at : stackStart, stackStart, comment: at };
}

function isBlank(character: string | undefined): boolean {
  return character === ' ' || character === '\t' || character === '\r';
}

type Span = readonly [from: number, to: number];

function spans(text: string, from: number, to: number): Span[] {
  return [...text.slice(from, to).matchAll(/[^ \t\r]+/g)].map(({ index, 0: word }) => [
    from + index,
    from + index + word.length,
  ]);
}

function roled(text: string, fields: readonly Span[]): Word[] {
  const [first, ...rest] = fields;
  if (first === undefined) return [];
  const keyword = text.slice(...first);
  const access = ACCESS_WORD.exec(keyword);
  if (access !== null) {
    const role = access[2] === 'W' ? 'write' : 'read';
    const roles = rolesOfAccess(text, rest, access[3] !== undefined);
    return [piece(text, role, ...first), ...zip(text, rest, roles)];
  }
  if (keyword === 'CMD') {
    return [piece(text, 'keyword', ...first), ...zip(text, rest, rolesOfCommand(text, rest))];
  }
  if (keyword === 'expect') return [piece(text, 'keyword', ...first), ...expectWords(text, fields)];
  const roles = ROLES[keyword];
  if (roles === undefined) return fields.map((span) => piece(text, 'stray', ...span));
  return [piece(text, 'keyword', ...first), ...zip(text, rest, roles)];
}

function rolesOfAccess(text: string, rest: readonly Span[], symbolic: boolean): WordRole[] {
  const roles: WordRole[] = symbolic ? ['place'] : ['size', 'place'];
  const next = rest[roles.length];
  if (next !== undefined && text.slice(...next) === '=') roles.push('operator');
  return [...roles, 'value', 'stray'];
}

/** Behind `expect`: words of a sentence about events, or of the debugger's expressions. */
const EXPECTED =
  /[A-Za-z_][\w.*?]*(?:\[\d+\])?|0[xX][0-9A-Fa-f_]+|[0-9A-Fa-f?]{2,}|[0-9]+|[^\sA-Za-z0-9_[\]()]+/g;
const EVENT_WORD =
  /^(?:no|faults?|interrupts?|commands?|memory|since|access|note|mark|start|ggtt)$/;

function expectWords(text: string, fields: readonly Span[]): Word[] {
  const from = fields[0]?.[1] ?? 0;
  const to = fields.at(-1)?.[1] ?? from;
  return [...text.slice(from, to).matchAll(EXPECTED)].map(({ index, 0: word }) => {
    const role = EVENT_WORD.test(word)
      ? 'where'
      : /^[A-Za-z_]/.test(word)
        ? 'name'
        : /^[0-9?]/.test(word)
          ? 'value'
          : 'operator';
    return piece(text, role, from + index, from + index + word.length);
  });
}

/** The recorder names no engine where several could have run the command, and may name the command. */
function rolesOfCommand(text: string, rest: readonly Span[]): WordRole[] {
  const [first] = rest;
  const named = first !== undefined && !text.slice(...first).includes('@');
  return [...(named ? (['engine'] as const) : []), 'where', 'command', 'bytes'];
}

function zip(text: string, fields: readonly Span[], roles: readonly WordRole[]): Word[] {
  return fields.map((span, at) => piece(text, roles[at] ?? roles.at(-1) ?? 'stray', ...span));
}

function piece(text: string, role: WordRole, start: number, end: number): Word {
  return { role, start, end, text: text.slice(start, end) };
}
