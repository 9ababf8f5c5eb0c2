import path from 'node:path';
import type * as vscode from 'vscode';
import { registerCommands } from './commands.ts';
import { registerDebugger } from './debug/debugger.ts';
import { registerLanguageService } from './language/language-service.ts';
import { KnownReadings } from './reading/known-readings.ts';
import { registerScenarioTests } from './testing/scenario-tests.ts';
import { registerTraceViews } from './trace-view/trace-views.ts';
import { TraceClient } from './trace-worker/trace-client.ts';

/**
 * Registers everything and loads nothing: traces are read by a worker when one is opened, and the language server runs
 * from the first document on that it serves.
 */
export function activate(context: vscode.ExtensionContext): void {
  const dist = path.join(context.extensionPath, 'dist');
  const client = new TraceClient(path.join(dist, 'trace-worker.js'));
  const readings = new KnownReadings(context.workspaceState);
  context.subscriptions.push(
    client,
    ...registerTraceViews(client, readings),
    ...registerDebugger(path.join(dist, 'debug-adapter.js'), readings),
    ...registerCommands(client, readings, path.join(context.extensionPath, 'samples')),
    ...registerScenarioTests(path.join(dist, 'cli.js')),
    registerLanguageService(path.join(dist, 'language-server.js')),
  );
}
