import type { DebugProtocol as Dap } from '@vscode/debugprotocol';
import type { StackFrame } from '../../timeline/index.ts';
import type { Conversation } from '../conversation.ts';
import { sessionOf } from '../guest-session.ts';
import { formatInstructionReference } from '../instruction-reference.ts';
import type { Handlers } from '../requests.ts';
import { commandDocument, commandSource } from '../sources/command-sources.ts';
import type { Place } from '../sources/source-map.ts';
import { scopesOf } from '../variables/scopes.ts';

/** Where the recording stands: what engines are at, the access, the run it belongs to, the driver's functions. */
export const STACK = {
  threads: async (_args, { conversation }) => {
    const { threads, program } = conversation;
    return { threads: [...(await threads.refresh(program.session, conversation.send))] };
  },

  stackTrace: async ({ threadId, startFrame, levels }, { conversation }) => {
    const frames = await framesOf(conversation, threadId);
    const documents = frames.map(({ source }) => commandDocument(source?.sourceReference) ?? []);
    await conversation.commandBreakpoints.follow(conversation, documents.flat());
    const start = Math.max(0, startFrame ?? 0);
    const end = levels === undefined || levels <= 0 ? frames.length : start + levels;
    return { stackFrames: frames.slice(start, end), totalFrames: frames.length };
  },

  // Below the access there is only text of the recording: every frame shows the one device at the one moment.
  scopes: ({ frameId }, { conversation }) => {
    const { variables, client } = conversation;
    const { engine, guest } = conversation.threads.frameAt(frameId);
    return {
      scopes: scopesOf(conversation, engine, guest).map(({ name, hint, expensive, container }) => ({
        name,
        expensive,
        variablesReference: variables.add(container, client.paging, guest),
        ...(hint === undefined ? {} : { presentationHint: hint }),
        ...(client.paging && container.indexed !== undefined
          ? { indexedVariables: container.indexed.count, namedVariables: 1 }
          : {}),
      })),
    };
  },
} satisfies Partial<Handlers>;

/** Whether replay can go back to where the frame began. */
export function canRestart({ kind }: StackFrame): boolean {
  return kind === 'level' || kind === 'access';
}

async function framesOf(conversation: Conversation, threadId: number): Promise<Dap.StackFrame[]> {
  const { engine, guest } = conversation.threads.threadOf(threadId);
  const session = sessionOf(conversation.program.session, engine === undefined ? guest : undefined);
  const thread = engine === undefined ? {} : { thread: engine };
  const { frames, driver } = await session.inspect({ kind: 'stack', ...thread });
  const fold = frames.find(({ kind }) => kind === 'fold');
  const here = frames.find(({ kind }) => kind === 'access')?.record ?? session.position.record;
  const stack: Omit<Dap.StackFrame, 'id'>[] = [];
  for (const frame of frames) {
    if (frame.kind === 'access') stack.push(accessFrame(conversation, frame, fold));
    else if (frame.kind !== 'fold') stack.push(engineFrame(conversation, frame));
    else if (here > frame.record) stack.push(foldFrame(conversation, frame));
  }
  // As labels: VS Code hides subtle frames behind a link, and offers to open others although they have no source.
  for (const each of driver) {
    stack.push({ name: each, line: 0, column: 0, presentationHint: 'label', canRestart: false });
  }
  const { threads } = conversation;
  return stack.map((frame, index) => ({ id: threads.frameId(threadId, index), ...frame }));
}

/** A command, or the batch, ring or context that it is in. */
function engineFrame({ client }: Conversation, frame: StackFrame): Omit<Dap.StackFrame, 'id'> {
  const { name, place, instruction } = frame;
  const restart = {
    canRestart: canRestart(frame),
    ...(instruction === undefined
      ? {}
      : { instructionPointerReference: formatInstructionReference(instruction) }),
  };
  if (place === undefined) {
    return { name, line: 0, column: 0, presentationHint: 'label', ...restart };
  }
  return {
    name,
    source: commandSource(place.document, place.title),
    line: client.lineOut(place.line + 1),
    column: client.columnOut(0),
    ...restart,
  };
}

function accessFrame(
  conversation: Conversation,
  { name, record }: StackFrame,
  fold: StackFrame | undefined,
): Omit<Dap.StackFrame, 'id'> {
  const { sources } = conversation.program;
  // A run that has not been entered is one row: the row itself is where the recording stands.
  const inRun = fold !== undefined && record > fold.record;
  const own = inRun ? sources.locateInRun(record) : undefined;
  const first = fold !== undefined && !inRun ? `, first of ${fold.name}` : '';
  return { name: `${name}${first}`, ...at(conversation, own ?? sources.locate(record)) };
}

function foldFrame(
  conversation: Conversation,
  { name, record }: StackFrame,
): Omit<Dap.StackFrame, 'id'> {
  const { sources } = conversation.program;
  return { name, ...at(conversation, sources.locate(record)), canRestart: false };
}

function at({ program, client }: Conversation, { document, line }: Place) {
  return {
    source: program.sources.toSource(document, client),
    line: client.lineOut(line),
    column: client.columnOut(0),
  };
}
