import path from 'node:path';
import * as vscode from 'vscode';

/** Lets the user choose one of the recordings that come with the extension, and opens it. */
export async function openSample(samples: string): Promise<void> {
  const entries = await vscode.workspace.fs.readDirectory(vscode.Uri.file(samples));
  const files = entries.filter(([, type]) => type === vscode.FileType.File);
  const names = files.map(([name]) => name).filter((name) => !name.endsWith('.md'));
  const placeHolder = 'Recordings of an unmodified i915 driver, and a hand-written scenario';
  const picked = await vscode.window.showQuickPick(names.sort(), { placeHolder });
  if (picked === undefined) return;
  const file = vscode.Uri.file(path.join(samples, picked));
  await vscode.commands.executeCommand('vscode.open', file);
}
