import { fileURLToPath } from 'node:url';
import { DebugClient } from '@vscode/debugadapter-testsupport';

/** The packaged debug adapter as a child process, and the few requests that are measured. */
export class AdapterClient {
  readonly #client: DebugClient;
  #threadId: number | undefined;

  /** `program`: what is started instead, with more in its environment. */
  constructor(program = ADAPTER, environment: Readonly<Record<string, string>> = {}) {
    const env = { ...process.env, ...environment };
    this.#client = new DebugClient(process.execPath, program, 'vgpu', { env });
  }

  /** Starts the process and runs until the stop at the first record. */
  async firstStop(trace: string): Promise<void> {
    await this.#client.start();
    await this.#client.initializeRequest();
    const initialized = this.#client.waitForEvent('initialized', PATIENCE_MS);
    const stopped = this.#stopped();
    // `launch` is answered only after configuration is done.
    const launched = this.#client.customRequest('launch', { trace, stopOnEntry: true });
    await initialized;
    await this.#client.configurationDoneRequest();
    await Promise.all([launched, stopped]);
  }

  /** A request that makes the program go and stop again. */
  async go(
    command: 'next' | 'stepIn' | 'stepBack' | 'continue' | 'reverseContinue',
  ): Promise<void> {
    const stopped = this.#stopped();
    await Promise.all([
      this.#client.customRequest(command, { threadId: await this.#thread() }),
      stopped,
    ]);
  }

  /** Jumps to a record (`1000`) or an event inside of it (`1000+5`), by the Debug Console's command. */
  async goTo(record: number | string): Promise<void> {
    const stopped = this.#stopped();
    const expression = `goto ${record}`;
    await Promise.all([this.#client.evaluateRequest({ expression, context: 'repl' }), stopped]);
  }

  /** What a client asks for at a stop: stack, scopes, and the variables of scopes that are not expensive. */
  async scopes(): Promise<number> {
    const threadId = await this.#thread();
    const stack = await this.#client.stackTraceRequest({ threadId, startFrame: 0, levels: 20 });
    const frameId = stack.body.stackFrames[0]?.id ?? 0;
    const { scopes } = (await this.#client.scopesRequest({ frameId })).body;
    let variables = 0;
    for (const { expensive, variablesReference } of scopes) {
      if (expensive) continue;
      const answer = await this.#client.variablesRequest({ variablesReference });
      variables += answer.body.variables.length;
    }
    return variables;
  }

  async close(): Promise<void> {
    await this.#client.stop();
  }

  async #thread(): Promise<number> {
    this.#threadId ??= (await this.#client.threadsRequest()).body.threads[0]?.id ?? 1;
    return this.#threadId;
  }

  /** The thread that the stop names is the one that goes on. */
  async #stopped(): Promise<void> {
    const { body } = await this.#client.waitForEvent('stopped', PATIENCE_MS);
    this.#threadId = body.threadId;
  }
}

const ADAPTER = fileURLToPath(new URL('../dist/debug-adapter.js', import.meta.url));
const PATIENCE_MS = 60_000;
