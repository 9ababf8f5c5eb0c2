import * as vscode from 'vscode';
import type { FileLine } from './run-program.ts';

/** Messages of this kind have the command "Debug at Failure" (package.json). */
const KIND = 'vgpuFailure';

/** What failed in a file, each at its line; expected and actual can be compared side by side. */
export function messagesOf({ status, why, problems, result }: FileLine, uri: vscode.Uri) {
  const at = (line: number) =>
    new vscode.Location(uri, new vscode.Position(Math.max(0, line - 1), 0));
  const messages = problems.map(({ line, message }) => {
    const shown = new vscode.TestMessage(`This line is not understood. ${message}`);
    shown.location = at(line);
    return shown;
  });
  if (status === 'error') {
    const shown = new vscode.TestMessage(why ?? 'The scenario cannot be run.');
    shown.location = at(1);
    messages.push(shown);
  }
  for (const each of result?.expectations ?? []) {
    if (each.passed) continue;
    const text = `expected ${each.expected}, actual ${each.actual}`;
    const detail = each.detail === undefined ? '' : ` (${each.detail})`;
    const shown = vscode.TestMessage.diff(text + detail, each.expected, each.actual);
    shown.location = at(each.line);
    shown.contextValue = KIND;
    messages.push(shown);
  }
  return messages;
}

/** Line, from 1, of the first expectation that failed. */
export function firstFailure({ result }: FileLine): number | undefined {
  return result?.expectations.find(({ passed }) => !passed)?.line;
}
