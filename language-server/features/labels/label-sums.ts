import { parseLabelled, type U64 } from '../../../trace/index.ts';
import type { TraceDocument } from '../../document.ts';
import { labelNames } from '../../lines/label-names.ts';
import { labelTable } from './labels.ts';

/** What `NAME` or `NAME+NUMBER` on a line comes to; `end` is the column behind it. */
export interface LabelSum {
  readonly end: number;
  readonly value: U64;
}

const SUM = /^\w+(?:\+\w+)?/;
/** In expressions what is added may be a part of something else. */
const NAME = /^\w+/;

/** Those of a line in order; a label's definition is none. */
export function labelSums(document: TraceDocument, line: number): readonly LabelSum[] {
  const { index } = document;
  if (index.labels.length === 0 || index.columns.asks[line] === 0) return [];
  const text = document.line(line);
  const known = labelTable(document);
  const isExpression = /^\s*expect(?!\s+memory\b)/.test(text);
  const sums: LabelSum[] = [];
  for (const { start, isDefinition } of labelNames(text)) {
    if (isDefinition) continue;
    const [sum = ''] = (isExpression ? NAME : SUM).exec(text.slice(start)) ?? [];
    const value = parseLabelled(sum, line + 1, known);
    if (value !== undefined && typeof value !== 'string')
      sums.push({ end: start + sum.length, value });
  }
  return sums;
}
