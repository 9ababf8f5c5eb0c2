import {
  type DocumentHighlight,
  DocumentHighlightKind,
  type Position,
} from 'vscode-languageserver/node';
import type { TraceDocument } from '../../document.ts';
import { accessOn, touches } from '../../index/access.ts';
import { wordOf } from '../../lines/word.ts';
import { expectationPartAt } from '../expectation-parts.ts';
import { expectationsOf } from '../expectation-references.ts';
import { placeAt } from '../place-at.ts';
import { labelAt, placesOf, rangeOfName } from './labels.ts';
import { markAt, placesOfMark } from './marks.ts';

/** Lines above and below in which accesses are looked for: highlights are for what is in view. */
const NEARBY = 2000;

/** The places of the label or mark at a position, or the accesses to the register, entry or page there. */
export function documentHighlights(
  document: TraceDocument,
  position: Position,
): DocumentHighlight[] {
  const found = labelAt(document, position);
  if (found !== undefined) {
    return placesOf(document, found.label.name).map((place) => ({
      range: rangeOfName(place),
      kind: place.isDefinition ? DocumentHighlightKind.Write : DocumentHighlightKind.Read,
    }));
  }
  const mark = markAt(document, position);
  if (mark !== undefined) {
    return placesOfMark(document, mark.text).map((place) => ({
      range: rangeOfName(place),
      kind: place.isDefinition ? DocumentHighlightKind.Write : DocumentHighlightKind.Read,
    }));
  }
  return accessHighlights(document, position);
}

function accessHighlights(
  document: TraceDocument,
  { line, character }: Position,
): DocumentHighlight[] {
  const part = expectationPartAt(document, line, character);
  const named = placeAt(document, line, character);
  const isName = named?.word.role === 'place' || named?.word.role === 'name';
  const own = isName ? named.place : undefined;
  const place = part !== undefined && 'place' in part ? part.place : own;
  if (place === undefined) return [];
  const { columns } = document.index;
  const from = Math.max(0, line - NEARBY);
  const last = Math.min(columns.length - 1, line + NEARBY);
  const highlights = expectationsOf(document, place, undefined, from, last + 1).map(
    (range): DocumentHighlight => ({ range, kind: DocumentHighlightKind.Read }),
  );
  for (let each = from; each <= last; each++) {
    if (!touches(columns, each, place)) continue;
    const word = wordOf(document.words(each), 'place', 'name');
    if (word === undefined) continue;
    const isWrite = accessOn(columns, each)?.isWrite === true;
    highlights.push({
      range: {
        start: { line: each, character: word.start },
        end: { line: each, character: word.end },
      },
      kind: isWrite ? DocumentHighlightKind.Write : DocumentHighlightKind.Read,
    });
  }
  return highlights;
}
