import { after, before } from 'node:test';
import { AdapterClient } from './adapter-client.ts';

/**
 * One adapter for a group of tests that only look and move; starting a process and opening a recording for each
 * would take most of the time. Every message is held to the protocol when the group ends.
 */
export function sharedClient(
  open: (client: AdapterClient) => Promise<unknown>,
): () => AdapterClient {
  let client: AdapterClient | undefined;
  before(async () => {
    client = await AdapterClient.overStreams();
    await open(client);
  });
  after(async () => {
    try {
      await client?.finish();
    } finally {
      client?.kill();
    }
  });
  return () => {
    if (client === undefined) throw new Error('the adapter has not been started');
    return client;
  };
}
