import type { Range } from 'vscode-languageserver/node';
import type { RegisterField } from '../../timeline/index.ts';
import { RecordKind } from '../../trace/index.ts';
import type { TraceDocument } from '../document.ts';
import type { Place } from '../index/access.ts';
import { expectationParts } from './expectation-parts.ts';

/**
 * Where expectations name a register or entry; with `field` those of that field and of the register as a whole. Lines from
 * `first` up to `end` are looked at.
 */
export function expectationsOf(
  document: TraceDocument,
  place: Place,
  field?: RegisterField,
  first = 0,
  end = document.index.columns.length,
): Range[] {
  if (document.format !== 'vgpu') return [];
  const found: Range[] = [];
  const { columns } = document.index;
  for (const line of columns.ofKind(RecordKind.expectation, first, end)) {
    for (const part of expectationParts(document, line)) {
      if (part.kind !== 'register' && part.kind !== 'entry') continue;
      const { place: named } = part;
      if (named.space !== place.space) continue;
      if (named.first >= place.end || named.end <= place.first) continue;
      if (field !== undefined && 'field' in part && part.field !== field) continue;
      const start = { line, character: part.start };
      found.push({ start, end: { line, character: part.end } });
    }
  }
  return found;
}
