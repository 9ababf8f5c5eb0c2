import type { StepKind } from '../../timeline/index.ts';
import type { Call } from '../call.ts';
import { AdapterError } from '../errors.ts';
import type { Handlers } from '../requests.ts';
import { canRestart } from './stack.ts';

/**
 * Movements through the recording. Each is answered at once; a `stopped` event tells where it ended. They are of one
 * granularity: what an engine executes has no statements but commands.
 */
export const RUNNING = {
  continue: (_args, call) => {
    resume(call, 'forward', 'Running');
    return { allThreadsContinued: true };
  },
  reverseContinue: (_args, call) => resume(call, 'backward', 'Running backwards'),
  next: ({ threadId }, call) => step(call, 'next', threadId),
  stepBack: ({ threadId }, call) => step(call, 'back', threadId),
  stepIn: ({ threadId }, call) => step(call, 'in', threadId),
  stepOut: ({ threadId }, call) => step(call, 'out', threadId),

  restartFrame: async ({ frameId }, call) => {
    const { conversation } = call;
    const { session } = conversation.program;
    conversation.runs.requireStopped();
    const { engine, guest, index } = conversation.threads.frameAt(frameId);
    const thread = engine === undefined ? {} : { thread: engine };
    const whose = engine === undefined ? guest : undefined;
    const { frames } = await session.inspect({ kind: 'stack', ...thread }, whose);
    const frame = frames[index];
    if (frame === undefined || !canRestart(frame)) {
      throw new AdapterError('goto', 'Only a batch, a ring or an access can be started again.');
    }
    const { depth, record } = frame;
    call.afterResponse(() =>
      conversation.move(call.requestId, 'Going back', (token) =>
        engine !== undefined && depth !== undefined
          ? session.restartLevel(engine, depth, token)
          : session.seek({ record, event: 0 }, token),
      ),
    );
    return undefined;
  },

  pause: (_args, { conversation, requestId }) => {
    conversation.runs.pause(requestId);
    return undefined;
  },

  gotoTargets: ({ source, line }, { conversation }) => {
    const { client, program } = conversation;
    const document = program.sources.find(source, client);
    const place = document && program.sources.stopAt(document, client.lineIn(line));
    if (place === undefined) return { targets: [] };
    const { record } = place;
    const label = `record ${record}`;
    // The target is the record itself, so that it stays true however the recording moves.
    return { targets: [{ id: record, label, line: client.lineOut(place.line) }] };
  },

  goto: ({ targetId }, call) => {
    const { session } = call.conversation.program;
    const { records } = session.summary;
    if (!Number.isInteger(targetId) || targetId < 0 || targetId > records) {
      throw new AdapterError(
        'goto',
        `There is no record ${targetId}; the recording has ${records}.`,
      );
    }
    call.conversation.runs.requireStopped();
    call.afterResponse(() => call.conversation.goTo(call.requestId, targetId));
    return undefined;
  },
} satisfies Partial<Handlers>;

function resume(call: Call, direction: 'forward' | 'backward', title: string): undefined {
  const { conversation } = call;
  const { session } = conversation.program;
  conversation.runs.requireStopped();
  call.afterResponse(() =>
    conversation.move(call.requestId, title, (token) => session.resume(direction, token)),
  );
}

function step(call: Call, kind: StepKind, threadId: number): undefined {
  const { conversation } = call;
  const { name } = conversation.threads.threadOf(threadId);
  const { session } = conversation.program;
  conversation.runs.requireStopped();
  call.afterResponse(() =>
    conversation.move(call.requestId, 'Stepping', (token) => session.step(kind, token, name)),
  );
}
