import { writeFileSync } from 'node:fs';
import * as vscode from 'vscode';

/** What the bench of the activation measures; milliseconds. */
export interface Activation {
  /** Whether VS Code had activated the extension by itself. */
  readonly wasActive: boolean;
  /** Loading and activating the extension. */
  readonly extension: number;
  /** The same of a small one that comes with VS Code: references-view. */
  readonly small: number;
}

/** What VS Code calls in its extension host: activates a small extension of its own, then ours. */
export async function run(): Promise<void> {
  const file = process.env['VGPU_TEST_RESULTS'];
  if (file === undefined) throw new Error('VGPU_TEST_RESULTS names no file for the results.');
  const wasActive = installed('vgpu-debug.vgpu-debug').isActive;
  // The first activation of all pays for what VS Code makes ready once.
  await activate('vscode.simple-browser');
  const small = await activate('vscode.references-view');
  const extension = await activate('vgpu-debug.vgpu-debug');
  const activation: Activation = { wasActive, extension, small };
  writeFileSync(file, JSON.stringify(activation));
}

async function activate(id: string): Promise<number> {
  const begin = performance.now();
  await installed(id).activate();
  return performance.now() - begin;
}

function installed(id: string): vscode.Extension<unknown> {
  const found = vscode.extensions.getExtension(id);
  if (found === undefined) throw new Error(`VS Code has no extension ${id}.`);
  return found;
}
