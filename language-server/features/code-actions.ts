import {
  type CodeAction,
  CodeActionKind,
  type Diagnostic,
  type Range,
  type TextEdit,
} from 'vscode-languageserver/node';
import { closeNames } from '../../timeline/index.ts';
import { HEADER_KEYS } from '../../trace/index.ts';
import type { TraceDocument } from '../document.ts';
import { wordOf } from '../lines/word.ts';
import { findingDiagnostic, judgeOf, readersDiagnostic } from './diagnostics/diagnostics.ts';
import type { Fix } from './diagnostics/finding.ts';

/** Lines of a selection that are looked at. */
const MOST_LINES = 200;

/** Quick fixes for what is wrong on the lines of a range. */
export function codeActions(document: TraceDocument, { start, end }: Range): CodeAction[] {
  if (document.format !== 'vgpu') return [];
  const judge = judgeOf(document);
  const last = Math.min(end.line, start.line + MOST_LINES, document.lineCount - 1);
  const actions: CodeAction[] = [];
  for (let line = start.line; line <= last; line++) {
    for (const problem of document.index.problemsOf(line)) {
      actions.push(...renamings(document, readersDiagnostic(document, problem, true)));
    }
    for (const finding of judge(line)) {
      const diagnostic = findingDiagnostic(document, line, finding);
      for (const fix of finding.fixes ?? []) {
        const edit = editOf(document, line, fix);
        if (edit !== undefined) actions.push(actionOf(document, diagnostic, fix.title, edit));
      }
    }
  }
  return actions;
}

/** Other names for one that is not known. */
function renamings(document: TraceDocument, diagnostic: Diagnostic): CodeAction[] {
  const { range, code } = diagnostic;
  const known =
    code === 'unknown-register'
      ? document.index.tables.names
      : code === 'unknown-header'
        ? HEADER_KEYS.map(({ key }) => key)
        : [];
  const text = document.getText(range);
  return closeNames(text, known).map((name) =>
    actionOf(document, diagnostic, `Change to ${name}`, { range, newText: name }),
  );
}

function editOf(document: TraceDocument, line: number, { part, text }: Fix): TextEdit | undefined {
  const length = document.line(line).length;
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
  edit: TextEdit,
): CodeAction {
  return {
    title,
    kind: CodeActionKind.QuickFix,
    diagnostics: [diagnostic],
    edit: { changes: { [document.uri]: [edit] } },
  };
}
