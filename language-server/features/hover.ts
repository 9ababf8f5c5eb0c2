import { type Hover, MarkupKind, type Position } from 'vscode-languageserver/node';
import { HEADER_KEYS, KEYWORD_LINES } from '../../trace/index.ts';
import type { TraceDocument } from '../document.ts';
import { type Word, wordAt } from '../lines/word.ts';
import { registerAtWord } from '../registers/register-at-word.ts';
import { expectationPartAt } from './expectation-parts.ts';
import { accessHover } from './hover-access.ts';
import { bytesHover, commandHover, dwordAt } from './hover-command.ts';
import { configByteHover } from './hover-config.ts';
import { differenceHover } from './hover-diff.ts';
import { expectationHover } from './hover-expectation.ts';
import { labelHover } from './labels/label-hover.ts';
import { labelAt, type NamedLabel } from './labels/labels.ts';
import { code, paragraphs, plain } from './markdown.ts';
import { registerText } from './register-text.ts';

export function hover(document: TraceDocument, { line, character }: Position): Hover | undefined {
  const words = document.words(line);
  const word = wordAt(words, character);
  if (word === undefined) return undefined;
  const found = labelAt(document, { line, character });
  const part = found === undefined ? expectationPartAt(document, line, character) : undefined;
  const named = part && expectationHover(document, line, part);
  const value =
    found === undefined
      ? (named ?? textFor(document, line, words, word, character))
      : labelText(document, found, line, word);
  if (value === undefined || value === '') return undefined;
  const { start, end } =
    found?.place ?? (named === undefined ? undefined : part) ?? shownPart(word, character);
  return {
    contents: { kind: MarkupKind.Markdown, value },
    range: { start: { line, character: start }, end: { line, character: end } },
  };
}

/** Of bytes that stand together one dword is looked at. */
function shownPart(word: Word, character: number): { start: number; end: number } {
  if (word.role !== 'bytes') return word;
  const [start, end] = dwordAt(word, character);
  return { start, end };
}

/** A label that is a place says also what is there. */
function labelText(
  document: TraceDocument,
  { label, place: { isDefinition } }: NamedLabel,
  line: number,
  word: Word,
): string {
  const place = word.role === 'place' ? accessHover(document, line) : undefined;
  return paragraphs(labelHover(document, label, isDefinition ? document.lineCount : line), place);
}

function textFor(
  document: TraceDocument,
  line: number,
  words: readonly Word[],
  word: Word,
  character: number,
): string | undefined {
  const { tables } = document;
  switch (word.role) {
    case 'comment':
    case 'note':
    case 'stray':
    case 'function':
    case 'operator':
      return undefined;
    case 'headerKey':
      return headerText(word.text);
    case 'keyword':
      return keywordText(word.text) ?? commandHover(words, tables);
    case 'command':
    case 'where':
      return commandHover(words, tables) ?? keywordText(words[0]?.text ?? '');
    case 'bytes':
      if (document.format === 'lspci') return configByteHover(document, line, words, word);
      return words.some(({ role }) => role === 'command')
        ? commandHover(words, tables)
        : bytesHover(words, word, tables, character);
    default:
      if (document.format === 'mmio-diff') return differenceHover(document, line, words);
      return accessHover(document, line) ?? placeText(document, line, word);
  }
}

/** A place on a line that is no access: of a command's register, of a line with a mistake. */
function placeText(document: TraceDocument, line: number, word: Word): string | undefined {
  const [first] = document.words(line);
  const shape = first?.role === 'keyword' ? keywordText(first.text) : undefined;
  if (word.role !== 'place' && word.role !== 'name') return shape;
  const found = registerAtWord(document, line, word);
  return found === undefined ? shape : registerText(found.info, found.offset);
}

function headerText(key: string): string | undefined {
  const row = HEADER_KEYS.find((each) => each.key === key);
  return row && paragraphs(`**${row.key}** — header`, `Value: ${plain(row.shape)}`);
}

function keywordText(keyword: string): string | undefined {
  const row = KEYWORD_LINES.find((each) => each.keyword === keyword && keyword !== 'CMD');
  return row && code(row.shape);
}
