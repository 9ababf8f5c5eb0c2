import type { CoverageTable } from '../../timeline/index.ts';

/** A table as a document: a heading, then one row a line. Lines and columns count from 0. */
export interface CoverageText {
  readonly text: string;
  readonly rows: readonly CoverageTextRow[];
}

export interface CoverageTextRow {
  readonly line: number;
  readonly end: number;
  readonly hits: number;
  readonly parts: readonly {
    readonly name: string;
    readonly exercised: boolean;
    readonly start: number;
    readonly end: number;
  }[];
}

/** Columns of the names; longer ones push their row to the right. */
const NAME = 32;
const DETAIL = 22;
const HITS = 8;

export function coverageText({ title, rows }: CoverageTable): CoverageText {
  const done = rows.filter(({ hits }) => hits > 0).length;
  const lines = [`${title}: ${done} of ${rows.length} exercised`, ''];
  const placed = rows.map(({ name, detail, hits, parts }) => {
    const times = hits === 0 ? '' : `${hits}×`;
    let text = `${name.padEnd(NAME)} ${detail.padEnd(DETAIL)} ${times.padStart(HITS)} `;
    const places = parts.map((part) => {
      text += ' ';
      const start = text.length;
      text += part.name;
      return { ...part, start, end: text.length };
    });
    text = text.trimEnd();
    lines.push(text);
    return { line: lines.length - 1, end: text.length, hits, parts: places };
  });
  return { text: `${lines.join('\n')}\n`, rows: placed };
}
