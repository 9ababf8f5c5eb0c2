import type * as vscode from 'vscode';
import {
  LanguageClient,
  type LanguageClientOptions,
  TransportKind,
} from 'vscode-languageclient/node';
import { presentValue } from './present-value.ts';

/** The server's own request for the text of such a table. */
const REGISTER_TABLE = 'vgpu/registerTable';

export interface RunningClient {
  stop(): Promise<void>;
  /** Text of the register table that an address names. */
  registerTable(uri: vscode.Uri): Promise<string>;
}

/** Starts the server in a process of its own, on the Node that VS Code brings. */
export async function startClient(serverScript: string): Promise<RunningClient> {
  const options: LanguageClientOptions = {
    documentSelector: [
      { scheme: 'file', language: 'vgpu' },
      { scheme: 'untitled', language: 'vgpu' },
      { scheme: 'file', language: 'vgpu-log' },
      { scheme: 'untitled', language: 'vgpu-log' },
      { scheme: 'vgpu-registers' },
    ],
    initializationOptions: {
      tokensByRange: true,
      showsRegisterTables: true,
      hasDebugCommands: true,
    },
    middleware: {
      async provideHover(document, position, token, next) {
        const [hover, present] = await Promise.all([
          next(document, position, token),
          presentValue(document, position),
        ]);
        if (hover && present !== undefined) hover.contents.push(present);
        return hover;
      },
    },
  };
  const server = { module: serverScript, transport: TransportKind.stdio };
  const client = new LanguageClient('vgpu', 'vGPU Language Server', server, options);
  await client.start();
  return {
    stop: () => client.stop(),
    async registerTable(uri) {
      const text: unknown = await client.sendRequest(REGISTER_TABLE, { uri: uri.toString() });
      return typeof text === 'string' ? text : `// There is no register table ${uri.path}.\n`;
    },
  };
}
