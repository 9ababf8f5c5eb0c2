import * as vscode from 'vscode';
import { type ListingDocument, listingUri, parseListingUri } from '../timeline/index.ts';
import { currentTrace, type TraceInView, traceOfFile } from './current-trace.ts';
import { pickTrace } from './debug/pick-trace.ts';
import { openSample } from './open-sample.ts';
import { askReading } from './reading/ask-reading.ts';
import type { KnownReadings } from './reading/known-readings.ts';
import { launchReading } from './reading/launch-reading.ts';
import type { TraceClient } from './trace-worker/trace-client.ts';

/** Commands of the palette and the menus. A failure is shown as a message. */
export function registerCommands(
  client: TraceClient,
  readings: KnownReadings,
  samples: string,
): vscode.Disposable[] {
  const commands: Readonly<Record<string, (uri?: vscode.Uri, line?: number) => unknown>> = {
    'vgpu.debugTrace': (uri) => startOn(uri, {}),
    'vgpu.runTrace': (uri) => startOn(uri, {}, { noDebug: true }),
    'vgpu.debugFrom': debugFrom,
    'vgpu.openDecoded': (uri) => openDecoded(readings, uri),
    'vgpu.readAs': (uri) => readAs(readings, uri),
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
  const trace = await traceFor(uri);
  if (trace === undefined) return;
  const { path, reading } = trace;
  const folder = vscode.workspace.getWorkspaceFolder(vscode.Uri.file(path));
  const name = path.slice(path.lastIndexOf('/') + 1);
  const configuration = { type: 'vgpu', request: 'launch', name, trace: path, ...attributes };
  const whole = { ...configuration, ...launchReading(reading) };
  await vscode.debug.startDebugging(folder, whole, options);
}

/** `line`: from 0; the cursor's where it is not given. */
async function debugFrom(uri: vscode.Uri | undefined, line: number | undefined): Promise<void> {
  const from = line ?? vscode.window.activeTextEditor?.selection.active.line ?? 0;
  await startOn(uri, { stopOnEntry: true, stopAtLine: from + 1 });
}

async function openDecoded(readings: KnownReadings, uri: vscode.Uri | undefined): Promise<void> {
  const trace = await traceFor(uri);
  if (trace === undefined) return;
  const { path, reading = readings.of(path) } = trace;
  await show(listingUri(path, undefined, reading));
}

/** Asks what a trace cannot tell, keeps it, and shows the trace as it is read then. */
async function readAs(readings: KnownReadings, uri: vscode.Uri | undefined): Promise<void> {
  const trace = await traceFor(uri);
  if (trace === undefined) return;
  const { path, reading = readings.of(path) } = trace;
  const wanted = await askReading(path.slice(path.lastIndexOf('/') + 1), reading);
  if (wanted === undefined) return;
  await readings.keep(path, wanted);
  await show(listingUri(path, undefined, wanted));
}

/** The trace of the menu's file, the one in view, or one that the user picks. */
async function traceFor(uri: vscode.Uri | undefined): Promise<TraceInView | undefined> {
  const known = traceOfFile(uri) ?? currentTrace();
  if (known !== undefined) return known;
  const path = await pickTrace();
  return path === undefined ? undefined : { path };
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
  const neighbour = listingUri(shown.path, document, shown.reading);
  const pages = await client.ask({ kind: 'pages', uri: neighbour });
  if (document.n < 0 || document.n >= pages)
    throw new Error(step === 1 ? 'This is the last part.' : 'This is the first part.');
  await show(neighbour);
}

async function goToRecord(client: TraceClient): Promise<void> {
  const trace = currentTrace();
  if (trace === undefined) return;
  const typed = await vscode.window.showInputBox({
    prompt: 'Number of the record, as in the first column',
    validateInput: (text) =>
      /^\s*[\d,]+\s*$/.test(text) ? undefined : 'A record has a decimal number.',
  });
  if (typed === undefined) return;
  const record = Number(typed.replaceAll(',', ''));
  const { uri, line } = await client.ask({ kind: 'locate', reading: {}, ...trace, record });
  const editor = await show(uri);
  const place = new vscode.Range(line, 0, line, 0);
  editor.selection = new vscode.Selection(place.start, place.end);
  editor.revealRange(place, vscode.TextEditorRevealType.InCenterIfOutsideViewport);
}

async function show(uri: string): Promise<vscode.TextEditor> {
  const document = await vscode.workspace.openTextDocument(vscode.Uri.parse(uri));
  return vscode.window.showTextDocument(document, { preview: true });
}
