import type { RegisterInfo } from '../../emulator/index.ts';
import { PTE_BYTES, pteOffsetOf, type RegisterField } from '../../timeline/index.ts';
import {
  type EventExpectation,
  parseExpectation,
  parseLabelled,
  RecordKind,
  Space,
} from '../../trace/index.ts';
import type { TraceDocument } from '../document.ts';
import type { Place } from '../index/access.ts';
import { wordOf } from '../lines/word.ts';
import type { RegisterTables } from '../registers/register-tables.ts';
import { labelTable } from './labels/labels.ts';

/** Something that a line `expect …` names; columns are the line's, `end` is behind the last. */
export type ExpectationPart = { readonly start: number; readonly end: number } & (
  | {
      readonly kind: 'register';
      readonly info: RegisterInfo;
      readonly place: Place;
      readonly field?: RegisterField;
      /** Where the field's name begins. */
      readonly fieldStart: number;
    }
  /** An entry of the GGTT, by the graphics address that it translates. */
  | { readonly kind: 'entry'; readonly address: number; readonly place: Place }
  | { readonly kind: 'event'; readonly event: EventExpectation }
  /** A word of expressions. */
  | { readonly kind: 'word'; readonly name: string }
  /** The last note, from which on events are looked for. */
  | { readonly kind: 'note' }
);

const EVENT = /^[ \t]*(?:(?:no|[0-9]+)[ \t]+)?(?:fault|interrupt|command)s?[ \t]+/;
const NAMED = /(?<![\w.])(?:ggtt[ \t]*\[([^\]]*)\]|[A-Za-z_][\w.]*(?:\[[0-9]+\])?)/g;

export function expectationParts(
  document: TraceDocument,
  line: number,
): readonly ExpectationPart[] {
  if (document.index.columns.kind[line] !== RecordKind.expectation) return [];
  const text = document.line(line);
  const words = document.words(line);
  const [keyword] = words;
  if (document.format !== 'vgpu' || keyword === undefined) return [];
  const from = keyword.end;
  const said = text.slice(from, wordOf(words, 'comment')?.start ?? text.length);
  const expectation = parseExpectation(said);
  if (expectation?.kind === 'event') return eventParts(said, from, expectation);
  if (expectation?.kind !== 'expression') return [];
  return [...said.matchAll(NAMED)].flatMap(({ index, 0: name, 1: address }) => {
    const part =
      address === undefined
        ? namedPart(document.index.tables.directory, name, from + index)
        : entryPart(document, line, address);
    return part === undefined
      ? []
      : [{ start: from + index, end: from + index + name.length, ...part }];
  });
}

export function expectationPartAt(
  document: TraceDocument,
  line: number,
  character: number,
): ExpectationPart | undefined {
  return expectationParts(document, line).find(
    ({ start, end }) => start <= character && character <= end,
  );
}

function eventParts(said: string, from: number, event: EventExpectation): ExpectationPart[] {
  const parts: ExpectationPart[] = [];
  const before = EVENT.exec(said)?.[0].length;
  if (before !== undefined && event.pattern !== '*') {
    const start = from + before;
    parts.push({ kind: 'event', event, start, end: start + event.pattern.length });
  }
  const since = /\bnote\s*$/.exec(said);
  if (event.since === 'note' && since !== null) {
    const start = from + since.index;
    parts.push({ kind: 'note', start, end: start + 'note'.length });
  }
  return parts;
}

type Named = ExpectationPart extends infer P
  ? P extends unknown
    ? Omit<P, 'start' | 'end'>
    : never
  : never;

function entryPart(document: TraceDocument, line: number, text: string): Named | undefined {
  const labels = labelTable(document);
  const given = text.trim();
  const value = /^[0-9]/.test(given) ? Number(given) : parseLabelled(given, line + 1, labels);
  if (value === undefined || typeof value === 'string') return undefined;
  const address = typeof value === 'number' ? value : value.high * 2 ** 32 + value.low;
  if (!Number.isInteger(address) || address >= 2 ** 32) return undefined;
  const first = pteOffsetOf(address);
  return { kind: 'entry', address, place: { space: Space.mmio, first, end: first + PTE_BYTES } };
}

/** The longest name of a register, and a field of it; else a word. */
function namedPart(
  directory: RegisterTables['directory'],
  text: string,
  start: number,
): Named | undefined {
  const [, name = text, index] = /^(.*?)(?:\[([0-9]+)\])?$/.exec(text) ?? [];
  const parts = name.split('.');
  for (let taken = parts.length; taken > 0; taken--) {
    const called = parts.slice(0, taken).join('.');
    const info = directory.named(called);
    if (info === undefined) continue;
    const [fieldName] = parts.slice(taken);
    const field = info.fields.find((each) => each.name.toLowerCase() === fieldName?.toLowerCase());
    const isArray = info.size > 4 && index !== undefined;
    const first = info.offset + (isArray ? Number(index) * 4 : 0);
    const place = { space: Space.mmio, first, end: isArray ? first + 4 : info.offset + info.size };
    const fieldStart = start + called.length + 1;
    return { kind: 'register', info, place, fieldStart, ...(field === undefined ? {} : { field }) };
  }
  return parts.length === 1 ? { kind: 'word', name } : undefined;
}
