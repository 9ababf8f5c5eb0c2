import * as vscode from 'vscode';
import { LISTING_SCHEME, parseListingUri, type Reading } from '../timeline/index.ts';

/** Files that are taken for traces by their names; what they really are, their content tells. */
const TRACE_NAME = /\.(vgpu|mmiotrace|ftrace|trace|aub)(\.(txt|log))?(\.gz)?$/i;

/** Languages of files: a dump or a log has its own by its name, its first line, or the user's choice. */
const TRACE_LANGUAGES: ReadonlySet<string> = new Set(['vgpu', 'vgpu-log']);

/** A trace, and how it is read where somebody said so. */
export interface TraceInView {
  readonly path: string;
  /** Undefined where a file is in view, not a decoded view of it. */
  readonly reading?: Reading;
}

/** The trace in the active tab: a decoded view of it, its file, or the editor that is just opening it. */
export function currentTrace(): TraceInView | undefined {
  const input = vscode.window.tabGroups.activeTabGroup.activeTab?.input;
  if (input instanceof vscode.TabInputCustom && input.viewType.startsWith('vgpu.'))
    return traceOfFile(input.uri);
  const tab = input instanceof vscode.TabInputText ? input.uri : undefined;
  const document = vscode.window.activeTextEditor?.document;
  return traceInDocument(document?.uri, document?.languageId) ?? traceInDocument(tab);
}

/** The file of a menu, whatever it is called; the trace of a decoded view. */
export function traceOfFile(uri: vscode.Uri | undefined): TraceInView | undefined {
  if (uri === undefined) return undefined;
  if (uri.scheme === LISTING_SCHEME) return parseListingUri(uri.toString());
  return uri.scheme === 'file' ? { path: uri.fsPath } : undefined;
}

/** The trace that a document shows, by its name or its language; undefined for documents that are no traces. */
function traceInDocument(uri: vscode.Uri | undefined, language = ''): TraceInView | undefined {
  const isTrace = TRACE_LANGUAGES.has(language) || TRACE_NAME.test(uri?.path ?? '');
  return uri?.scheme === 'file' && !isTrace ? undefined : traceOfFile(uri);
}
