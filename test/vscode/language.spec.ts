import assert from 'node:assert/strict';
import { copyFileSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, describe, it } from 'node:test';
import type { Locator } from 'playwright-core';
import { root } from '../support/source-files.ts';
import { Debugging } from './support/debugging.ts';
import { useWorkbench } from './support/use-workbench.ts';
import { actUntil } from './support/waiting.ts';

const SCENARIO = [
  '## title: A ring is started',
  '## platform: skl',
  '## vgpu: caps=1c mappable=04000000+04000000 hidden=20000000+18000000 fences=4',
  '# Is this a vGPU?',
  'R32 0x78000 = 0x76544776',
  '# Start the ring',
  'W64 ggtt[0x04000000] 0x01234001',
  'W32 RCS0.RING_START 0x04000000',
  'W32 RCS0.RING_CTL 0x3001 // enabled',
  'W32 RCS0.RING_TIAL 0x40',
  '',
].join('\n');

const LABELLED = [
  '## title: A ring with a label',
  '## platform: skl',
  '## vgpu: caps=1c mappable=04000000+04000000 hidden=20000000+18000000 fences=4',
  'label ring 0x04000000',
  'label unused 0x1000',
  'W64 ggtt[ring] 0x01234001',
  'W32 RCS0.RING_START ring // ring',
  'AW32 ring+0x40 0',
  'expect RCS0.RING_START == ring',
  '',
].join('\n');

/** A folder with the scenarios. */
function workspace(): string {
  const folder = mkdtempSync(path.join(tmpdir(), 'vgpu-'));
  writeFileSync(path.join(folder, 'ring.vgpu'), SCENARIO);
  writeFileSync(path.join(folder, 'labels.vgpu'), LABELLED);
  const dump = 'skl_native.intel_reg_dump.txt';
  copyFileSync(path.join(root, 'samples', dump), path.join(folder, dump));
  return folder;
}

