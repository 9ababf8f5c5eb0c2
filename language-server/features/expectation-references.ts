import type { Range } from 'vscode-languageserver/node';
import type { RegisterField } from '../../timeline/index.ts';
import { RecordKind } from '../../trace/index.ts';
import type { TraceDocument } from '../document.ts';
import type { Place } from '../index/access.ts';
import { expectationParts } from './expectation-parts.ts';

/** Where expectations name a register or entry; with `field` those of that field and of the register as a whole. */
export function expectationsOf(
  document: TraceDocument,
  place: Place,
  field?: RegisterField,
): Range[] {
  if (document.format !== 'vgpu') return [];
  const found: Range[] = [];
  for (const line of document.index.columns.ofKind(RecordKind.expectation)) {
    for (const part of expectationParts(document, line)) {
      if (part.kind !== 'register' && part.kind !== 'entry') continue;
      const { space, first, end } = part.place;
      if (space !== place.space || first >= place.end || end <= place.first) continue;
      if (field !== undefined && 'field' in part && part.field !== field) continue;
      const start = { line, character: part.start };
      found.push({ start, end: { line, character: part.end } });
    }
  }
  return found;
}
