import * as vscode from 'vscode';

/**
 * The adapter runs in a process of its own, on the Node that VS Code brings: users need none installed. In
 * desktop VS Code that is Electron's program, which behaves as Node when told so.
 */
export function adapterFactory(script: string): vscode.DebugAdapterDescriptorFactory {
  return {
    createDebugAdapterDescriptor() {
      const filters =
        vscode.workspace.getConfiguration('vgpu').get<string>('faultFilters') ?? 'groups';
      const env = { ELECTRON_RUN_AS_NODE: '1', VGPU_FAULT_FILTERS: filters };
      return new vscode.DebugAdapterExecutable(process.execPath, [script], { env });
    },
  };
}
