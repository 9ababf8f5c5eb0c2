import type { Figure } from './figure.ts';

/** Results of one bench, or why it could not run. */
export interface Results {
  readonly bench: string;
  readonly figures: readonly Figure[];
  readonly failure?: string;
}

const COLUMNS = ['what', 'measured', 'against', 'target', 'met'] as const;

function cells(figure: Figure): readonly string[] {
  const { what, measured, baseline = '', target = '', met } = figure;
  return [what, measured, baseline, target, met === undefined ? '' : met ? 'yes' : 'NO'];
}

/** For the terminal: aligned columns. */
export function resultsTable(results: readonly Results[]): string {
  const rows = [COLUMNS, ...results.flatMap(({ figures }) => figures.map(cells))];
  const widths = COLUMNS.map((_, column) =>
    Math.max(...rows.map((row) => (row[column] ?? '').length)),
  );
  const lines = rows.map((row) =>
    row
      .map((cell, i) => cell.padEnd(widths[i] ?? 0))
      .join('  ')
      .trimEnd(),
  );
  return `${[...lines, ...results.flatMap(failureLine)].join('\n')}\n`;
}

/** The same for a document. */
export function resultsMarkdown(results: readonly Results[]): string {
  const row = (texts: readonly string[]) =>
    `| ${texts.map((text) => text.replaceAll('|', '\\|')).join(' | ')} |`;
  const rows = results.flatMap(({ figures }) => figures.map((figure) => row(cells(figure))));
  const head = [row(COLUMNS), `|${'---|'.repeat(COLUMNS.length)}`];
  return `${[...head, ...rows].join('\n')}\n`;
}

/** Which targets were missed, one sentence each; none where all were met. */
export function missed(results: readonly Results[]): readonly string[] {
  const figures = results.flatMap(({ figures }) => figures);
  return [
    ...figures
      .filter(({ met }) => met === false)
      .map(({ what, measured, target }) => `${what}: ${measured}, where the target is ${target}.`),
    ...results.flatMap(failureLine),
  ];
}

function failureLine({ bench, failure }: Results): string[] {
  return failure === undefined ? [] : [`${bench} could not be measured: ${failure}`];
}
