import type { Position, Range } from 'vscode-languageserver/node';
import { type Label, LabelTable } from '../../../trace/index.ts';
import type { TraceDocument } from '../../document.ts';
import { Problem } from '../../index/line-columns.ts';
import { type LabelName, labelNames } from '../../lines/label-names.ts';

/** A label's name on a line, counted from 0. */
export interface LabelPlace extends LabelName {
  readonly line: number;
}

/** A label, and a place that names it. */
export interface NamedLabel {
  readonly label: Label;
  readonly place: LabelPlace;
}

const byName = new WeakMap<readonly Label[], ReadonlyMap<string, Label>>();

/** The label of that name; its line counts from 1. */
export function labelNamed({ index: { labels } }: TraceDocument, name: string): Label | undefined {
  if (labels.length === 0) return undefined;
  const known = byName.get(labels) ?? new Map(labels.map((label) => [label.name, label]));
  byName.set(labels, known);
  return known.get(name);
}

const tables = new WeakMap<readonly Label[], LabelTable>();

/** All labels, each for the lines below its own. */
export function labelTable({ index: { labels } }: TraceDocument): LabelTable {
  const table = tables.get(labels) ?? new LabelTable({ known: labels });
  tables.set(labels, table);
  return table;
}

/** Those that lines may use: what is defined above a line (from 0). */
export function labelsAbove({ index }: TraceDocument, line: number): readonly Label[] {
  return index.labels.filter((label) => label.line <= line);
}

/** The label that a position names, wherever it is defined. */
export function labelAt(
  document: TraceDocument,
  { line, character }: Position,
): NamedLabel | undefined {
  if (document.format !== 'vgpu' || document.index.labels.length === 0) return undefined;
  const found = labelNames(document.line(line)).find(
    ({ start, end }) => start <= character && character <= end,
  );
  const label = found && labelNamed(document, found.name);
  return found && label && { label, place: { ...found, line } };
}

/** Every place where a name stands as a label's, also above its definition and on lines with mistakes. */
export function placesOf(document: TraceDocument, name: string): LabelPlace[] {
  const { columns } = document.index;
  const found: LabelPlace[] = [];
  for (let line = 0; line < columns.length; line++) {
    if (columns.asks[line] === 0 && columns.problem[line] === Problem.none) continue;
    for (const each of labelNames(document.line(line))) {
      if (each.name === name) found.push({ ...each, line });
    }
  }
  return found;
}

/** Labels that no line uses, by the lines that define them. */
export function unusedLabels(document: TraceDocument): ReadonlyMap<number, LabelPlace> {
  const { columns, labels } = document.index;
  const unused = new Map<number, LabelPlace>();
  if (labels.length === 0) return unused;
  const used = new Set<string>();
  const defined: LabelPlace[] = [];
  for (const line of columns.asking()) {
    for (const each of labelNames(document.line(line))) {
      if (each.isDefinition) defined.push({ ...each, line });
      else used.add(each.name);
    }
  }
  for (const place of defined) {
    const isValid = labelNamed(document, place.name)?.line === place.line + 1;
    if (isValid && !used.has(place.name)) unused.set(place.line, place);
  }
  return unused;
}

export function rangeOfName({
  line,
  start,
  end,
}: Pick<LabelPlace, 'line' | 'start' | 'end'>): Range {
  return { start: { line, character: start }, end: { line, character: end } };
}
