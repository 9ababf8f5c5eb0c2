import * as vscode from 'vscode';
import { parseListingUri } from '../../timeline/index.ts';
import type { TraceClient } from '../trace-worker/trace-client.ts';

/** Keeps the context keys behind the arrows in the editor's title: most traces have one part, and need none. */
export function followParts(client: TraceClient): vscode.Disposable {
  void update(client, vscode.window.activeTextEditor);
  return vscode.window.onDidChangeActiveTextEditor((editor) => update(client, editor));
}

async function update(client: TraceClient, editor: vscode.TextEditor | undefined): Promise<void> {
  const shown = editor && parseListingUri(editor.document.uri.toString());
  const part = shown?.document.n ?? 0;
  setContext('vgpu.hasPreviousPart', part > 0);
  setContext('vgpu.hasNextPart', false);
  if (editor === undefined || shown === undefined) return;
  const pages = await pagesOf(client, editor.document.uri.toString());
  // By now another editor may be in view, which has been asked for itself.
  if (vscode.window.activeTextEditor === editor) setContext('vgpu.hasNextPart', part + 1 < pages);
}

/** A trace that cannot be read says so in its own document. */
async function pagesOf(client: TraceClient, uri: string): Promise<number> {
  try {
    return await client.ask({ kind: 'pages', uri });
  } catch {
    return 1;
  }
}

function setContext(key: string, value: boolean): void {
  void vscode.commands.executeCommand('setContext', key, value);
}
