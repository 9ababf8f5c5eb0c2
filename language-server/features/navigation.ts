import type { Location, LocationLink, Position, Range } from 'vscode-languageserver/node';
import { REGISTER_BYTES, type RegisterField } from '../../timeline/index.ts';
import { RecordKind, Space } from '../../trace/index.ts';
import type { TraceDocument } from '../document.ts';
import { type Access, accessOn, lastWrite, type Place, touches } from '../index/access.ts';
import { wordAt, wordOf } from '../lines/word.ts';
import type { RegisterDocuments } from '../registers/register-documents.ts';
import type { TableLine } from '../registers/register-table-text.ts';
import { type ExpectationPart, expectationPartAt, expectationParts } from './expectation-parts.ts';
import { expectationsOf } from './expectation-references.ts';
import { labelAt, type NamedLabel, placesOf, rangeOfName } from './labels/labels.ts';
import { type MarkPlace, markAt, placesOfMark } from './labels/marks.ts';
import { entryOf, placeAt } from './place-at.ts';

/** References of one kind that are listed. */
const MOST_REFERENCES = 20_000;

/**
 * Of a label the line that defines it; of a register its row in the tables; of a read's value or keyword, and of an entry or page, the write above that it
 * sees.
 */
export function definition(
  document: TraceDocument,
  { line, character }: Position,
  tables: RegisterDocuments,
): LocationLink[] {
  const found = labelAt(document, { line, character });
  if (found !== undefined) return labelDefinition(document, found);
  const mark = markAt(document, { line, character });
  if (mark !== undefined) return markDefinition(document, mark);
  const part = expectationPartAt(document, line, character);
  if (part !== undefined) return definitionOfPart(document, line, character, part, tables);
  const named = placeAt(document, line, character);
  if (named === undefined) return valueDefinition(document, line, character);
  const { word, place } = named;
  const origin = rangeOf(line, word.start, word.end);
  const access = accessOn(document.index.columns, line);
  const isName = word.role === 'place' || word.role === 'name';
  if (isName && place.space === Space.mmio && place.first < REGISTER_BYTES) {
    const info = document.index.tables.directory.at(place.first);
    const location = info && tables.locationOf(document.index.tables, info);
    return location === undefined ? [] : [link(origin, location)];
  }
  const seen = access && writeSeenBy(document, access);
  if (seen === undefined) return [];
  return [link(origin, { uri: document.uri, range: wordRange(document, seen) })];
}

/** The last mark or note of that text above an expectation; a mark is where it is. */
function markDefinition(document: TraceDocument, mark: MarkPlace): LocationLink[] {
  const target = mark.isDefinition
    ? mark
    : placesOfMark(document, mark.text).findLast(
        ({ line, isDefinition }) => isDefinition && line < mark.line,
      );
  if (target === undefined) return [];
  return [link(rangeOfName(mark), { uri: document.uri, range: rangeOfName(target) })];
}

/** Of a register or field its row; of an entry the write above that the expectation sees; of `since note` the note. */
function definitionOfPart(
  document: TraceDocument,
  line: number,
  character: number,
  part: ExpectationPart,
  tables: RegisterDocuments,
): LocationLink[] {
  if (part.kind === 'register') {
    const isField = part.field !== undefined && character >= part.fieldStart;
    const [start, end] = isField ? [part.fieldStart, part.end] : [part.start, part.end];
    const { index } = document;
    const location = tables.locationOf(index.tables, part.info, isField ? part.field : undefined);
    return [link(rangeOf(line, start, end), location)];
  }
  const { columns } = document.index;
  const seen =
    part.kind === 'entry'
      ? lastWrite(columns, line, part.place)
      : part.kind === 'note'
        ? columns.kind.subarray(0, line).lastIndexOf(RecordKind.note)
        : undefined;
  if (seen === undefined || seen < 0) return [];
  const origin = rangeOf(line, part.start, part.end);
  return [link(origin, { uri: document.uri, range: wordRange(document, seen) })];
}

/** Of a number in an expectation the last write above of what the expectation names first. */
function valueDefinition(document: TraceDocument, line: number, character: number): LocationLink[] {
  const word = wordAt(document.words(line), character);
  const part = expectationParts(document, line).find((each) => 'place' in each);
  if (word?.role !== 'value' || part === undefined || !('place' in part)) return [];
  const seen = lastWrite(document.index.columns, line, part.place);
  if (seen === undefined) return [];
  const origin = rangeOf(line, word.start, word.end);
  return [link(origin, { uri: document.uri, range: wordRange(document, seen) })];
}

function labelDefinition(document: TraceDocument, { label, place }: NamedLabel): LocationLink[] {
  const target = placesOf(document, label.name).find(
    ({ line, isDefinition }) => isDefinition && line === label.line - 1,
  );
  if (target === undefined) return [];
  return [link(rangeOfName(place), { uri: document.uri, range: rangeOfName(target) })];
}

