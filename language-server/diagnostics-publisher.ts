import type { TraceDocument } from './document.ts';
import { diagnose } from './features/diagnostics/diagnostics.ts';
import { isRegisterDocument } from './registers/register-documents.ts';
import type { ServerContext } from './server-context.ts';

/** Milliseconds without an edit after which a document is looked through for mistakes. */
const QUIET = 150;

/** Tells the editor what is wrong with each open document, some time after it was opened or edited. */
export class DiagnosticsPublisher {
  readonly #server: ServerContext;
  readonly #waiting = new Map<string, NodeJS.Timeout>();

  constructor(server: ServerContext) {
    this.#server = server;
  }

  listen(): void {
    const { documents, connection } = this.#server;
    documents.onDidChangeContent(({ document }) => {
      if (isRegisterDocument(document.uri)) return;
      this.#forget(document);
      this.#waiting.set(
        document.uri,
        setTimeout(() => void this.#publish(document), QUIET),
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
