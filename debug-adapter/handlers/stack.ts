import type { DebugProtocol as Dap } from '@vscode/debugprotocol';
import type { Conversation } from '../conversation.ts';
import type { Handlers } from '../requests.ts';
import type { Place } from '../sources/source-map.ts';
import { DRIVER_THREAD } from '../stopped-body.ts';
import { scopesOf } from '../variables/scopes.ts';

/** Where the recording stands: the access, the run it belongs to, and the driver's functions below. */
export const STACK = {
  threads: () => ({ threads: [{ id: DRIVER_THREAD, name: 'guest driver' }] }),

  stackTrace: async ({ startFrame, levels }, { conversation }) => {
    const frames = await framesOf(conversation);
    const start = Math.max(0, startFrame ?? 0);
    const end = levels === undefined || levels <= 0 ? frames.length : start + levels;
    return { stackFrames: frames.slice(start, end), totalFrames: frames.length };
  },

  // Below the access there is only text of the recording: every frame shows the one device at the one moment.
  scopes: (_args, { conversation }) => {
    const { session } = conversation.program;
    const { variables, client } = conversation;
    const views = scopesOf(session, conversation.format, conversation.walk);
    return {
      scopes: views.map(({ name, hint, expensive, container }) => ({
        name,
        expensive,
        variablesReference: variables.add(container, client.paging),
        ...(hint === undefined ? {} : { presentationHint: hint }),
        ...(client.paging && container.indexed !== undefined
          ? { indexedVariables: container.indexed.count, namedVariables: 1 }
          : {}),
      })),
    };
  },
} satisfies Partial<Handlers>;

async function framesOf(conversation: Conversation): Promise<Dap.StackFrame[]> {
  const { session, sources } = conversation.program;
  const { frames, driver } = await session.inspect({ kind: 'stack' });
  const { record } = session.position;
  const fold = frames.find(({ kind }) => kind === 'fold');
  const access = frames.find(({ kind }) => kind === 'access');
  const stack: Omit<Dap.StackFrame, 'id'>[] = [];
  // A run that has not been entered is one row: the row itself is where the recording stands.
  const inRun = fold !== undefined && record > fold.record;
  const own = inRun ? sources.locateInRun(record) : undefined;
  const name = access?.name ?? 'end of the recording';
  const first = fold !== undefined && !inRun ? `, first of ${fold.name}` : '';
  stack.push({ name: `${name}${first}`, ...at(conversation, own ?? sources.locate(record)) });
  if (inRun) stack.push({ name: fold.name, ...at(conversation, sources.locate(fold.record)) });
  // As labels: VS Code hides subtle frames behind a link, and offers to open others although they have no source.
  for (const each of driver) {
    stack.push({ name: each, line: 0, column: 0, presentationHint: 'label' });
  }
  return stack.map((frame, index) => ({ id: index + 1, ...frame }));
}

function at({ program, client }: Conversation, { document, line }: Place) {
  return {
    source: program.sources.toSource(document, client),
    line: client.lineOut(line),
    column: client.columnOut(0),
  };
}
