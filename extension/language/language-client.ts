import {
  LanguageClient,
  type LanguageClientOptions,
  TransportKind,
} from 'vscode-languageclient/node';
import { presentValue } from './present-value.ts';

export interface RunningClient {
  stop(): Promise<void>;
}

/** Starts the server in a process of its own, on the Node that VS Code brings. */
export async function startClient(serverScript: string): Promise<RunningClient> {
  const options: LanguageClientOptions = {
    documentSelector: [
      { scheme: 'file', language: 'vgpu' },
      { scheme: 'untitled', language: 'vgpu' },
      { scheme: 'file', language: 'vgpu-log' },
      { scheme: 'untitled', language: 'vgpu-log' },
    ],
    initializationOptions: { tokensByRange: true },
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
  return client;
}
