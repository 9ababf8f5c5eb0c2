import * as vscode from 'vscode';
import { listingUri } from '../../timeline/index.ts';
import type { TraceClient } from '../trace-worker/trace-client.ts';

/**
 * What a click on a recording opens. Recordings are packed or too large for VS Code's own editor, so this one
 * only makes room: it puts a normal text editor on the decoded view in its place and closes. Where the trace
 * cannot be read it stays and says why.
 */
export class TraceEditor implements vscode.CustomReadonlyEditorProvider {
  readonly #client: TraceClient;

  constructor(client: TraceClient) {
    this.#client = client;
  }

  openCustomDocument(uri: vscode.Uri): vscode.CustomDocument {
    // Reading begins while VS Code still makes the panel; what goes wrong is told in there.
    this.#client.ask({ kind: 'load', path: uri.fsPath }).catch(() => {});
    return { uri, dispose: () => {} };
  }

  async resolveCustomEditor(
    document: vscode.CustomDocument,
    panel: vscode.WebviewPanel,
  ): Promise<void> {
    panel.webview.html = page('Decoding the trace …');
    void this.#redirect(document.uri, panel);
  }

  async #redirect(uri: vscode.Uri, panel: vscode.WebviewPanel): Promise<void> {
    try {
      await this.#client.ask({ kind: 'load', path: uri.fsPath });
      await replace(panel, uri);
    } catch (error) {
      panel.webview.html = page(error instanceof Error ? error.message : String(error));
    }
  }
}

/** A tab that was opened to stay, stays; one that the next click would replace, is replaced. */
async function replace(panel: vscode.WebviewPanel, uri: vscode.Uri): Promise<void> {
  const listing = await vscode.workspace.openTextDocument(vscode.Uri.parse(listingUri(uri.fsPath)));
  const viewColumn = panel.viewColumn ?? vscode.ViewColumn.Active;
  const preview = tabOf(uri)?.isPreview ?? true;
  const preserveFocus = !panel.active;
  await vscode.window.showTextDocument(listing, { viewColumn, preview, preserveFocus });
  panel.dispose();
}

function tabOf(uri: vscode.Uri): vscode.Tab | undefined {
  return vscode.window.tabGroups.all
    .flatMap(({ tabs }) => tabs)
    .find(
      ({ input }) =>
        input instanceof vscode.TabInputCustom && input.uri.toString() === uri.toString(),
    );
}

function page(text: string): string {
  const shown = text.replaceAll('&', '&amp;').replaceAll('<', '&lt;');
  return `<!DOCTYPE html><html lang="en"><body style="padding: 2em"><p>${shown}</p></body></html>`;
}
