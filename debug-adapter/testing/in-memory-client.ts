import type { DebugProtocol as Dap } from '@vscode/debugprotocol';
import { AdapterServer } from '../adapter-server.ts';
import type { ProgramOpener } from '../program.ts';

/** A client in the same process: no streams, every message at hand. */
export class InMemoryClient {
  readonly server: AdapterServer;
  readonly events: Dap.Event[] = [];
  readonly #responses = new Map<number, (response: Dap.Response) => void>();
  #waiting: { event: string; resolve: (event: Dap.Event) => void }[] = [];
  #seq = 0;

  constructor(openProgram: ProgramOpener) {
    this.server = new AdapterServer(openProgram);
    // The server sends nothing but responses and events.
    this.server.onDidSendMessage((message) => this.#receive(message as Dap.ProtocolMessage));
  }

  /** `seq` of the request sent last. */
  get lastRequest(): number {
    return this.#seq;
  }

  request(command: string, args?: object): Promise<Dap.Response> {
    this.#seq++;
    const request = { seq: this.#seq, type: 'request', command, arguments: args };
    return new Promise((resolve) => {
      this.#responses.set(this.#seq, resolve);
      this.server.handleMessage(request);
    });
  }

  /** The next event of this name that comes from now on. */
  next(event: string): Promise<Dap.Event> {
    return new Promise((resolve) => this.#waiting.push({ event, resolve }));
  }

  /** Up to the stop at the first record. */
  async start(launch: object = {}, facts: object = {}): Promise<Dap.Event> {
    await this.request('initialize', { adapterID: 'vgpu', ...facts });
    await this.request('launch', { trace: 'fake', ...launch });
    const stopped = this.next('stopped');
    await this.request('configurationDone');
    return await stopped;
  }

  #receive(message: Dap.ProtocolMessage): void {
    if (isResponse(message)) {
      this.#responses.get(message.request_seq)?.(message);
      this.#responses.delete(message.request_seq);
    } else if (isEvent(message)) {
      this.events.push(message);
      const ready = this.#waiting.filter(({ event }) => event === message.event);
      this.#waiting = this.#waiting.filter(({ event }) => event !== message.event);
      for (const { resolve } of ready) resolve(message);
    }
  }
}

function isResponse(message: Dap.ProtocolMessage): message is Dap.Response {
  return message.type === 'response';
}

function isEvent(message: Dap.ProtocolMessage): message is Dap.Event {
  return message.type === 'event';
}
