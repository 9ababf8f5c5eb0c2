import path from 'node:path';
import * as vscode from 'vscode';
import { listingUri, type Reading } from '../../timeline/index.ts';
import type { KnownReadings } from '../reading/known-readings.ts';
import type { LoadedCounts } from '../trace-worker/messages.ts';
import type { TraceClient } from '../trace-worker/trace-client.ts';

/**
 * What a click on a recording opens. Recordings are packed or too large for VS Code's own editor, so this one
 * only makes room: it puts a normal text editor on the decoded view in its place and closes. Where the trace
 * cannot be read it stays and says why.
 */
export class TraceEditor implements vscode.CustomReadonlyEditorProvider {
  readonly #client: TraceClient;
  readonly #readings: KnownReadings;

  constructor(client: TraceClient, readings: KnownReadings) {
    this.#client = client;
    this.#readings = readings;
  }

  openCustomDocument(uri: vscode.Uri): vscode.CustomDocument {
    // Reading begins while VS Code still makes the panel; what goes wrong is told in there.
    this.#load(uri).catch(() => {});
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
      const { accesses } = await this.#load(uri);
      await replace(panel, uri, this.#readings.of(uri.fsPath));
      if (accesses === 0) await offerToAsk(uri);
    } catch (error) {
      panel.webview.html = page(error instanceof Error ? error.message : String(error));
    }
  }

  #load({ fsPath: path }: vscode.Uri): Promise<LoadedCounts> {
    return this.#client.ask({ kind: 'load', path, reading: this.#readings.of(path) });
  }
}

/** No access was found to be the device's: the log does not tell where it is. */
async function offerToAsk(uri: vscode.Uri): Promise<void> {
  const ask = 'Tell Device or Address…';
  const name = path.basename(uri.fsPath);
  const chosen = await vscode.window.showInformationMessage(
    `No access in ${name} was found to be a GPU’s: the log does not tell which device it is about, or where that is.`,
    ask,
  );
  if (chosen === ask) await vscode.commands.executeCommand('vgpu.readAs', uri);
}

/** A tab that was opened to stay, stays; one that the next click would replace, is replaced. */
async function replace(
  panel: vscode.WebviewPanel,
  uri: vscode.Uri,
  reading: Reading,
): Promise<void> {
  const shown = vscode.Uri.parse(listingUri(uri.fsPath, undefined, reading));
  const listing = await vscode.workspace.openTextDocument(shown);
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