/** The line whose write an access sees: of its own place, or of the entry that translates it. */
function writeSeenBy(document: TraceDocument, access: Access): number | undefined {
  const { columns } = document.index;
  const { space, offset, size, line, isWrite } = access;
  const own = lastWrite(columns, line, { space, first: offset, end: offset + size });
  if (own !== undefined && !isWrite) return own;
  return space === Space.aperture ? lastWrite(columns, line, entryOf(offset)) : own;
}

function link(origin: Range, { uri, range }: Location): LocationLink {
  return {
    originSelectionRange: origin,
    targetUri: uri,
    targetRange: range,
    targetSelectionRange: range,
  };
}

/** All uses of a label, or accesses to what a position names. */
export function references(
  document: TraceDocument,
  { line, character }: Position,
  withDeclaration: boolean,
  tables: RegisterDocuments,
): Location[] {
  const label = labelAt(document, { line, character })?.label;
  if (label !== undefined) {
    return placesOf(document, label.name)
      .filter(({ isDefinition }) => withDeclaration || !isDefinition)
      .map((place) => ({ uri: document.uri, range: rangeOfName(place) }));
  }
  const mark = markAt(document, { line, character });
  if (mark !== undefined) {
    return placesOfMark(document, mark.text)
      .filter(({ isDefinition }) => withDeclaration || !isDefinition)
      .map((place) => ({ uri: document.uri, range: rangeOfName(place) }));
  }
  const part = expectationPartAt(document, line, character);
  const field = part?.kind === 'register' && character >= part.fieldStart ? part.field : undefined;
  if (part?.kind === 'register' && field !== undefined) {
    const own = withDeclaration ? [tables.locationOf(document.index.tables, part.info, field)] : [];
    return [...referencesOfRow([document], { info: part.info, field }), ...own];
  }
  const place =
    part !== undefined && 'place' in part ? part.place : placeAt(document, line, character)?.place;
  if (place === undefined) return [];
  const found = referencesTo(document, place);
  const info =
    place.space === Space.mmio && place.first < REGISTER_BYTES
      ? document.index.tables.directory.at(place.first)
      : undefined;
  if (withDeclaration && info !== undefined) {
    found.push(tables.locationOf(document.index.tables, info));
  }
  return found;
}

/** Accesses in open documents to the register or field on a line of a register table. */
export function referencesOfRow(
  documents: readonly TraceDocument[],
  { info, field }: TableLine,
): Location[] {
  const place = { space: Space.mmio, first: info.offset, end: info.offset + info.size };
  return documents.flatMap((document) => {
    if (field === undefined) return referencesTo(document, place);
    const mask = (2 ** (field.high + 1) - 2 ** field.low) >>> 0;
    const touches = (access: Access) => touchesBits(access, mask, info.access);
    return referencesTo(document, place, touches, field);
  });
}

/** Whether an access reads or writes any of the bits; a masked write only those that it selects. */
function touchesBits({ isWrite, offset, size, low }: Access, mask: number, mode: string): boolean {
  const shift = (offset % 4) * 8;
  const touched = size >= 4 ? 0xffffffff : ((2 ** (size * 8) - 1) * 2 ** shift) >>> 0;
  if (isWrite && mode === 'masked' && size >= 4) return ((low >>> 16) & mask) !== 0;
  return (touched & mask) !== 0;
}

/** Accesses, and expectations, in order. */
function referencesTo(
  document: TraceDocument,
  place: Place,
  wanted?: (access: Access) => boolean,
  field?: RegisterField,
): Location[] {
  const named = expectationsOf(document, place, field);
  const accesses = accessesOf(document, place, wanted);
  if (named.length === 0) return accesses;
  const expected = named.map((range) => ({ uri: document.uri, range }));
  return [...accesses, ...expected].sort((a, b) => a.range.start.line - b.range.start.line);
}

function accessesOf(
  document: TraceDocument,
  place: Place,
  wanted: (access: Access) => boolean = () => true,
): Location[] {
  const { columns } = document.index;
  const found: Location[] = [];
  for (let line = 0; line < columns.length && found.length < MOST_REFERENCES; line++) {
    if (!touches(columns, line, place)) continue;
    const access = accessOn(columns, line);
    if (access === undefined || !wanted(access)) continue;
    found.push({ uri: document.uri, range: wordRange(document, line) });
  }
  return found;
}

/** Where an access's place stands on its line. */
function wordRange(document: TraceDocument, line: number): Range {
  const word = wordOf(document.words(line), 'place', 'name');
  return rangeOf(line, word?.start ?? 0, word?.end ?? document.line(line).length);
}

function rangeOf(line: number, start: number, end: number): Range {
  return { start: { line, character: start }, end: { line, character: end } };
}
