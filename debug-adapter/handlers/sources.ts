import { AdapterError } from '../errors.ts';
import type { Handlers } from '../requests.ts';

/** Documents in which the recording is read, for clients that cannot open them themselves. */
export const SOURCES = {
  source: async ({ source, sourceReference }, { conversation }) => {
    const { program, client } = conversation;
    const wanted = sourceReference > 0 ? { ...source, sourceReference } : (source ?? {});
    const document = program.sources.find(wanted, client);
    if (document === undefined) {
      const name = source?.path ?? `source reference ${sourceReference}`;
      throw new AdapterError('source', `There is no document ${name} in this session.`);
    }
    const mimeType = document.page === undefined ? 'text/x-vgpu' : 'text/x-vgpu-listing';
    return { content: await program.sources.text(document), mimeType };
  },

  loadedSources: (_args, { conversation }) => {
    const { program, client } = conversation;
    const documents = program.sources.documents();
    return { sources: documents.map((each) => program.sources.toSource(each, client)) };
  },
} satisfies Partial<Handlers>;
