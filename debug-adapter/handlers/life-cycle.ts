import type { Stop, TimelineSession } from '../../timeline/index.ts';
import type { TraceDiagnostic } from '../../trace/index.ts';
import type { Call } from '../call.ts';
import { capabilities } from '../capabilities.ts';
import { Client } from '../client.ts';
import type { Conversation } from '../conversation.ts';
import { AdapterError } from '../errors.ts';
import { type LaunchOptions, parseLaunchOptions } from '../launch/launch-options.ts';
import { unknownAttributes } from '../launch/unknown-attributes.ts';
import type { Handlers } from '../requests.ts';
import type { StopPlace } from '../sources/source-map.ts';

/** From `initialize` to `disconnect`. */
export const LIFE_CYCLE = {
  initialize: (args, { conversation }) => {
    conversation.client = new Client(args);
    return capabilities(process.env['VGPU_FAULT_FILTERS']);
  },

  launch: async (args, call) => {
    const { conversation } = call;
    if (conversation.launched) {
      throw new AdapterError('alreadyLaunched', 'A recording is open already in this session.');
    }
    reportUnknown(conversation, args);
    const options = parseLaunchOptions(args);
    const program = await openWithProgress(call, options);
    await conversation.begin(program, options);
    call.afterResponse(() => conversation.send('initialized', undefined));
    for (const note of program.notes) say(conversation, 'console', note);
    reportDiagnostics(conversation, program.session.summary.diagnostics);
    await applySkip(conversation, program.session, options.skip);
    return undefined;
  },

  attach: () => {
    throw new AdapterError(
      'attach',
      'There is no running device to attach to: use "request": "launch" with "trace", the path of a recording.',
    );
  },

  configurationDone: async (_args, call) => {
    const at = await toFirstAccess(call);
    call.afterResponse(() => begin(call, at));
    return undefined;
  },

  restart: async (args, call) => {
    const { conversation } = call;
    const { session } = conversation.program;
    // Before anything is stopped: where the configuration is refused, a run goes on.
    const options = restartOptions(args.arguments, conversation);
    await conversation.runs.halt();
    await applySkip(conversation, session, options.skip);
    const at = await toFirstAccess(call);
    call.afterResponse(() => begin(call, at));
    return undefined;
  },

  // The answer comes first; then whoever called leaves (see AdapterServer).
  disconnect: async (_args, { conversation, requestId }) => {
    conversation.requests.cancelAllBut(requestId);
    await conversation.runs.halt();
    return undefined;
  },

  terminate: async (_args, call) => {
    await call.conversation.runs.halt();
    call.afterResponse(() => call.conversation.send('terminated', undefined));
    return undefined;
  },

  cancel: ({ requestId, progressId }, { conversation }) => {
    if (requestId !== undefined) {
      conversation.requests.cancel(requestId);
      conversation.runs.cancel(requestId);
    }
    if (progressId !== undefined) conversation.operations.cancel(progressId);
    return undefined;
  },
} satisfies Partial<Handlers>;

async function openWithProgress(call: Call, options: ReturnType<typeof parseLaunchOptions>) {
  const { conversation, requestId } = call;
  const operation = conversation.beginOperation({
    title: 'Reading the recording',
    requestId,
    cancel: () => conversation.requests.cancel(requestId),
  });
  try {
    return await conversation.openProgram(options, {
      token: call.token,
      report: (fraction) => operation.report(fraction),
    });
  } finally {
    conversation.operations.end(operation);
  }
}

async function applySkip(
  conversation: Conversation,
  session: TimelineSession,
  patterns: readonly string[],
): Promise<void> {
  const skipped = await session.setSkip(patterns);
  for (const { pattern, message } of skipped) {
    say(conversation, 'console', `"skip" ${pattern}: ${message}`);
  }
}

