import {
  type CodeAction,
  CodeActionKind,
  type Diagnostic,
  type Range,
  type TextEdit,
} from 'vscode-languageserver/node';
import { closeNames } from '../../timeline/index.ts';
import type { TraceDocument } from '../document.ts';
import { wordOf } from '../lines/word.ts';
import {
  findingDiagnostic,
  judgeOf,
  namesFor,
  readersDiagnostic,
} from './diagnostics/diagnostics.ts';
import type { Fix } from './diagnostics/finding.ts';
import { definingFixes, unusedDiagnostic } from './labels/label-problems.ts';
import { unusedLabels } from './labels/labels.ts';

/** Lines of a selection that are looked at. */
const MOST_LINES = 200;

/** Quick fixes for what is wrong on the lines of a range. */
export function codeActions(document: TraceDocument, { start, end }: Range): CodeAction[] {
  if (document.format !== 'vgpu') return [];
  const judge = judgeOf(document);
  const unusedOn = unusedLabels(document);
  const last = Math.min(end.line, start.line + MOST_LINES, document.lineCount - 1);
  const actions: CodeAction[] = [];
  for (let line = start.line; line <= last; line++) {
    for (const problem of document.index.problemsOf(line)) {
      const diagnostic = readersDiagnostic(document, problem, true);
      actions.push(...renamings(document, diagnostic), ...labelFixes(document, line, diagnostic));
    }
    const unused = unusedOn.get(line);
    if (unused !== undefined) {
      const diagnostic = unusedDiagnostic(unused);
      const fix: Fix = { title: `Remove the label ${unused.name}`, part: 'line', text: '' };
      actions.push(...fixActions(document, line, diagnostic, [fix]));
    }
    for (const finding of judge(line)) {
      const diagnostic = findingDiagnostic(document, line, finding);
      actions.push(...fixActions(document, line, diagnostic, finding.fixes ?? []));
    }
  }
  return actions;
}

/** Other names for one that is not known. */
function renamings(document: TraceDocument, diagnostic: Diagnostic): CodeAction[] {
  const { range, code } = diagnostic;
  const text = document.getText(range);
  return closeNames(text, namesFor(document, code, range.start.line)).map((name) =>
    actionOf(document, diagnostic, `Change to ${name}`, [{ range, newText: name }]),
  );
}

/** A name that is not known is defined, one that is known twice only once. */
function labelFixes(document: TraceDocument, line: number, diagnostic: Diagnostic): CodeAction[] {
  const { range, code } = diagnostic;
  const name = document.getText(range);
  if (code === 'unknown-label' || code === 'unknown-register') {
    return fixActions(document, line, diagnostic, definingFixes(document, name, line));
  }
  if (code !== 'double-label') return [];
  const title = `Remove this definition of ${name}`;
  return fixActions(document, line, diagnostic, [{ title, part: 'line', text: '' }]);
}

function fixActions(
  document: TraceDocument,
  line: number,
  diagnostic: Diagnostic,
  fixes: readonly Fix[],
): CodeAction[] {
  return fixes.flatMap((fix) => {
    const edit = editOf(document, line, fix);
    if (edit === undefined) return [];
    const { without } = fix;
    const gone = without === undefined ? [] : [wholeLine(without, '')];
    return [actionOf(document, diagnostic, fix.title, [edit, ...gone])];
  });
}

/** A line with its end gives way to a text. */
function wholeLine(line: number, newText: string): TextEdit {
  const start = { line, character: 0 };
  return { range: { start, end: { line: line + 1, character: 0 } }, newText };
}

function editOf(
  document: TraceDocument,
  line: number,
  { part, text, columns }: Fix,
): TextEdit | undefined {
  const length = document.line(line).length;
  if (part === 'line') return wholeLine(line, text);
  if (part === 'above') {
    const at = { line, character: 0 };
    return { range: { start: at, end: at }, newText: `${text}\n` };
  }
  if (part === 'columns') {
    const [start = 0, end = 0] = columns ?? [];
    const range = { start: { line, character: start }, end: { line, character: end } };
    return { range, newText: text };
  }
  if (part === 'below') {
    const at = { line, character: length };
    return { range: { start: at, end: at }, newText: `\n${text}` };
  }
  const words = document.words(line);
  const word = part === 'keyword' ? wordOf(words, 'read', 'write') : wordOf(words, part);
  if (word === undefined) return undefined;
  const range = { start: { line, character: word.start }, end: { line, character: word.end } };
  return { range, newText: text };
}

function actionOf(
  document: TraceDocument,
  diagnostic: Diagnostic,
  title: string,
  edits: readonly TextEdit[],
): CodeAction {
  return {
    title,
    kind: CodeActionKind.QuickFix,
    diagnostics: [diagnostic],
    edit: { changes: { [document.uri]: [...edits] } },
  };
}
