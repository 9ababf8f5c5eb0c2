import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { Debugging } from './support/debugging.ts';
import { useWorkbench } from './support/use-workbench.ts';

describe('debugging a recording without a launch.json', () => {
  const vscode = useWorkbench('debugging');
  const debug = () => new Debugging(vscode());

  it('stops before the first record on F5, and highlights it', async () => {
    await vscode().openFile('skl-probe-gem-unload.vgpu.gz');
    await vscode().line('// Recording of ').waitFor();
    await debug().start();
    assert.ok((await debug().callStack()).length > 0);
  });

  it('steps to the next row and back', async () => {
    await debug().go('Step Over', 8);
    await debug().go('Step Back', 7);
  });
});
