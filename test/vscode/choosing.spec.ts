import { copyFileSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, afterEach, describe, it } from 'node:test';
import { root } from '../support/source-files.ts';
import { Debugging } from './support/debugging.ts';
import { useWorkbench } from './support/use-workbench.ts';

const PLAIN = 'first-steps.vgpu';
const PACKED = 'skl_clr.aub.gz';
const DUMP = 'skl_hang.error_state.txt';

/** A folder without a launch.json. */
function workspace(): string {
  const folder = mkdtempSync(path.join(tmpdir(), 'vgpu-'));
  for (const file of [PLAIN, PACKED, DUMP])
    copyFileSync(path.join(root, 'samples', file), path.join(folder, file));
  return folder;
}

describe('what is debugged without a launch.json', () => {
  const folder = workspace();
  const vscode = useWorkbench('choosing', { folder });
  const debug = () => new Debugging(vscode());
  after(() => rmSync(folder, { recursive: true }));
  afterEach(() => debug().end());

  it('a dump in view, with F5', async () => {
    const row = vscode().page.locator('.explorer-folders-view .monaco-list-row', { hasText: DUMP });
    await row.dblclick();
    await vscode()
      .line(/^GPU HANG/)
      .click();
    await debug().start();
    await debug().frame('batch at 0xfffefffee000').waitFor();
  });

  it('with nothing in view, one of a list of all traces, plain, packed and dumps', async () => {
    await vscode().command('vGPU: Debug a Trace');
    const rows = vscode().page.locator('.quick-input-list .monaco-list-row');
    for (const name of [PACKED, DUMP, PLAIN]) await rows.filter({ hasText: name }).waitFor();
    await rows.filter({ hasText: PLAIN }).click();
    await debug().currentLine().waitFor();
    await vscode().tab(PLAIN).waitFor();
  });
});
