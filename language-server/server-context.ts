import type { Connection, TextDocuments } from 'vscode-languageserver/node';
import type { ClientOptions } from './client-options.ts';
import type { TraceDocument } from './document.ts';
import { isRegisterDocument, type RegisterDocuments } from './registers/register-documents.ts';

/** What the answers to all requests have at hand. */
export interface ServerContext {
  readonly connection: Connection;
  readonly documents: TextDocuments<TraceDocument>;
  readonly tables: RegisterDocuments;
  /** Known once the editor has said hello. */
  options: ClientOptions;
}

/** All traces that are open, once they have been read. */
export async function openTraces({ documents }: ServerContext): Promise<readonly TraceDocument[]> {
  const open = documents.all().filter(({ uri }) => !isRegisterDocument(uri));
  await Promise.all(open.map((document) => document.ready()));
  return open;
}
