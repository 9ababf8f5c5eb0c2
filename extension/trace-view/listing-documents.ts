import type * as vscode from 'vscode';
import type { TraceClient } from '../trace-worker/trace-client.ts';

/** Texts of the decoded view. A failure becomes the document's text, so that a restored tab says what is wrong. */
export function listingDocuments(client: TraceClient): vscode.TextDocumentContentProvider {
  return {
    async provideTextDocumentContent(uri) {
      try {
        return await client.ask({ kind: 'text', uri: uri.toString() });
      } catch (error) {
        return `// ${error instanceof Error ? error.message : String(error)}\n`;
      }
    },
  };
}
