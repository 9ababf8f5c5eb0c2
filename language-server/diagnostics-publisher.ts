import type { Connection, TextDocuments } from 'vscode-languageserver/node';
import type { TraceDocument } from './document.ts';
import { diagnose } from './features/diagnostics/diagnostics.ts';
import { isRegisterDocument } from './registers/register-documents.ts';

interface Editor {
  readonly documents: Pick<
    TextDocuments<TraceDocument>,
    'get' | 'onDidChangeContent' | 'onDidClose'
  >;
  readonly connection: Pick<Connection, 'sendDiagnostics'> & {
    readonly console: Pick<Connection['console'], 'error'>;
  };
}

/** Milliseconds without an edit after which a document is looked through for mistakes. */
const QUIET = 150;

/** Tells the editor what is wrong with each open document, some time after it was opened or edited. */
export class DiagnosticsPublisher {
  readonly #server: Editor;
  readonly #waiting = new Map<string, NodeJS.Timeout>();

  constructor(server: Editor) {
    this.#server = server;
  }

  listen(): void {
    const { documents, connection } = this.#server;
    documents.onDidChangeContent(({ document }) => {
      if (isRegisterDocument(document.uri)) return;
      this.#forget(document);
      this.#waiting.set(
        document.uri,
        setTimeout(() => void this.#lookThrough(document), QUIET),
      );
    });
    documents.onDidClose(({ document }) => {
      this.#forget(document);
      void connection.sendDiagnostics({ uri: document.uri, diagnostics: [] });
    });
  }

  #forget({ uri }: TraceDocument): void {
    clearTimeout(this.#waiting.get(uri));
    this.#waiting.delete(uri);
  }

  /** What cannot be read is told in the server's log, and looked through again after the next edit. */
  async #lookThrough(document: TraceDocument): Promise<void> {
    try {
      await this.#publish(document);
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error);
      const { console } = this.#server.connection;
      console.error(`${document.uri} could not be looked through for mistakes: ${reason}`);
    }
  }

  async #publish(document: TraceDocument): Promise<void> {
    const { documents, connection } = this.#server;
    const { uri, version } = document;
    this.#waiting.delete(uri);
    await document.upToDate();
    // Another edit in the meantime asks again.
    if (documents.get(uri) !== document || document.version !== version) return;
    await connection.sendDiagnostics({ uri, version, diagnostics: [...diagnose(document)] });
  }
}
