import * as vscode from 'vscode';
import { LISTING_SCHEME } from '../../timeline/index.ts';
import type { KnownReadings } from '../reading/known-readings.ts';
import type { TraceClient } from '../trace-worker/trace-client.ts';
import { listingDocuments } from './listing-documents.ts';
import { ListingLinks } from './listing-links.ts';
import { followParts } from './part-contexts.ts';
import { TraceEditor } from './trace-editor.ts';

/** Language of the decoded view; coloured by its own grammar. */
export const LISTING_LANGUAGE = 'vgpu-listing';

/** The same editor under names of its own: by default, on request, and beside our own text form. */
const EDITORS = ['vgpu.trace', 'vgpu.possibleTrace', 'vgpu.decodedScenario'] as const;

/** The decoded view of traces: its documents, their links, and the editors that lead to it. */
export function registerTraceViews(
  client: TraceClient,
  readings: KnownReadings,
): vscode.Disposable[] {
  const editor = new TraceEditor(client, readings);
  return [
    vscode.workspace.registerTextDocumentContentProvider(LISTING_SCHEME, listingDocuments(client)),
    vscode.workspace.onDidOpenTextDocument(setListingLanguage),
    vscode.languages.registerDocumentLinkProvider({ scheme: LISTING_SCHEME }, new ListingLinks()),
    followParts(client),
    ...EDITORS.map((type) => vscode.window.registerCustomEditorProvider(type, editor)),
  ];
}

/** The document's name ends like the trace's, which for a plain trace means another language. */
async function setListingLanguage(document: vscode.TextDocument): Promise<void> {
  if (document.uri.scheme !== LISTING_SCHEME || document.languageId === LISTING_LANGUAGE) return;
  await vscode.languages.setTextDocumentLanguage(document, LISTING_LANGUAGE);
}
