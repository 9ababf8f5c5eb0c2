import { type InlayHint, InlayHintKind, type Range } from 'vscode-languageserver/node';
import { dwordName, meaningText, placeText, REGISTER_BYTES } from '../../timeline/index.ts';
import { hex64, RecordKind } from '../../trace/index.ts';
import type { TraceDocument } from '../document.ts';
import { LineKind } from '../index/line-columns.ts';
import { type Word, wordOf } from '../lines/word.ts';
import { labelSums } from './labels/label-sums.ts';

/** Editors ask for the lines in view; of one that asks for all, the first get hints. */
const MOST_LINES = 2000;

/** Names of registers behind their offsets, and behind each access what it says and changes. */
export function inlayHints(document: TraceDocument, { start, end }: Range): InlayHint[] {
  const last = Math.min(end.line, document.lineCount - 1, start.line + MOST_LINES);
  const hints: InlayHint[] = [];
  for (let line = start.line; line <= last; line++) hints.push(...hintsOn(document, line));
  return hints;
}

function hintsOn(document: TraceDocument, line: number): readonly InlayHint[] {
  const { columns } = document.index;
  const kind = columns.kind[line] ?? 0;
  switch (kind) {
    case RecordKind.read:
    case RecordKind.write:
      return accessHints(document, line);
    case RecordKind.commandRead:
    case RecordKind.commandWrite:
      return registerHint(document, line, columns.offset[line] ?? 0);
    case RecordKind.command:
      return commandHint(document, line, columns.low[line] ?? 0);
    case RecordKind.memory:
    case RecordKind.expectation:
    case LineKind.label:
      return labelHints(document, line);
    default:
      return [];
  }
}

function accessHints(document: TraceDocument, line: number): readonly InlayHint[] {
  const { records, histories } = document.derived;
  const record = records.recordAt(line);
  if (record === undefined) return [];
  const { directory } = document.index.tables;
  const words = document.words(line);
  const place = wordOf(words, 'place', 'name');
  const name = placeText(records, record, directory);
  const meaning = meaningText(records, record, directory, histories.at(record));
  const hints: InlayHint[] = [...labelHints(document, line)];
  if (place !== undefined && saysMore(place.text, name)) hints.push(hint(line, place.end, name));
  const last = lastField(words);
  if (last !== undefined && meaning !== '') hints.push(hint(line, last.end, meaning));
  return hints;
}

/** Not where the line has the name already, nor where the offset is all that is known. */
function saysMore(written: string, name: string): boolean {
  if (/^(?:mmio|io|aperture|memory) 0x/.test(name)) return false;
  return /^(?:0x)?[0-9a-f_]+(?:\+\w+)?$/i.test(written);
}

/** The numbers that labels, and what is added to them, come to. */
function labelHints(document: TraceDocument, line: number): readonly InlayHint[] {
  return labelSums(document, line).map(({ end, value }) => hint(line, end, `= ${hex64(value)}`));
}

function registerHint(document: TraceDocument, line: number, offset: number): readonly InlayHint[] {
  const info = offset < REGISTER_BYTES ? document.index.tables.directory.at(offset) : undefined;
  const place = wordOf(document.words(line), 'place');
  return info === undefined || place === undefined
    ? []
    : [hint(line, place.end, dwordName(info, offset))];
}

function commandHint(document: TraceDocument, line: number, header: number): readonly InlayHint[] {
  const words = document.words(line);
  const first = wordOf(words, 'command');
  const row = document.index.tables.command(wordOf(words, 'engine')?.text ?? '', header);
  if (first === undefined || row === undefined) return [];
  return words.some(({ text }) => text === row.name) ? [] : [hint(line, first.end, row.name)];
}

/** The last word of an access; its call stack and comment come later. */
function lastField(words: readonly Word[]): Word | undefined {
  return words.findLast(({ role }) => role === 'value' || role === 'place' || role === 'size');
}

function hint(line: number, character: number, label: string): InlayHint {
  return { position: { line, character }, label, kind: InlayHintKind.Type, paddingLeft: true };
}
