import * as vscode from 'vscode';

/** Names by which traces are found. VS Code's search takes an empty choice in braces for none: plain names stand apart. */
const KINDS = '*.{vgpu,mmiotrace,ftrace,trace,aub,error_state,mmio_diff,intel_reg_dump}';
const NAMES = `**/{${KINDS},${KINDS}.{gz,txt,txt.gz,log,log.gz}}`;

/** Asks for one of the workspace's traces, or for any file where there is none; undefined where dismissed. */
export async function pickTrace(): Promise<string | undefined> {
  const found = await vscode.workspace.findFiles(NAMES);
  if (found.length === 0) {
    const files = await vscode.window.showOpenDialog({
      title: 'Trace to debug',
      openLabel: 'Debug',
    });
    return files?.[0]?.fsPath;
  }
  const items = found
    .map((uri) => ({ label: vscode.workspace.asRelativePath(uri), file: uri.fsPath }))
    .sort((a, b) => a.label.localeCompare(b.label));
  const picked = await vscode.window.showQuickPick(items, { placeHolder: 'Trace to debug' });
  return picked?.file;
}
