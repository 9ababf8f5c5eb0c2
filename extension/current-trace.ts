import * as vscode from 'vscode';
import { LISTING_SCHEME, parseListingUri } from '../timeline/index.ts';

/** Files that are offered as traces; what they really are, their content tells. */
const TRACE_NAME = /\.(vgpu|mmiotrace)(\.gz)?$/i;

/** Path of the trace in the active tab: a decoded view of it, its file, or the editor that is just opening it. */
export function currentTrace(): string | undefined {
  const input = vscode.window.tabGroups.activeTabGroup.activeTab?.input;
  const tab =
    input instanceof vscode.TabInputText || input instanceof vscode.TabInputCustom
      ? input.uri
      : undefined;
  return traceOfUri(vscode.window.activeTextEditor?.document.uri) ?? traceOfUri(tab);
}

/** Path of the trace that a document shows; undefined for documents that are no traces. */
export function traceOfUri(uri: vscode.Uri | undefined): string | undefined {
  if (uri === undefined) return undefined;
  if (uri.scheme === LISTING_SCHEME) return parseListingUri(uri.toString())?.path;
  return uri.scheme === 'file' && TRACE_NAME.test(uri.path) ? uri.fsPath : undefined;
}
