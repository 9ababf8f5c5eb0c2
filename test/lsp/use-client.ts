import { after, before } from 'node:test';
import { LspClient } from './lsp-client.ts';

/** One language server for the tests of a file; the returned function gives its client. */
export function useClient(initializationOptions: object = {}): () => LspClient {
  let client: LspClient | undefined;
  before(async () => {
    client = await LspClient.start(initializationOptions);
  });
  after(async () => {
    await client?.stop();
  });
  return () => {
    if (client === undefined) throw new Error('The language server has not been started.');
    return client;
  };
}
