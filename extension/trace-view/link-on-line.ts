import type { ListingDocument } from '../../timeline/index.ts';

/** A link on a line of the decoded view, columns counted from 0; `end` is the column behind it. */
export interface LinkSpan {
  readonly start: number;
  readonly end: number;
  readonly target: ListingDocument;
  readonly tooltip: string;
}

/** A folded run's row begins with the record at which the run begins; its mark follows the time. */
const RUN = /^\s*(?<first>\d+)\s+[\d.]+\s+(?<link>▸ \S+)/d;
const NEXT_PART = /^\/\/ (?<link>Goes on in part (?<part>\d+))/d;
const THIS_PART = /^\/\/ .*?, (?<link>part (?<part>\d+) of \d+)/d;

/** The link on a line of `shown`, if there is one: to a run, to the next part, or from a heading to the part before. */
export function linkOnLine(line: string, shown: ListingDocument): LinkSpan | undefined {
  const run = RUN.exec(line);
  if (run !== null) {
    const first = Number(run.groups?.['first']);
    return span(run, { kind: 'run', first, n: 0 }, 'Open the accesses of this run');
  }
  const next = NEXT_PART.exec(line);
  if (next !== null) return span(next, { ...shown, n: shown.n + 1 }, 'Open the next part');
  const current = THIS_PART.exec(line);
  if (current === null || shown.n === 0) return undefined;
  return span(current, { ...shown, n: shown.n - 1 }, 'Open the previous part');
}

function span(match: RegExpExecArray, target: ListingDocument, tooltip: string): LinkSpan {
  const [start, end] = match.indices?.groups?.['link'] ?? [0, 0];
  return { start, end, target, tooltip };
}
