import * as vscode from 'vscode';
import { TYPE } from './debug-type.ts';

/** What VS Code takes a text for whose name tells nothing, whatever its first line is. */
const PLAIN: ReadonlySet<string> = new Set(['plaintext', 'log']);
const TRACE = 'vgpu-log';

/** The plain text in view, which may be a trace; whether it is one, its content tells whoever reads it. */
export function plainTextInView(): string | undefined {
  const document = vscode.window.activeTextEditor?.document;
  return document !== undefined && isPlain(document) ? document.uri.fsPath : undefined;
}

/** A plain text that is being debugged is a log: it gets breakpoints, colours and hovers. */
export function registerTraceLanguages(): vscode.Disposable[] {
  const traces = new Map<string, string>();
  const claim = async (document: vscode.TextDocument) => {
    if (!isPlain(document) || ![...traces.values()].includes(document.uri.fsPath)) return;
    await vscode.languages.setTextDocumentLanguage(document, TRACE);
  };
  return [
    vscode.debug.onDidStartDebugSession(({ id, type, configuration }) => {
      const trace: unknown = configuration['trace'];
      if (type !== TYPE || typeof trace !== 'string') return;
      traces.set(id, trace);
      for (const document of vscode.workspace.textDocuments) void claim(document);
    }),
    vscode.debug.onDidTerminateDebugSession(({ id }) => traces.delete(id)),
    vscode.workspace.onDidOpenTextDocument(claim),
  ];
}

function isPlain({ uri, languageId }: vscode.TextDocument): boolean {
  return uri.scheme === 'file' && PLAIN.has(languageId);
}
