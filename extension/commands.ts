import * as vscode from 'vscode';
import { type ListingDocument, listingUri, parseListingUri } from '../timeline/index.ts';
import { currentTrace, traceOfUri } from './current-trace.ts';
import { pickTrace } from './debug/configuration-provider.ts';
import { openSample } from './open-sample.ts';
import type { TraceClient } from './trace-worker/trace-client.ts';

/** Commands of the palette and the menus. A failure is shown as a message. */
export function registerCommands(client: TraceClient, samples: string): vscode.Disposable[] {
  const commands: Readonly<Record<string, (uri?: vscode.Uri, line?: number) => unknown>> = {
    'vgpu.debugTrace': (uri) => startOn(uri, {}),
    'vgpu.runTrace': (uri) => startOn(uri, {}, { noDebug: true }),
    'vgpu.debugFrom': debugFrom,
    'vgpu.openDecoded': openDecoded,
    'vgpu.openRun': () => openRun(client),
    'vgpu.nextWindow': () => openNeighbour(client, 1),
    'vgpu.previousWindow': () => openNeighbour(client, -1),
    'vgpu.goToRecord': () => goToRecord(client),
    'vgpu.pickTrace': pickTrace,
    // VS Code has these two only as buttons, without keys and names in the palette.
    'vgpu.stepBack': () => vscode.commands.executeCommand('workbench.action.debug.stepBack'),
    'vgpu.reverseContinue': () =>
      vscode.commands.executeCommand('workbench.action.debug.reverseContinue'),
    'vgpu.openSample': () => openSample(samples),
  };
  return Object.entries(commands).map(([id, run]) =>
    vscode.commands.registerCommand(id, async (uri: unknown, line: unknown) => {
      try {
        return await run(uriOf(uri), typeof line === 'number' ? line : undefined);
      } catch (error) {
        const reason = error instanceof Error ? error.message : String(error);
        void vscode.window.showErrorMessage(reason);
        return undefined;
      }
    }),
  );
}

/** Menus give a Uri, code lenses its text. */
function uriOf(given: unknown): vscode.Uri | undefined {
  if (given instanceof vscode.Uri) return given;
  return typeof given === 'string' ? vscode.Uri.parse(given) : undefined;
}

/** Starts a session on the trace of the menu's file, or the one in view. */
async function startOn(
  uri: vscode.Uri | undefined,
  attributes: object,
  options: vscode.DebugSessionOptions = {},
): Promise<void> {
  const trace = traceOfUri(uri) ?? currentTrace() ?? (await pickTrace());
  if (trace === undefined) return;
  const folder = vscode.workspace.getWorkspaceFolder(vscode.Uri.file(trace));
  const name = trace.slice(trace.lastIndexOf('/') + 1);
  const configuration = { type: 'vgpu', request: 'launch', name, trace, ...attributes };
  await vscode.debug.startDebugging(folder, configuration, options);
}

/** `line`: from 0; the cursor's where it is not given. */
async function debugFrom(uri: vscode.Uri | undefined, line: number | undefined): Promise<void> {
  const from = line ?? vscode.window.activeTextEditor?.selection.active.line ?? 0;
  await startOn(uri, { stopOnEntry: true, stopAtLine: from + 1 });
}

async function openDecoded(uri: vscode.Uri | undefined): Promise<void> {
  const trace = traceOfUri(uri) ?? currentTrace() ?? (await pickTrace());
  if (trace !== undefined) await show(listingUri(trace));
}

/** The run that the cursor's line stands for. */
async function openRun(client: TraceClient): Promise<void> {
  const editor = vscode.window.activeTextEditor;
  if (editor === undefined) return;
  const line = editor.selection.active.line;
  const run = await client.ask({ kind: 'runAt', uri: editor.document.uri.toString(), line });
  if (run === undefined)
    throw new Error('The line of the cursor is no folded run; those begin with ▸.');
  await show(run);
}

async function openNeighbour(client: TraceClient, step: 1 | -1): Promise<void> {
  const uri = vscode.window.activeTextEditor?.document.uri;
  const shown = uri && parseListingUri(uri.toString());
  if (shown === undefined) return;
  const document: ListingDocument = { ...shown.document, n: shown.document.n + step };
  const pages = await client.ask({ kind: 'pages', uri: listingUri(shown.path, document) });
  if (document.n < 0 || document.n >= pages)
    throw new Error(step === 1 ? 'This is the last part.' : 'This is the first part.');
  await show(listingUri(shown.path, document));
}

async function goToRecord(client: TraceClient): Promise<void> {
  const path = currentTrace();
  if (path === undefined) return;
  const typed = await vscode.window.showInputBox({
    prompt: 'Number of the record, as in the first column',
    validateInput: (text) =>
      /^\s*[\d,]+\s*$/.test(text) ? undefined : 'A record has a decimal number.',
  });
  if (typed === undefined) return;
  const record = Number(typed.replaceAll(',', ''));
  const { uri, line } = await client.ask({ kind: 'locate', path, record });
  const editor = await show(uri);
  const place = new vscode.Range(line, 0, line, 0);
  editor.selection = new vscode.Selection(place.start, place.end);
  editor.revealRange(place, vscode.TextEditorRevealType.InCenterIfOutsideViewport);
}

async function show(uri: string): Promise<vscode.TextEditor> {
  const document = await vscode.workspace.openTextDocument(vscode.Uri.parse(uri));
  return vscode.window.showTextDocument(document, { preview: true });
}
