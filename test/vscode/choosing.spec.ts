import { copyFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, afterEach, describe, it } from 'node:test';
import { gunzipSync } from 'node:zlib';
import { root } from '../support/source-files.ts';
import { Debugging } from './support/debugging.ts';
import { useWorkbench } from './support/use-workbench.ts';

const PLAIN = 'first-steps.vgpu';
const PACKED = 'skl_clr.aub.gz';
const DUMP = 'skl_hang.error_state.txt';
/** A name that tells nothing. */
const TEXT = 'from-a-colleague.txt';
const NOTES = 'notes.txt';
const LOG = 'skl_vgpu.ftrace.txt.gz';

/** A folder without a launch.json. */
function workspace(): string {
  const folder = mkdtempSync(path.join(tmpdir(), 'vgpu-'));
  for (const file of [PLAIN, PACKED, DUMP])
    copyFileSync(path.join(root, 'samples', file), path.join(folder, file));
  const log = gunzipSync(readFileSync(path.join(root, 'samples', LOG)));
  writeFileSync(path.join(folder, TEXT), log);
  writeFileSync(path.join(folder, NOTES), 'Dear diary,\n');
  return folder;
}

describe('what is debugged without a launch.json', () => {
  const folder = workspace();
  const vscode = useWorkbench('choosing', { folder });
  const debug = () => new Debugging(vscode());
  after(() => rmSync(folder, { recursive: true }));
  afterEach(() => debug().end());

  const open = async (file: string) => {
    await vscode().command('View: Show Explorer');
    const rows = vscode().page.locator('.explorer-folders-view .monaco-list-row');
    await rows.filter({ hasText: file }).dblclick();
  };

  it('a dump in view, with F5', async () => {
    await open(DUMP);
    await vscode()
      .line(/^GPU HANG/)
      .click();
    await debug().start();
    await debug().frame('batch at 0xfffefffee000').waitFor();
  });

  it('a plain text in view, with F5: it is a log from then on, with breakpoints', async () => {
    await open(TEXT);
    await vscode().status('status.editor.mode', /Plain Text/);
    await vscode()
      .line(/^# tracer/)
      .click();
    await debug().start();
    // The session shows the decoded view, in a tab of its own.
    await vscode().status('status.editor.mode', /vGPU Decoded Trace/);
    await vscode().page.locator('.tab', { hasText: TEXT }).first().click();
    await vscode().status('status.editor.mode', /vGPU Log/);
  });

  it('a text that is no trace: it says so', async () => {
    await open(NOTES);
    await vscode()
      .line(/^Dear diary/)
      .click();
    await vscode().page.keyboard.press('F5');
    const dialog = vscode().page.locator('.monaco-dialog-box');
    await dialog.filter({ hasText: `${NOTES} is not a trace of a known format` }).waitFor();
    await vscode().page.keyboard.press('Escape');
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
