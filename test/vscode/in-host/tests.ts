import assert from 'node:assert/strict';
import path from 'node:path';
import * as vscode from 'vscode';
import { eventually, next } from './waiting.ts';

const recording = 'skl-probe-gem-unload.vgpu.gz';

/** Name → test, in the order in which they run: one VS Code for all. */
export const tests: Readonly<Record<string, () => Promise<void>>> = {
  'the extension is not active before it is needed': async () => {
    assert.equal(extension().isActive, false);
  },

  'a packed recording opens as a decoded text document': async () => {
    const document = await openRecording();
    assert.equal(document.languageId, 'vgpu-listing');
    assert.match(document.lineAt(0).text, /^\/\/ Recording of 676,468 records/);
    assert.equal(vscode.window.tabGroups.activeTabGroup.tabs.length, 1);
  },

  'every command of the palette and the menus exists': async () => {
    const existing = new Set(await vscode.commands.getCommands(true));
    assert.deepEqual(
      contributedCommands().filter((command) => !existing.has(command)),
      [],
    );
  },

  'folded runs are links to their accesses': async () => {
    const document = await openRecording();
    const links = await vscode.commands.executeCommand<vscode.DocumentLink[]>(
      'vscode.executeLinkProvider',
      document.uri,
    );
    const target = links[0]?.target;
    assert.ok(target);
    const run = await vscode.workspace.openTextDocument(target);
    assert.match(run.lineAt(0).text, /^\/\/ Records [\d,]+ to [\d,]+: /);
  },

  'a decoded view of a missing file says so': async () => {
    const uri = vscode.Uri.parse('vgpu-trace:/nowhere/lost.vgpu.gz');
    const document = await vscode.workspace.openTextDocument(uri);
    assert.match(document.getText(), /There is no file \/nowhere\/lost\.vgpu\.gz/);
  },

  'F5 without a launch.json debugs the trace in view': async () => {
    await openRecording();
    const session = await startDebugging({ type: 'vgpu', request: 'launch', name: '' });
    assert.equal(session.configuration['trace'], sample(recording));
    assert.equal(session.configuration['stopOnEntry'], true);
    await stopDebugging(session);
  },

  'a relative path in launch.json starts at the workspace folder': async () => {
    const session = await startDebugging({
      type: 'vgpu',
      request: 'launch',
      name: 'relative',
      trace: recording,
    });
    assert.equal(session.configuration['trace'], sample(recording));
    await stopDebugging(session);
  },

  "VS Code's memory view reads what a register's memory holds, and sees question marks for what is unknown":
    async () => {
      const session = await startDebugging({
        type: 'vgpu',
        request: 'launch',
        name: 'memory',
        trace: recording,
      });
      await stopped(session);
      assert.deepEqual(await memory(session, 'mmio:0x78000', 4), [0x76, 0x47, 0x54, 0x76]);
      assert.equal(String.fromCharCode(...(await memory(session, 'memory:0x1000', 4))), '????');
      await stopDebugging(session);
    },
};

function extension(): vscode.Extension<unknown> {
  const found = vscode.extensions.getExtension('vgpu-debug.vgpu-debug');
  assert.ok(found);
  return found;
}

function contributedCommands(): string[] {
  const manifest: { contributes: { commands: { command: string }[] } } = extension().packageJSON;
  return manifest.contributes.commands.map(({ command }) => command);
}

function folder(): vscode.WorkspaceFolder {
  const first = vscode.workspace.workspaceFolders?.[0];
  assert.ok(first);
  return first;
}

function sample(name: string): string {
  return path.join(folder().uri.fsPath, name);
}

/** Opens the recording as a click in the explorer does, and waits for what comes of it. */
async function openRecording(): Promise<vscode.TextDocument> {
  await vscode.commands.executeCommand('workbench.action.closeAllEditors');
  await vscode.commands.executeCommand('vscode.open', vscode.Uri.file(sample(recording)));
  return eventually(() => {
    const document = vscode.window.activeTextEditor?.document;
    const isSettled = vscode.window.tabGroups.activeTabGroup.tabs.length === 1;
    const isListing = document?.languageId === 'vgpu-listing' && isSettled;
    return isListing && document.lineCount > 2 ? document : undefined;
  });
}

async function startDebugging(
  configuration: vscode.DebugConfiguration,
): Promise<vscode.DebugSession> {
  const started = next(vscode.debug.onDidStartDebugSession);
  assert.ok(await vscode.debug.startDebugging(folder(), configuration));
  return started;
}

/** Waits until the session stands somewhere. */
async function stopped(session: vscode.DebugSession): Promise<void> {
  await eventually(async () => {
    const { stackFrames } = await session.customRequest('stackTrace', { threadId: 1 });
    return stackFrames.length > 0 ? true : undefined;
  });
}

/** The file that VS Code makes of memory, which its hex editor opens. */
async function memory(session: vscode.DebugSession, reference: string, bytes: number) {
  const uri = vscode.Uri.from({
    scheme: 'vscode-debug-memory',
    authority: session.id,
    path: `/${encodeURIComponent(reference)}/memory.bin`,
    query: `range=0:${bytes}`,
  });
  return [...(await vscode.workspace.fs.readFile(uri))];
}

async function stopDebugging(session: vscode.DebugSession): Promise<void> {
  const ended = next(vscode.debug.onDidTerminateDebugSession, ({ id }) => id === session.id);
  await vscode.debug.stopDebugging(session);
  await ended;
}
