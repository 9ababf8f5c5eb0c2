import assert from 'node:assert/strict';
import { type ChildProcess, spawn } from 'node:child_process';
import { createConnection } from 'node:net';
import path from 'node:path';
import type { Readable, Writable } from 'node:stream';
import { DebugClient } from '@vscode/debugadapter-testsupport';
import type { DebugProtocol as Dap } from '@vscode/debugprotocol';
import { FrameTap } from './frame-tap.ts';
import { type ProtocolSchema, protocolSchema } from './protocol-schema.ts';

const ROOT = path.resolve(import.meta.dirname, '../..');
export const ADAPTER = path.join(ROOT, 'debug-adapter/main.ts');
/** Only a hang takes this long: no test depends on how fast anything is. */
const HANG_MS = 120_000;

let schema: ProtocolSchema | undefined;

/** Path of a sample recording. */
export function sample(name: string): string {
  return path.join(ROOT, 'samples', name);
}

/** Facts that VS Code tells of itself. */
export const VS_CODE: Dap.InitializeRequestArguments = {
  adapterID: 'vgpu',
  clientID: 'vscode',
  linesStartAt1: true,
  columnsStartAt1: true,
  pathFormat: 'path',
  supportsVariableType: true,
  supportsVariablePaging: true,
  supportsMemoryReferences: true,
  supportsProgressReporting: true,
  supportsInvalidatedEvent: true,
  supportsMemoryEvent: true,
};

type Stopped = Dap.StoppedEvent['body'];

/** A client over standard streams or a socket, which holds every message of both directions to the protocol. */
export class AdapterClient extends DebugClient {
  /** Everything the adapter has sent, in order. */
  readonly received: Dap.ProtocolMessage[] = [];
  readonly #problems: string[] = [];
  #process: ChildProcess | undefined;
  #ended: Promise<number | null> = Promise.resolve(0);
  #leave: () => void = () => {};
  #lastSeq = 0;

  constructor() {
    super(process.execPath, ADAPTER, 'vgpu');
    this.defaultTimeout = HANG_MS;
  }

  /** A process of its own, spoken to over its standard streams. */
  static async overStreams(): Promise<AdapterClient> {
    const client = new AdapterClient();
    const child = spawn(process.execPath, [ADAPTER], { stdio: ['pipe', 'pipe', 'inherit'] });
    client.#process = child;
    client.#ended = new Promise((resolve) => child.once('exit', resolve));
    client.#leave = () => child.stdin.end();
    client.#connectTapped(child.stdout, child.stdin);
    return client;
  }

  static async overSocket(port: number): Promise<AdapterClient> {
    const client = new AdapterClient();
    const socket = createConnection(port, '127.0.0.1');
    await new Promise((resolve, reject) => {
      socket.once('connect', resolve);
      socket.once('error', reject);
    });
    client.#ended = new Promise((resolve) => socket.once('close', () => resolve(0)));
    client.#leave = () => socket.destroy();
    client.#connectTapped(socket, socket);
    return client;
  }

  /** `seq` of the request sent last. */
  get lastRequest(): number {
    return this.#lastSeq;
  }

  /** Exit status, once the adapter's process has ended (or its socket closed). */
  get ended(): Promise<number | null> {
    return this.#ended;
  }

  /** Hangs up without a word. */
  hangUp(): void {
    this.#leave();
  }

  /** Disconnects, waits for the end, and says what was wrong with any message. */
  async finish(): Promise<void> {
    await this.disconnectRequest({});
    await this.#ended;
    this.assertProtocol();
  }

  assertProtocol(): void {
    assert.deepEqual(this.#problems, []);
  }

  kill(): void {
    this.#process?.kill();
  }

  /** The answer of a request that must fail. */
  async failure(command: string, args: object): Promise<Dap.ErrorResponse> {
    await assert.rejects(this.send(command, args));
    const response = this.received.findLast((message) => message.type === 'response');
    assert.ok(response !== undefined && 'success' in response && response.success === false);
    // What has `success` false is an error response, as the schema has checked.
    return response as Dap.ErrorResponse;
  }

  /** Events of one name so far. */
  eventsOf(name: string): Dap.Event[] {
    // What has an event's name is an event, as the schema has checked.
    return this.received.filter(
      (message) => 'event' in message && message.event === name,
    ) as Dap.Event[];
  }

  /** Does something that ends in a stop; answers where. */
  async stopAfter(action: () => Promise<unknown>): Promise<Stopped> {
    const stopped = this.waitForEvent('stopped', HANG_MS);
    await action();
    return (await stopped).body;
  }

  /** Opens a recording and gets as far as its first stop; `prepare` sets breakpoints. */
  async open(
    trace: string,
    launch: object = {},
    prepare: () => Promise<unknown> = async () => {},
    facts: Dap.InitializeRequestArguments = VS_CODE,
  ): Promise<Stopped> {
    await this.initializeRequest(facts);
    const ready = this.waitForEvent('initialized', HANG_MS);
    const launched = this.launchRequest({ trace, ...launch } as Dap.LaunchRequestArguments);
    await Promise.all([ready, launched]);
    return await this.stopAfter(async () => {
      await prepare();
      await this.configurationDoneRequest();
    });
  }

  #connectTapped(readable: Readable, writable: Writable): void {
    const incoming = new FrameTap((message) => {
      this.#check(message);
      // Whatever is a whole frame from the adapter is a message.
      this.received.push(message as Dap.ProtocolMessage);
    });
    const outgoing = new FrameTap((message) => {
      this.#lastSeq = Number(Reflect.get(message, 'seq'));
      // Requests that are wrong on purpose are the test's own affair.
      if (this.checkRequests) this.#check(message);
    });
    outgoing.pipe(writable);
    // A client that hangs up in the middle of a request breaks the pipe; that is what such a test is about.
    writable.on('error', () => {});
    this.connect(readable.pipe(incoming), outgoing);
  }

  /** Off for tests that send what the protocol does not allow. */
  checkRequests = true;

  #check(message: object): void {
    schema ??= protocolSchema();
    this.#problems.push(...schema.problems(message));
  }
}
