import { ProtocolServer } from '@vscode/debugadapter/lib/protocol.js';
import type { DebugProtocol as Dap } from '@vscode/debugprotocol';
import { checkArguments } from './argument-checks.ts';
import type { Call } from './call.ts';
import { Conversation } from './conversation.ts';
import { AdapterError, CANCELLED_MESSAGE, cancelledError, toAdapterError } from './errors.ts';
import { HANDLERS } from './handler-table.ts';
import type { RequestToken } from './pending-requests.ts';
import type { ProgramOpener } from './program.ts';

/**
 * Requests that must not wait for the one before them: they end or break off what runs. All others are done in the
 * order in which they came, so that a client may send breakpoints and configurationDone in one go.
 */
const URGENT: ReadonlySet<string> = new Set(['pause', 'cancel', 'disconnect', 'terminate']);

/** Any handler, as the dispatcher sees it: the checked arguments' exact type is the handler's own affair. */
type AnyHandler = (args: object, call: Call) => unknown;

/**
 * One conversation with one client over one pair of streams. Here, and only here, requests are answered: each
 * exactly once, whether its handler returns, throws, is unknown, or is cancelled.
 */
export class AdapterServer extends ProtocolServer {
  readonly conversation: Conversation;
  #left = false;
  #inOrder: Promise<void> = Promise.resolve();

  constructor(openProgram: ProgramOpener) {
    super();
    this.conversation = new Conversation(
      (event, body) => this.#sendEvent(event, body),
      openProgram,
    );
    // Without a listener, an EventEmitter's 'error' would end the process; a garbled message is no reason to.
    this.on('error', (event: unknown) => this.#report(event));
    this.on('close', () => void this.#leave());
  }

  protected override dispatchRequest(request: Dap.Request): void {
    // Known from now on, so that a cancel finds it while it still waits for its turn.
    const token = this.conversation.requests.begin(request.seq);
    if (URGENT.has(request.command)) void this.#answer(request, token);
    else this.#inOrder = this.#inOrder.then(() => this.#answer(request, token));
  }

  async #answer(request: Dap.Request, token: RequestToken): Promise<void> {
    const later: (() => void)[] = [];
    const response = blankResponse(request);
    try {
      const work = this.#handle(request, {
        conversation: this.conversation,
        requestId: request.seq,
        token,
        afterResponse: (each) => later.push(each),
      });
      const body = await Promise.race([work, token.whenCancelled]);
      if (body !== undefined) response.body = body;
    } catch (error) {
      fillFailure(response, toAdapterError(error, request.command));
    }
    this.conversation.requests.end(request.seq);
    if (this.#left) return;
    this.sendResponse(response);
    for (const each of later) each();
    if (request.command === 'disconnect') await this.#leave();
  }

  async #handle(request: Dap.Request, call: Call): Promise<unknown> {
    if (!Object.hasOwn(HANDLERS, request.command)) throw unknownRequest(request.command);
    const args = checkArguments(request.command, request.arguments);
    // The name was looked up above, and checkArguments has seen to what the handlers rely on.
    const handler = HANDLERS[request.command as keyof typeof HANDLERS] as AnyHandler;
    if (call.token.cancelled) throw cancelledError();
    return await handler(args, call);
  }

  /** The client is gone or says goodbye: whatever still runs is stopped, then the streams are closed. */
  async #leave(): Promise<void> {
    if (this.#left) return;
    this.#left = true;
    await this.conversation.close();
    this.stop();
    this.emit('left');
  }

  #sendEvent(event: string, body: unknown): void {
    // `seq` and `type` are filled in by the protocol server when it sends.
    const message: Dap.Event = { seq: 0, type: 'event', event };
    if (body !== undefined) message.body = body;
    if (!this.#left) this.sendEvent(message);
  }

  #report(event: unknown): void {
    const body = typeof event === 'object' && event !== null ? Reflect.get(event, 'body') : event;
    console.error(`vgpu-debug: a message could not be understood: ${String(body)}`);
  }
}

function blankResponse(request: Dap.Request): Dap.Response {
  return {
    seq: 0,
    type: 'response',
    request_seq: request.seq,
    command: request.command,
    success: true,
  };
}

function fillFailure(response: Dap.Response, error: AdapterError): void {
  response.success = false;
  response.message = error.kind === 'cancelled' ? CANCELLED_MESSAGE : error.message;
  response.body = { error: { id: error.id, format: error.message, showUser: error.visible } };
}

function unknownRequest(command: unknown): AdapterError {
  const name = typeof command === 'string' ? `'${command}'` : 'without a command';
  return new AdapterError(
    'unknownRequest',
    `The request ${name} is not one that vgpu-debug serves.`,
  );
}
