import path from 'node:path';
import type * as vscode from 'vscode';
import { registerCommands } from './commands.ts';
import { registerDebugger } from './debug/debugger.ts';
import { registerLanguageService } from './language/language-service.ts';
import { registerTraceViews } from './trace-view/trace-views.ts';
import { TraceClient } from './trace-worker/trace-client.ts';

/**
 * Registers everything and loads nothing: traces are read by a worker when one is opened, and the language server runs
 * from the first document on that it serves.
 */
export function activate(context: vscode.ExtensionContext): void {
  const dist = path.join(context.extensionPath, 'dist');
  const client = new TraceClient(path.join(dist, 'trace-worker.js'));
  context.subscriptions.push(
    client,
    ...registerTraceViews(client),
    ...registerDebugger(path.join(dist, 'debug-adapter.js')),
    registerLanguageService(path.join(dist, 'language-server.js')),
    ...registerCommands(client, path.join(context.extensionPath, 'samples')),
  );
}
