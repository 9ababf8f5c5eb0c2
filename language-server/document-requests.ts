import type { TraceDocument } from './document.ts';
import { codeActions } from './features/code-actions.ts';
import { codeLenses } from './features/code-lenses.ts';
import { completion, resolveCompletion } from './features/completion/completion.ts';
import { format } from './features/formatting.ts';
import { hover } from './features/hover.ts';
import { inlayHints } from './features/inlay-hints.ts';
import { documentHighlights } from './features/labels/highlights.ts';
import { prepareRename, rename } from './features/labels/rename.ts';
import { definition, references, referencesOfRow } from './features/navigation.ts';
import { semanticTokens, semanticTokensInRange } from './features/semantic-tokens.ts';
import { documentSymbols, foldingRanges } from './features/symbols.ts';
import { isRegisterDocument } from './registers/register-documents.ts';
import { openTraces, type ServerContext } from './server-context.ts';

interface AboutDocument {
  readonly textDocument: { readonly uri: string };
}

/** Answers requests about one trace that is open; of others nothing is known. */
export function answerAboutDocuments(server: ServerContext): void {
  const { connection, documents, tables } = server;
  const open = ({ textDocument: { uri } }: AboutDocument) =>
    isRegisterDocument(uri) ? undefined : documents.get(uri);
  const about =
    <P extends AboutDocument, R>(answer: (document: TraceDocument, params: P) => R) =>
    async (params: P): Promise<R | null> => {
      const document = open(params);
      await document?.ready();
      return document === undefined ? null : answer(document, params);
    };

  connection.onHover(about((document, { position }) => hover(document, position) ?? null));
  connection.onCompletion(about((document, { position }) => completion(document, position)));
  connection.onCompletionResolve(resolveCompletion);
  connection.onDefinition(
    about((document, { position }) => {
      const links = definition(document, position, tables);
      if (server.options.takesLinks) return links;
      return links.map(({ targetUri, targetRange }) => ({ uri: targetUri, range: targetRange }));
    }),
  );
  connection.onReferences(async ({ textDocument, position, context }) => {
    const row = tables.lineAt(textDocument.uri, position.line);
    if (row !== undefined) return referencesOfRow(await openTraces(server), row);
    const document = open({ textDocument });
    await document?.ready();
    return document && references(document, position, context.includeDeclaration, tables);
  });
  connection.onDocumentHighlight(
    about((document, { position }) => documentHighlights(document, position)),
  );
  connection.onPrepareRename(about((document, { position }) => prepareRename(document, position)));
  connection.onRenameRequest(
    about((document, { position, newName }) => rename(document, position, newName)),
  );
  connection.onDocumentSymbol(about((document) => documentSymbols(document)));
  connection.onFoldingRanges(about((document) => foldingRanges(document)));
  connection.onDocumentFormatting(about((document) => format(document)));
  connection.onDocumentRangeFormatting(about((document, { range }) => format(document, range)));
  connection.onCodeAction(about((document, { range }) => codeActions(document, range)));
  connection.onCodeLens(about((document) => codeLenses(document)));
  connection.languages.inlayHint.on(about((document, { range }) => inlayHints(document, range)));
  // Colours of the lines in view need nothing else to be read.
  connection.languages.semanticTokens.on((params) => {
    const document = open(params);
    return document === undefined ? { data: [] } : semanticTokens(document);
  });
  connection.languages.semanticTokens.onRange((params) => {
    const document = open(params);
    return document === undefined ? { data: [] } : semanticTokensInRange(document, params.range);
  });
}