/** Notes and memory contents may come first; who stops on entry wants to see an access. */
async function toFirstAccess({ conversation, token }: Call): Promise<Stop> {
  const { session, sources } = conversation.program;
  const stops = conversation.launch?.stopOnEntry !== false;
  const first = stops ? (accessAtLine(conversation)?.record ?? sources.firstStop()) : undefined;
  return await session.seek({ record: first ?? 0, event: 0 }, token);
}

/** The access that `stopAtLine` asks for, in the first trace; undefined where none follows. */
function accessAtLine({ launch, client, program }: Conversation): StopPlace | undefined {
  const [first] = launch?.traces ?? [];
  if (launch?.stopAtLine === undefined || first === undefined) return undefined;
  const file = program.sources.find({ path: first.path }, client);
  return file && program.sources.stopAt(file, launch.stopAtLine);
}

/** Where the session stands at first: before the first access, or running. */
function begin({ conversation, requestId }: Call, { thread }: Stop): void {
  const { launch, program } = conversation;
  if (launch?.noDebug === true) {
    conversation.runThrough(requestId);
    return;
  }
  if (launch?.stopOnEntry !== false) {
    void conversation.announce({
      reason: 'entry',
      moment: program.session.position,
      breakpointIds: [],
      ...(thread === undefined ? {} : { thread }),
    });
    return;
  }
  conversation.move(requestId, 'Running', (token) => program.session.resume('forward', token));
}

/** VS Code sends the configuration anew, which may have been edited; another recording needs another session. */
function restartOptions(given: unknown, conversation: Conversation) {
  const { launch } = conversation;
  const known = launch ?? parseLaunchOptions({});
  if (typeof given !== 'object' || given === null || !namesTrace(given)) return known;
  reportUnknown(conversation, given);
  const options = parseLaunchOptions(given);
  const [old, other] = [known, options].map(({ traces }) =>
    traces.map(({ path }) => path).join(', '),
  );
  if (old !== other) {
    throw new AdapterError(
      'badLaunch',
      `Restarting goes to the start of ${old}; to open ${other}, start a new session.`,
    );
  }
  const changed = changedAttribute(known, options);
  if (changed !== undefined) {
    throw new AdapterError(
      'badLaunch',
      `Restarting keeps the device; to use another "${changed}", start a new session.`,
    );
  }
  conversation.launch = options;
  return options;
}

/** What the device was made by, and would be made by differently now. */
function changedAttribute(known: LaunchOptions, options: LaunchOptions): string | undefined {
  const isOther = options.traces.some(
    ({ golden }, index) => golden !== known.traces[index]?.golden,
  );
  return isOther ? 'golden' : DEVICE_ATTRIBUTES.find((name) => options[name] !== known[name]);
}

function namesTrace(given: object): boolean {
  return ['trace', 'traces'].some((name) => Reflect.get(given, name) !== undefined);
}

/** What the device was made by. */
const DEVICE_ATTRIBUTES = ['policy', 'hypervisor', 'schedule', 'interleave'] as const;

/** Complaints about a recording that are printed; the rest is counted. */
const SHOWN_DIAGNOSTICS = 20;

function reportDiagnostics(
  conversation: Conversation,
  diagnostics: readonly TraceDiagnostic[],
): void {
  if (diagnostics.length === 0) return;
  for (const { severity, line, message } of diagnostics.slice(0, SHOWN_DIAGNOSTICS)) {
    const place = line > 0 ? `line ${line}: ` : '';
    say(conversation, severity === 'error' ? 'stderr' : 'important', `${place}${message}`);
  }
  const left = diagnostics.length - SHOWN_DIAGNOSTICS;
  if (left > 0) say(conversation, 'important', `${left} more problems in the recording.`);
}

/** A mistyped attribute would otherwise be passed over in silence. */
function reportUnknown(conversation: Conversation, given: object): void {
  for (const each of unknownAttributes(given)) say(conversation, 'important', each);
}

function say(conversation: Conversation, category: string, sentence: string): void {
  conversation.send('output', { category, output: `${sentence}\n` });
}
