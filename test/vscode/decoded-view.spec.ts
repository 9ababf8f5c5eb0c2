import { describe, it } from 'node:test';
import { useWorkbench } from './support/use-workbench.ts';

const recording = 'skl-probe-gem-unload.vgpu.gz';

describe('the decoded view of a recording', () => {
  const vscode = useWorkbench('decoded-view');

  it('opens with a click on the packed file, in the place of its tab', async () => {
    const workbench = vscode();
    await workbench.openRecording(recording);
    // The editor that a click opens makes way for the decoded view, and the status bar follows.
    await workbench.tabs(1);
    await workbench.status('status.editor.mode', /vGPU Decoded Trace/);
  });

  it('shows what was read from where by name, with what the value says', async () => {
    const workbench = vscode();
    await workbench.line(/R32 +VGT_MAGIC\[0\] +0x76544776/).waitFor();
    await workbench.line(/config 0x04 COMMAND .*memorySpace, busMaster/).waitFor();
  });

  it('is coloured', async () => {
    const workbench = vscode();
    await workbench.coloured(workbench.line('config 0x04 COMMAND'), 5);
  });

  it('folds 229,376 table writes into one line, which a command finds by a record inside', async () => {
    const workbench = vscode();
    await workbench.command('vGPU: Go to Record…');
    await workbench.answer('100,000');
    await workbench.line(/^ *1249 .*▸ W32 .*×229,376/).waitFor();
    await workbench.status('status.editor.selection', /Ln 1,?237\b/);
  });

  it('leads to the accesses of a run by a click on its mark', async () => {
    const workbench = vscode();
    await workbench.openRun(1249);
    await workbench.line(/Records 1,249 to [\d,]+: /).waitFor();
    await workbench.line(/^ *1249 .* W32 +ggtt\[0x04001000\]/).waitFor();
    await workbench.tab('run 1249').waitFor();
  });

  it('shows a long run in parts', async () => {
    const workbench = vscode();
    await workbench.command('vGPU: Next Part of the Trace');
    await workbench.line(/part 2 of 5/).waitFor();
    await workbench.tab('run 1249 part 2').waitFor();
    await workbench.command('vGPU: Previous Part of the Trace');
    await workbench.line(/part 1 of 5/).waitFor();
  });
});
