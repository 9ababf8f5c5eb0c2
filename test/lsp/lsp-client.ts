import { type ChildProcess, spawn } from 'node:child_process';
import path from 'node:path';
import {
  createProtocolConnection,
  type Diagnostic,
  type InitializeResult,
  type Position,
  type ProtocolConnection,
  PublishDiagnosticsNotification,
  type Range,
  type ServerCapabilities,
  StreamMessageReader,
  StreamMessageWriter,
} from 'vscode-languageserver-protocol/node';
import { root } from '../support/source-files.ts';

const MAIN = path.join(root, 'language-server/main.ts');

/** An editor in a conversation with a language server of its own, over standard input and output. */
export class LspClient {
  readonly connection: ProtocolConnection;
  capabilities: ServerCapabilities = {};
  readonly #server: ChildProcess;
  readonly #published = new Map<string, readonly Diagnostic[]>();
  readonly #waiting: (() => void)[] = [];
  #opened = 0;

  private constructor(command: readonly string[]) {
    const server = spawn(process.execPath, command, { stdio: ['pipe', 'pipe', 'inherit'] });
    this.#server = server;
    this.connection = createProtocolConnection(
      new StreamMessageReader(server.stdout),
      new StreamMessageWriter(server.stdin),
    );
    this.connection.onNotification(PublishDiagnosticsNotification.type, (params) => {
      this.#published.set(`${params.uri} ${params.version ?? ''}`, params.diagnostics);
      for (const wake of this.#waiting.splice(0)) wake();
    });
    this.connection.listen();
  }

  /** `command`: arguments of Node. */
  static async start(initializationOptions: object = {}, command = [MAIN]): Promise<LspClient> {
    const client = new LspClient(command);
    const result: InitializeResult = await client.connection.sendRequest('initialize', {
      processId: process.pid,
      rootUri: null,
      capabilities: { textDocument: { definition: { linkSupport: true } } },
      initializationOptions,
    });
    client.capabilities = result.capabilities;
    await client.connection.sendNotification('initialized', {});
    return client;
  }

  /** Says goodbye; resolves with the server's exit code. */
  async stop(): Promise<number | null> {
    const ended = new Promise<number | null>((resolve) => this.#server.on('exit', resolve));
    await this.connection.sendRequest('shutdown');
    await this.connection.sendNotification('exit');
    const code = await ended;
    this.connection.dispose();
    return code;
  }

  /** Opens a text under a name of its own. `|` in it marks a position and is taken out. */
  async open(marked: string, languageId = 'vgpu', name = 'scenario.vgpu'): Promise<OpenText> {
    const mark = Math.max(0, marked.indexOf('|'));
    return this.openAt(marked.replace('|', ''), mark, languageId, name);
  }

  /** The same for texts in which `|` stands for itself; `offset` is the position. */
  async openAt(text: string, offset: number, languageId: string, name: string): Promise<OpenText> {
    const uri = `file:///traces/${++this.#opened}/${name}`;
    await this.connection.sendNotification('textDocument/didOpen', {
      textDocument: { uri, languageId, version: 1, text },
    });
    return new OpenText(this, uri, positionAt(text, offset));
  }

  /** What the server says of this version of a document; waits until it has. */
  async diagnostics(uri: string, version = 1): Promise<readonly Diagnostic[]> {
    for (;;) {
      const found = this.#published.get(`${uri} ${version}`);
      if (found !== undefined) return found;
      await new Promise<void>((resolve) => this.#waiting.push(resolve));
    }
  }
}

/** A document that the client has opened. */
export class OpenText {
  readonly uri: string;
  readonly at: Position;
  readonly #client: LspClient;
  #version = 1;

  constructor(client: LspClient, uri: string, at: Position) {
    this.#client = client;
    this.uri = uri;
    this.at = at;
  }

  get document() {
    return { uri: this.uri };
  }

  /** Asks about the document at the marked position. */
  ask<R>(method: string, more: object = {}): Promise<R> {
    const params = { textDocument: this.document, position: this.at, ...more };
    return this.#client.connection.sendRequest<R>(method, params);
  }

  async edit(range: Range, text: string): Promise<void> {
    const contentChanges = [{ range, text }];
    const textDocument = { uri: this.uri, version: ++this.#version };
    await this.#client.connection.sendNotification('textDocument/didChange', {
      textDocument,
      contentChanges,
    });
  }

  diagnostics(): Promise<readonly Diagnostic[]> {
    return this.#client.diagnostics(this.uri, this.#version);
  }
}

export function positionAt(text: string, offset: number): Position {
  const before = text.slice(0, offset).split('\n');
  return { line: before.length - 1, character: before.at(-1)?.length ?? 0 };
}

export function range(line: number, start: number, end: number): Range {
  return { start: { line, character: start }, end: { line, character: end } };
}

/** The part of a text that a range covers, on one line. */
export function textIn(text: string, { start, end }: Range): string {
  return (text.split('\n')[start.line] ?? '').slice(start.character, end.character);
}
