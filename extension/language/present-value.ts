import * as vscode from 'vscode';
import { expressionAt } from '../debug/expression-at.ts';

/** While a vGPU is being debugged: what the register or entry under the mouse holds now. */
export async function presentValue(
  document: vscode.TextDocument,
  position: vscode.Position,
): Promise<vscode.MarkdownString | undefined> {
  const session = vscode.debug.activeDebugSession;
  if (session?.type !== 'vgpu') return undefined;
  const found = expressionAt(document.lineAt(position.line).text, position.character);
  if (found === undefined) return undefined;
  const value = await evaluate(session, found.text);
  if (value === undefined) return undefined;
  return new vscode.MarkdownString().appendMarkdown('Now, in the debugger: ').appendText(value);
}

/** Undefined where the debugger has no value: it runs, or the words are no expression. */
async function evaluate(
  session: vscode.DebugSession,
  expression: string,
): Promise<string | undefined> {
  try {
    const frame = vscode.debug.activeStackItem;
    const frameId = frame instanceof vscode.DebugStackFrame ? { frameId: frame.frameId } : {};
    const request = { expression, context: 'hover', ...frameId };
    const answer: unknown = await session.customRequest('evaluate', request);
    const result: unknown =
      typeof answer === 'object' && answer !== null ? Reflect.get(answer, 'result') : undefined;
    return typeof result === 'string' ? result : undefined;
  } catch {
    return undefined;
  }
}
