import {
  createConnection,
  type InitializeParams,
  type InitializeResult,
  ProposedFeatures,
  TextDocuments,
} from 'vscode-languageserver/node';
import { capabilities } from './capabilities.ts';
import { clientOptionsOf } from './client-options.ts';
import { DiagnosticsPublisher } from './diagnostics-publisher.ts';
import { TraceDocument } from './document.ts';
import { answerAboutDocuments } from './document-requests.ts';
import { RegisterDocuments } from './registers/register-documents.ts';
import type { ServerContext } from './server-context.ts';
import { answerAboutTables } from './table-requests.ts';

/** Serves one editor over a pair of streams, until it says goodbye; that ends the process. */
export function serve(input: NodeJS.ReadableStream, output: NodeJS.WritableStream): void {
  const connection = createConnection(ProposedFeatures.all, input, output);
  const documents = new TextDocuments<TraceDocument>({
    create: (uri, languageId, version, text) => new TraceDocument(uri, languageId, version, text),
    update(document, changes, version) {
      document.update(changes, version);
      return document;
    },
  });
  const tables = new RegisterDocuments(() => !server.options.showsRegisterTables);
  const server: ServerContext = {
    connection,
    documents,
    tables,
    options: clientOptionsOf(undefined),
  };

  connection.onInitialize((params: InitializeParams): InitializeResult => {
    server.options = clientOptionsOf(params);
    return { capabilities: capabilities(server.options), serverInfo: { name: 'vgpu' } };
  });
  answerAboutDocuments(server);
  answerAboutTables(server);
  new DiagnosticsPublisher(server).listen();
  documents.listen(connection);
  connection.listen();
}
