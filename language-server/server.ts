import {
  createConnection,
  type InitializeParams,
  type InitializeResult,
  ProposedFeatures,
  TextDocumentSyncKind,
  TextDocuments,
} from 'vscode-languageserver/node';
import { type ClientOptions, clientOptionsOf } from './client-options.ts';
import { TraceDocument } from './document.ts';
import { diagnose } from './features/diagnostics/diagnostics.ts';
import { hover } from './features/hover.ts';
import {
  semanticTokens,
  semanticTokensInRange,
  TOKEN_MODIFIERS,
  TOKEN_TYPES,
} from './features/semantic-tokens.ts';

/** Milliseconds without an edit after which a document is looked through for mistakes. */
const QUIET = 150;

/** Serves one editor over a pair of streams, until it says goodbye. */
export function serve(input: NodeJS.ReadableStream, output: NodeJS.WritableStream): void {
  const connection = createConnection(ProposedFeatures.all, input, output);
  const documents = new TextDocuments<TraceDocument>({
    create: (uri, languageId, version, text) => new TraceDocument(uri, languageId, version, text),
    update(document, changes, version) {
      document.update(changes, version);
      return document;
    },
  });
  let options: ClientOptions = clientOptionsOf(undefined);

  connection.onInitialize((params: InitializeParams): InitializeResult => {
    options = clientOptionsOf(params.initializationOptions);
    return { capabilities: capabilities(options), serverInfo: { name: 'vgpu' } };
  });

  /** Answers about a document that is open; null for one that is not. */
  const about =
    <P extends { textDocument: { uri: string } }, R>(
      answer: (document: TraceDocument, params: P) => R | Promise<R>,
    ) =>
    async (params: P) => {
      const document = documents.get(params.textDocument.uri);
      if (document === undefined) return null;
      return (await answer(document, params)) ?? null;
    };
  const aboutIndex = <P extends { textDocument: { uri: string } }, R>(
    answer: (document: TraceDocument, params: P) => R,
  ) =>
    about(async (document, params: P) => {
      await document.ready();
      return answer(document, params);
    });

  connection.onHover(aboutIndex((document, { position }) => hover(document, position)));
  connection.languages.semanticTokens.on(async ({ textDocument }) => {
    const document = documents.get(textDocument.uri);
    return document === undefined ? { data: [] } : semanticTokens(document);
  });
  connection.languages.semanticTokens.onRange(async ({ textDocument, range }) => {
    const document = documents.get(textDocument.uri);
    return document === undefined ? { data: [] } : semanticTokensInRange(document, range);
  });

  const waiting = new Map<string, NodeJS.Timeout>();
  documents.onDidChangeContent(({ document }) => {
    clearTimeout(waiting.get(document.uri));
    waiting.set(
      document.uri,
      setTimeout(() => void publish(document), QUIET),
    );
  });
  documents.onDidClose(({ document }) => {
    clearTimeout(waiting.get(document.uri));
    waiting.delete(document.uri);
    void connection.sendDiagnostics({ uri: document.uri, diagnostics: [] });
  });

  async function publish(document: TraceDocument): Promise<void> {
    const { uri, version } = document;
    waiting.delete(uri);
    await document.ready();
    // Another edit in the meantime asks again.
    if (documents.get(uri) !== document || document.version !== version) return;
    await connection.sendDiagnostics({ uri, version, diagnostics: [...diagnose(document)] });
  }

  documents.listen(connection);
  connection.listen();
}

function capabilities(options: ClientOptions): InitializeResult['capabilities'] {
  return {
    textDocumentSync: TextDocumentSyncKind.Incremental,
    hoverProvider: true,
    semanticTokensProvider: {
      legend: { tokenTypes: [...TOKEN_TYPES], tokenModifiers: [...TOKEN_MODIFIERS] },
      full: !options.tokensByRange,
      range: true,
    },
  };
}
