import { closeNames } from '../../../timeline/index.ts';
import type { TraceDocument } from '../../document.ts';
import { isPassed, markOn, marksAbove } from '../labels/marks.ts';
import type { Finding, Fix } from './finding.ts';

/** Among more nothing alike is looked for. */
const MOST_MARKS = 1000;

/** An expectation that counts from a mark which no line above makes. */
export function unknownMark(document: TraceDocument, line: number): readonly Finding[] {
  const mark = markOn(document, line);
  if (mark === undefined || mark.isDefinition) return [];
  const { text, start, end } = mark;
  if (isPassed(document, text, line)) return [];
  const columns = [start, end] as const;
  const marks = marksAbove(document, line);
  const close = marks.length > MOST_MARKS ? [] : closeNames(text, marks);
  const hint = close.length === 0 ? '' : ` Did you mean ${close.join(' or ')}?`;
  const message = `No line above is a mark ${text}: what is expected since it cannot be judged.${hint}`;
  const fixes = close.map(
    (other): Fix => ({ title: `Change to ${other}`, part: 'columns', columns, text: other }),
  );
  return [{ code: 'expectation', severity: 'error', message, part: 'line', columns, fixes }];
}
