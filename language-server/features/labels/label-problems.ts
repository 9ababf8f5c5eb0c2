import { type Diagnostic, DiagnosticSeverity, DiagnosticTag } from 'vscode-languageserver/node';
import { closeNames } from '../../../timeline/index.ts';
import { isLabelName } from '../../../trace/index.ts';
import type { TraceDocument } from '../../document.ts';
import { labelNames } from '../../lines/label-names.ts';
import type { Finding, Fix } from '../diagnostics/finding.ts';
import { type LabelPlace, labelNamed, labelsAbove, rangeOfName } from './labels.ts';

/** Where a name that a message quotes stands on its line as a label's. */
export function columnsOfName(
  text: string,
  name: string,
): readonly [start: number, end: number] | undefined {
  const found = labelNames(text).find((each) => each.name === name);
  return found && [found.start, found.end];
}

/** What a message on an unknown name goes on with: where it is defined, if that is below. */
export function definedBelow(document: TraceDocument, name: string, line: number): string {
  const label = labelNamed(document, name);
  if (label === undefined || label.line <= line + 1) return '';
  return ` It is defined below, on line ${label.line}: labels are defined before they are used.`;
}

/** Names of labels that may have been meant on a line. */
export function closeLabels(
  document: TraceDocument,
  name: string,
  line: number,
): readonly string[] {
  return closeNames(
    name,
    labelsAbove(document, line).map((label) => label.name),
  );
}

/** What mends a name on a line that no label above it has: its definition. */
export function definingFixes(document: TraceDocument, name: string, line: number): readonly Fix[] {
  if (!isLabelName(name)) return [];
  const below = labelNamed(document, name);
  if (below === undefined || below.line <= line) {
    return [{ title: `Define the label ${name}`, part: 'above', text: `label ${name} 0` }];
  }
  const from = below.line - 1;
  const title = `Move the definition of ${name} up`;
  return [{ title, part: 'above', text: document.line(from).trim(), without: from }];
}

/** A label that no line uses: not wrong, and shown as what can go. */
export function unusedDiagnostic(place: LabelPlace): Diagnostic {
  return {
    range: rangeOfName(place),
    severity: DiagnosticSeverity.Hint,
    tags: [DiagnosticTag.Unnecessary],
    code: 'unused-label',
    source: 'vgpu',
    message: `No line uses the label ${place.name}.`,
  };
}

/** Labels in an expression that are defined below it. */
export function usedTooEarly(document: TraceDocument, line: number): readonly Finding[] {
  if (document.index.labels.length === 0) return [];
  return labelNames(document.line(line)).flatMap(({ name, start, end }): readonly Finding[] => {
    const below = definedBelow(document, name, line);
    if (below === '') return [];
    const message = `There is no label named “${name}” above this line.${below}`;
    const fixes = definingFixes(document, name, line);
    const columns = [start, end] as const;
    return [{ code: 'unknown-label', severity: 'error', message, part: 'line', columns, fixes }];
  });
}

/** Fixes for a name in an expectation that nothing bears. */
export function withNameFixes(document: TraceDocument, line: number, finding: Finding): Finding {
  const name = /^Nothing is called (\w+)\./.exec(finding.message)?.[1];
  const columns = name === undefined ? undefined : columnsOfName(document.line(line), name);
  if (name === undefined || columns === undefined) return finding;
  return {
    ...finding,
    columns,
    // Looked for only when somebody asks for fixes: there may be many labels, and many such lines.
    get fixes() {
      const renamings = closeLabels(document, name, line).map(
        (other): Fix => ({ title: `Change to ${other}`, part: 'columns', columns, text: other }),
      );
      const others = finding.fixes ?? [];
      const titles = new Set(renamings.map(({ title }) => title));
      return [
        ...renamings,
        ...others.filter(({ title }) => !titles.has(title)),
        ...definingFixes(document, name, line),
      ];
    },
  };
}
