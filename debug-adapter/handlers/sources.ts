import type { Conversation } from '../conversation.ts';
import { AdapterError } from '../errors.ts';
import type { Handlers } from '../requests.ts';
import { commandDocument } from '../sources/command-sources.ts';

/** Documents in which the recording is read, for clients that cannot open them themselves. */
export const SOURCES = {
  source: async ({ source, sourceReference }, { conversation }) => {
    const { program, client } = conversation;
    const commands = commandDocument(source?.sourceReference ?? sourceReference);
    if (commands !== undefined) return await commandText(conversation, commands);
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

async function commandText({ program }: Conversation, document: number) {
  const found = await program.session.inspect({ kind: 'commands', document });
  if (found === undefined) {
    throw new AdapterError('source', `There is no ring or batch ${document} in this session.`);
  }
  return { content: found.text, mimeType: 'text/x-vgpu-commands' };
}