describe('a scenario in the editor', () => {
  const folder = workspace();
  const vscode = useWorkbench('language', { folder });
  after(() => rmSync(folder, { recursive: true }));
  const line = (text: string | RegExp): Locator => vscode().line(text);

  /** The name of a register on a line, which the editor draws as a word of its own. */
  const word = (on: string, name: string | RegExp): Locator =>
    line(on).locator('span', { hasText: name }).last();

  it('is coloured, word by word, by the server', async () => {
    const { page } = vscode();
    await page
      .locator('.explorer-folders-view .monaco-list-row', { hasText: 'ring.vgpu' })
      .dblclick();
    await line('RCS0.RING_CTL').waitFor();
    // The engine and its register are one word for the grammar, and two for the server.
    const register = line('RCS0.RING_CTL').locator('span span', { hasText: /^\.?RING_CTL$/ });
    await register.waitFor();
    await vscode().coloured(line('RCS0.RING_CTL'), 4);
  });

  it('has hints: what offsets are, and what accesses change', async () => {
    await line(/R32 0x78000\s*VGT_MAGIC\[0\]/).waitFor();
    await line(/0x3001\s*bufferLength=0x3, enable=enabled/).waitFor();
  });

  it('tells of a register under the mouse', async () => {
    const { page } = vscode();
    const hover = page.locator('.monaco-hover:visible', { hasText: 'Size and enable' });
    await vscode().hover(word('RCS0.RING_CTL', /^\.?RING_CTL$/), hover);
    await hover.getByText('bufferLength').first().waitFor();
    assert.match((await hover.textContent()) ?? '', /RCS0\.RING_CTL.*0x00203c.*read and write/s);
  });

  it('marks an unknown register, and mends it with a quick fix', async () => {
    const { page } = vscode();
    await page.mouse.move(5, 5);
    await page.locator('.squiggly-error').first().waitFor();
    const fix = page.locator('.action-widget .monaco-list-row', {
      hasText: 'Change to RCS0.RING_TAIL',
    });
    await actUntil(
      async (timeout) => {
        await line('RING_TIAL').click({ timeout });
        await vscode().command('Quick Fix...');
        await fix.waitFor({ timeout });
        await vscode().screenshot('language-quick-fix');
        await fix.click({ timeout });
      },
      line(/W32 RCS0\.RING_TAIL\s*0x40/),
    );
    await page.locator('.squiggly-error').first().waitFor({ state: 'detached' });
  });

  it('proposes registers and their values as they are typed', async () => {
    const { page } = vscode();
    const row = page.locator('.suggest-widget.visible .monaco-list-row');
    await actUntil(
      async (timeout) => {
        // What an earlier try has left on the last line is typed over.
        await page.keyboard.press('ControlOrMeta+End');
        await page.keyboard.press('Shift+Home');
        await page.keyboard.type('R32 RCS0.RING_TA');
        await row.filter({ hasText: 'RCS0.RING_TAIL' }).first().waitFor({ timeout });
        await vscode().screenshot('language-completion');
        await row.filter({ hasText: 'RCS0.RING_TAIL' }).first().click({ timeout });
        await page.keyboard.type(' ');
        await row.filter({ hasText: '0x00000040' }).first().click({ timeout });
      },
      line(/R32 RCS0\.RING_TAIL\s*= 0x00000040/),
    );
    await vscode().command('File: Save');
  });

  it('leads to the row of a register, in a document of its own', async () => {
    const { page } = vscode();
    await actUntil(async (timeout) => {
      await word('RCS0.RING_START', /RING_START/).click({ timeout });
      await page.keyboard.press('F12');
    }, vscode().tab('skl.vgpu-registers'));
    await line(/^0x002038 +RCS0\.RING_START/).waitFor();
    await vscode().coloured(line(/^0x002038 +RCS0\.RING_START/), 3);
    await vscode().screenshot('language-registers');
    await vscode().command('View: Close Editor');
  });

  it('starts debugging from a lens above a line', async () => {
    const { page } = vscode();
    const debug = new Debugging(vscode());
    const lens = page.locator('.codelens-decoration a', { hasText: 'Debug from here' });
    await actUntil((timeout) => lens.nth(1).click({ timeout }), debug.currentLine(), 15_000);
    await debug.standsAt('W64 ggtt');
    await vscode().screenshot('language-lens');
  });

  it('tells what a register holds now, while it is debugged', async () => {
    const { page } = vscode();
    const debug = new Debugging(vscode());
    for (const next of ['W32 RCS0.RING_START', 'W32 RCS0.RING_CTL']) {
      await debug.press('F10', () => debug.isMarked(next));
    }
    const now = page.locator('.monaco-hover:visible', { hasText: 'Now, in the debugger' });
    await actUntil(async (timeout) => {
      await word('RCS0.RING_START', /RING_START/).click({ timeout });
      await vscode().command('Show or Focus Hover');
    }, now.getByText('0x04000000').first());
    await vscode().screenshot('language-now');
    await debug.stop();
  });

  it('renames a label wherever it stands', async () => {
    const { page } = vscode();
    await page.keyboard.press('ControlOrMeta+Shift+E');
    const row = page.locator('.explorer-folders-view .monaco-list-row', { hasText: 'labels.vgpu' });
    await row.dblclick();
    const start = line(/W32 RCS0\.RING_START ring/);
    await line(/W32 RCS0\.RING_START ring\s*= 0x4000000/).waitFor();
    await vscode().coloured(start, 4);
    // What no line uses is faded.
    await page.locator('.squiggly-inline-unnecessary').first().waitFor();
    const box = page.locator('.rename-box input');
    const rename = async (name: string, timeout: number) => {
      await page.keyboard.press('Escape');
      await start
        .locator('span', { hasText: /^\s*ring$/ })
        .first()
        .click({ timeout });
      await page.keyboard.press('F2');
      await box.waitFor({ timeout });
      assert.equal(await box.inputValue({ timeout }), 'ring');
      await box.fill(name, { timeout });
      await vscode().screenshot('language-rename');
      await page.keyboard.press('Enter');
    };
    const refusal = page
      .locator('.monaco-editor-overlaymessage, .notification-toast', {
        hasText: 'no name for a label',
      })
      .first();
    await actUntil((timeout) => rename('face', timeout), refusal);
    const renamed = line(/^label ring_start 0x04000000/);
    await actUntil((timeout) => rename('ring_start', timeout), renamed);
    for (const changed of [
      /^label ring_start 0x04000000/,
      /^W64 ggtt\[ring_start/,
      /^W32 RCS0\.RING_START ring_start.*\/\/ ring$/,
      /^AW32 ring_start\+0x40/,
      /^expect RCS0\.RING_START == ring_start/,
    ]) {
      await line(changed).waitFor();
    }
    assert.equal(await page.locator('.squiggly-error').count(), 0);
    await vscode().command('File: Save');
    await vscode().command('View: Close Editor');
  });

  it('knows the dumps of other programs', async () => {
    const { page } = vscode();
    await page.keyboard.press('ControlOrMeta+Shift+E');
    const row = page.locator('.explorer-folders-view .monaco-list-row', { hasText: 'intel_reg' });
    await row.dblclick();
    const master = line(/GEN8_MASTER_IRQ \(0x00044200\): 0x80000000\s*masterInterruptEnable/);
    await master.waitFor();
    await vscode().coloured(master, 3);
    // A dump shows one moment, in which there is nothing to go through.
    assert.equal(await page.locator('.codelens-decoration a').count(), 0);
  });
});
