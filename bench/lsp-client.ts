import { type ChildProcess, spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import {
  createProtocolConnection,
  type ProtocolConnection,
  StreamMessageReader,
  StreamMessageWriter,
} from 'vscode-languageserver-protocol/node';

const SERVER = fileURLToPath(new URL('../dist/language-server.js', import.meta.url));
const URI = 'file:///bench/recording';

/** An editor with one document, in a conversation with the packaged language server. */
export class LspClient {
  readonly #connection: ProtocolConnection;
  readonly #server: ChildProcess;
  #version = 0;

  constructor() {
    const server = spawn(process.execPath, [SERVER], { stdio: ['pipe', 'pipe', 'inherit'] });
    this.#server = server;
    this.#connection = createProtocolConnection(
      new StreamMessageReader(server.stdout),
      new StreamMessageWriter(server.stdin),
    );
    this.#connection.listen();
  }

  async start(): Promise<void> {
    await this.#connection.sendRequest('initialize', {
      processId: process.pid,
      rootUri: null,
      capabilities: {},
      initializationOptions: { tokensByRange: true },
    });
    await this.#connection.sendNotification('initialized', {});
  }

  /** `languageId`: `vgpu`, or `vgpu-log` for other programs' logs. */
  async open(text: string, languageId = 'vgpu'): Promise<void> {
    const textDocument = { uri: URI, languageId, version: ++this.#version, text };
    await this.#connection.sendNotification('textDocument/didOpen', { textDocument });
  }

  /** Types at the start of a line. */
  async type(line: number, text: string): Promise<void> {
    const at = { line, character: 0 };
    await this.#connection.sendNotification('textDocument/didChange', {
      textDocument: { uri: URI, version: ++this.#version },
      contentChanges: [{ range: { start: at, end: at }, text }],
    });
  }

  ask<R>(method: string, more: object): Promise<R> {
    return this.#connection.sendRequest<R>(method, { textDocument: { uri: URI }, ...more });
  }

  async close(): Promise<void> {
    const ended = new Promise((resolve) => this.#server.on('exit', resolve));
    await this.#connection.sendRequest('shutdown');
    await this.#connection.sendNotification('exit');
    await ended;
    this.#connection.dispose();
  }
}
