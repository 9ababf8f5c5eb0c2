import * as vscode from 'vscode';
import type { RunningClient } from './language-client.ts';

/** Languages that the language server serves. */
const LANGUAGES: ReadonlySet<string> = new Set(['vgpu', 'vgpu-log']);

/** Starts the language server, and loads what speaks with it, when the first document that it serves is open. */
export function registerLanguageService(serverScript: string): vscode.Disposable {
  let starting: Promise<RunningClient> | undefined;
  const start = (document: vscode.TextDocument) => {
    if (starting !== undefined || !LANGUAGES.has(document.languageId)) return;
    if (document.uri.scheme !== 'file' && document.uri.scheme !== 'untitled') return;
    starting = import('./language-client.ts').then(({ startClient }) => startClient(serverScript));
    starting.catch((error: unknown) => {
      const reason = error instanceof Error ? error.message : String(error);
      void vscode.window.showErrorMessage(`The vGPU language server did not start: ${reason}`);
    });
  };
  const opened = vscode.workspace.onDidOpenTextDocument(start);
  for (const document of vscode.workspace.textDocuments) start(document);
  return {
    async dispose() {
      opened.dispose();
      const client = await starting?.catch(() => undefined);
      await client?.stop();
    },
  };
}
