import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { useWorkbench } from './support/use-workbench.ts';

const recording = 'skl-probe-gem-unload.vgpu.gz';

describe('the decoded view of a recording', () => {
  const vscode = useWorkbench('decoded-view');

  it('opens with a click on the packed file, in the place of its tab', async () => {
    const workbench = vscode();
    await workbench.openFile(recording);
    await workbench.line(/\/\/ Recording of [\d,]+ records/).waitFor();
    assert.equal(await workbench.page.locator('.tabs-container .tab').count(), 1);
    assert.match((await workbench.language()).trim(), /vGPU Decoded Trace/);
  });

  it('shows register names instead of offsets, runs folded into one line', async () => {
    const lines = await vscode().lines();
    assert.ok(
      lines.some((line) => /R32\s+PVINFO\S+\s+0x76544776|R32\s+\S*magic\S*/i.test(line)),
      lines.join('\n'),
    );
  });

  it('is coloured', async () => {
    const workbench = vscode();
    const line = workbench.line('R32');
    assert.ok((await workbench.tokenKinds(line)) >= 4);
  });

  it('leads to the accesses of a run by a click on its mark', async () => {
    const workbench = vscode();
    await workbench.line('▸').waitFor();
    const mark = workbench.page.locator('.detected-link', { hasText: '▸' }).first();
    await mark.click({ modifiers: ['ControlOrMeta'] });
    await workbench.line(/\/\/ Records [\d,]+ to [\d,]+/).waitFor();
  });

  it('goes to a record by its number', async () => {
    const workbench = vscode();
    await workbench.command('vGPU: Go to Record…');
    await workbench.answer('1000');
    await workbench.line(/\/\/|1000/).waitFor();
    assert.ok((await workbench.cursorLine()) > 2);
  });
});
