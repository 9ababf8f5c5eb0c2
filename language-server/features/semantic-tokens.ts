import { type Range, type SemanticTokens, SemanticTokensBuilder } from 'vscode-languageserver/node';
import type { TraceDocument } from '../document.ts';
import { placeParts } from '../lines/place-parts.ts';
import type { Word, WordRole } from '../lines/word.ts';

export const TOKEN_TYPES = [
  'keyword',
  'class',
  'variable',
  'number',
  'operator',
  'comment',
  'property',
  'string',
  'function',
  'type',
  'parameter',
] as const;
export const TOKEN_MODIFIERS = ['readonly', 'modification'] as const;

type TokenType = (typeof TOKEN_TYPES)[number];
const READONLY = 1;
const MODIFICATION = 2;

/** What roles are coloured as; places are looked at more closely. */
const TYPE_OF_ROLE: Readonly<Record<WordRole, TokenType | undefined>> = {
  read: 'keyword',
  write: 'keyword',
  keyword: 'keyword',
  size: 'type',
  place: 'variable',
  operator: 'operator',
  value: 'number',
  time: 'number',
  engine: 'class',
  where: 'parameter',
  bytes: 'number',
  command: 'function',
  headerMark: 'comment',
  headerKey: 'property',
  headerValue: 'string',
  note: 'comment',
  text: 'string',
  name: 'variable',
  function: 'function',
  comment: 'comment',
  stray: undefined,
};

interface Token {
  readonly start: number;
  readonly end: number;
  readonly type: TokenType;
  readonly modifiers: number;
}

/** Lines of a document for which all tokens are given at once; longer ones are coloured as they come into view. */
const MOST_LINES = 50_000;

export function semanticTokens(document: TraceDocument): SemanticTokens {
  return document.lineCount > MOST_LINES ? { data: [] } : tokensOf(document, 0, document.lineCount);
}

export function semanticTokensInRange(document: TraceDocument, { start, end }: Range) {
  return tokensOf(document, start.line, Math.min(end.line + 1, document.lineCount));
}

function tokensOf(document: TraceDocument, first: number, end: number): SemanticTokens {
  const builder = new SemanticTokensBuilder();
  for (let line = first; line < end; line++) {
    for (const word of document.words(line)) {
      for (const { start, end: stop, type, modifiers } of tokensOfWord(word, document)) {
        if (stop > start) {
          builder.push(line, start, stop - start, TOKEN_TYPES.indexOf(type), modifiers);
        }
      }
    }
  }
  return builder.build();
}

function tokensOfWord(word: Word, document: TraceDocument): readonly Token[] {
  if (word.role === 'place') return tokensOfPlace(word, document);
  const type = TYPE_OF_ROLE[word.role];
  if (type === undefined) return [];
  return [{ ...span(word), type, modifiers: word.role === 'write' ? MODIFICATION : 0 }];
}

/** Names that no register has stay without a colour. */
function tokensOfPlace(word: Word, document: TraceDocument): readonly Token[] {
  const { engine, register, table, numbers, operators } = placeParts(word.text);
  // Recordings have numbers only: they are coloured before any table of registers has been made.
  if (table === undefined && /^(?:0x)?[0-9a-f:.]+$/i.test(word.text)) {
    return [{ ...span(word), type: 'number', modifiers: 0 }];
  }
  const info = document.tables.directory.named(word.text.replace(/\+[^+]*$/, ''));
  const at = ({ start, end }: { start: number; end: number }, type: TokenType, modifiers = 0) => ({
    start: word.start + start,
    end: word.start + end,
    type,
    modifiers,
  });
  const tokens: Token[] = [];
  if (info !== undefined && engine !== undefined) tokens.push(at(engine, 'class'));
  if (info !== undefined && register !== undefined) {
    tokens.push(at(register, 'variable', info.access === 'ro' ? READONLY : 0));
  }
  if (table !== undefined) tokens.push(at(table, 'function'));
  for (const number of numbers) tokens.push(at(number, 'number'));
  for (const operator of operators) tokens.push(at(operator, 'operator'));
  return tokens.sort((a, b) => a.start - b.start);
}

function span({ start, end }: Word) {
  return { start, end };
}
