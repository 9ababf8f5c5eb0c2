import { type Range, type SemanticTokens, SemanticTokensBuilder } from 'vscode-languageserver/node';
import type { TraceDocument } from '../document.ts';
import { type LabelName, labelNames } from '../lines/label-names.ts';
import { placeParts } from '../lines/place-parts.ts';
import type { Word, WordRole } from '../lines/word.ts';
import { labelNamed } from './labels/labels.ts';

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
  'enumMember',
] as const;
export const TOKEN_MODIFIERS = ['readonly', 'modification', 'declaration'] as const;

type TokenType = (typeof TOKEN_TYPES)[number];
const READONLY = 1;
const MODIFICATION = 2;
const DECLARATION = 4;

/** What roles are coloured as; places are looked at more closely. */
const TYPE_OF_ROLE: Readonly<Record<WordRole, TokenType | undefined>> = {
  read: 'keyword',
  write: 'keyword',
  keyword: 'keyword',
  size: 'type',
  place: 'variable',
  label: 'enumMember',
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
    const words = document.words(line);
    const labels = labelsOn(document, line, words);
    for (const word of words) {
      for (const { start, end: stop, type, modifiers } of tokensOfWord(word, document, labels)) {
        if (stop > start) {
          builder.push(line, start, stop - start, TOKEN_TYPES.indexOf(type), modifiers);
        }
      }
    }
  }
  return builder.build();
}

/** Only a line of the symbolic form asks for the document's labels, for which all of it is read. */
function labelsOn(
  document: TraceDocument,
  line: number,
  words: readonly Word[],
): readonly LabelName[] {
  if (document.format !== 'vgpu' || !words.some(mayHaveLabel)) return [];
  return labelNames(document.line(line)).filter(
    ({ name, isDefinition }) => isDefinition || labelNamed(document, name) !== undefined,
  );
}

function mayHaveLabel({ role, text }: Word): boolean {
  if (role === 'label') return true;
  if (role !== 'place' && role !== 'value' && role !== 'name') return false;
  return /^(?:ggtt\[)?[A-Za-z_]\w*(?:[+\]]|$)/.test(text) && !/^[0-9a-f]+$/i.test(text);
}

function tokensOfWord(
  word: Word,
  document: TraceDocument,
  labels: readonly LabelName[],
): readonly Token[] {
  if (word.role === 'place' && !labels.some(isIn(word))) return tokensOfPlace(word, document);
  const type = TYPE_OF_ROLE[word.role];
  if (labels.some(isIn(word))) return tokensWithLabel(word, labels);
  if (type === undefined) return [];
  return [{ ...span(word), type, modifiers: word.role === 'write' ? MODIFICATION : 0 }];
}

function isIn(word: Word) {
  return ({ start, end }: LabelName) => start >= word.start && end <= word.end;
}

/** `ring`, `ring+0x40`, `ggtt[ring+0x1000]+4`. */
function tokensWithLabel(word: Word, labels: readonly LabelName[]): readonly Token[] {
  const label = labels.find(isIn(word));
  const tokens: Token[] = [];
  for (const { index, 0: text } of word.text.matchAll(/\w+|\+/g)) {
    const start = word.start + index;
    const type =
      start === label?.start
        ? 'enumMember'
        : text === '+'
          ? 'operator'
          : text === 'ggtt'
            ? 'function'
            : 'number';
    const isDefinition = start === label?.start && label.isDefinition;
    const modifiers = isDefinition ? DECLARATION : 0;
    tokens.push({ start, end: start + text.length, type, modifiers });
  }
  return tokens;
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
