import * as vscode from 'vscode';
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
