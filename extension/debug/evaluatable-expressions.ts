import * as vscode from 'vscode';
import { commandExpression } from './command-expression.ts';
import { expressionAt } from './expression-at.ts';

/** What hovering evaluates while debugging: VS Code's own guess stops at dots and brackets. */
export const evaluatableExpressions: vscode.EvaluatableExpressionProvider = {
  provideEvaluatableExpression(document, position) {
    const found = expressionAt(document.lineAt(position.line).text, position.character);
    if (found === undefined) return undefined;
    const range = new vscode.Range(position.line, found.start, position.line, found.end);
    return new vscode.EvaluatableExpression(range, found.text);
  },
};

/** In a ring or batch, wherever on a line: its command, with all its fields. */
export const evaluatableCommands: vscode.EvaluatableExpressionProvider = {
  provideEvaluatableExpression(document, position) {
    const { text, range } = document.lineAt(position.line);
    const title = document.uri.path;
    const found = commandExpression({ title, header: document.lineAt(0).text, line: text });
    return found === undefined ? undefined : new vscode.EvaluatableExpression(range, found);
  },
};
