import * as vscode from 'vscode';
import type { RunningClient } from './language-client.ts';

/** Languages that the language server serves. */
const LANGUAGES: ReadonlySet<string> = new Set(['vgpu', 'vgpu-log']);
/** Documents that show register tables; the server has their text. */
const REGISTER_SCHEME = 'vgpu-registers';

/** Starts the language server, and loads what speaks with it, when the first document is open that it serves. */
export function registerLanguageService(serverScript: string): vscode.Disposable {
  let starting: Promise<RunningClient> | undefined;
  const client = () => {
    starting ??= import('./language-client.ts').then((loaded) => loaded.startClient(serverScript));
    return starting;
  };
  const start = ({ languageId, uri }: vscode.TextDocument) => {
    if (starting !== undefined || !LANGUAGES.has(languageId)) return;
    if (uri.scheme === 'file' || uri.scheme === 'untitled') client().catch(sayThatItFailed);
  };
  const registered = [
    vscode.workspace.onDidOpenTextDocument(start),
    vscode.workspace.registerTextDocumentContentProvider(REGISTER_SCHEME, {
      provideTextDocumentContent: async (uri) => (await client()).registerTable(uri),
    }),
  ];
  for (const document of vscode.workspace.textDocuments) start(document);
  return {
    async dispose() {
      for (const each of registered) each.dispose();
      const running = await starting?.catch(() => undefined);
      await running?.stop();
    },
  };
}

function sayThatItFailed(error: unknown): void {
  const reason = error instanceof Error ? error.message : String(error);
  void vscode.window.showErrorMessage(`The vGPU language server did not start: ${reason}`);
}
