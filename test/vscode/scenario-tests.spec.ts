import { copyFileSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, describe, it } from 'node:test';
import { root } from '../support/source-files.ts';
import { Debugging } from './support/debugging.ts';
import { pattern } from './support/text.ts';
import { useWorkbench } from './support/use-workbench.ts';
import { actUntil, withinTime } from './support/waiting.ts';

const FAILING = [
  '## title: A wrong expectation',
  'W32 RCS0.RING_HWSTAM 0x40',
  'R32 RCS0.RING_HWSTAM = 0x40',
  'W32 RCS0.RING_HWSTAM 0x48',
  'expect RCS0.RING_HWSTAM == 0x40',
  '',
].join('\n');

/** More bytes than a scenario has, with an expectation as its last line, which only reading all of it would find. */
const LARGE = `${'W 4 002098 00000040\n'.repeat(250_000)}expect RCS0.RING_HWSTAM == 0x40\n`;

/** A folder with a scenario that passes, one that fails in line 5, and two recordings, which are no tests. */
function workspace(): string {
  const folder = mkdtempSync(path.join(tmpdir(), 'vgpu-tests-'));
  mkdirSync(path.join(folder, 'scenarios'));
  copyFileSync(
    path.join(root, 'samples/first-steps.vgpu'),
    path.join(folder, 'scenarios/passes.vgpu'),
  );
  writeFileSync(path.join(folder, 'scenarios/fails.vgpu'), FAILING);
  writeFileSync(path.join(folder, 'scenarios/recording.vgpu'), 'W 4 002098 00000040\n');
  writeFileSync(path.join(folder, 'scenarios/large.vgpu'), LARGE);
  return folder;
}

describe('the Testing view', () => {
  const folder = workspace();
  const vscode = useWorkbench('scenario-tests', { folder });
  const debug = () => new Debugging(vscode());
  after(() => rmSync(folder, { recursive: true }));

  const tree = () => vscode().page.locator('.test-explorer .monaco-list-row');
  const row = (text: string) =>
    tree()
      .filter({ hasText: pattern(text) })
      .first();
  /** The row of a test with this state, which its icon tells. */
  const inState = (text: string, icon: string) =>
    tree()
      .filter({ hasText: pattern(text) })
      .filter({ has: vscode().page.locator(`.codicon-testing-${icon}-icon`) })
      .first();

  it('lists scenarios when it is opened first of all, and does not take a recording for one', async () => {
    // A click may come while the bar is drawn anew, and a second one closes what the first has opened.
    const button = vscode().page.locator('.activitybar a.action-label[aria-label^="Testing"]');
    const opened = row('scenarios');
    for (let tries = 0; tries < 10 && (await opened.count()) === 0; tries++) {
      await withinTime(button.click({ timeout: 5000 }));
      await withinTime(opened.waitFor({ timeout: 20_000 }));
    }
    await opened.waitFor();
    await vscode().command('Test: Run All Tests');
    await inState('scenarios', 'failed').waitFor();
    await actUntil(async (timeout) => {
      await row('scenarios').click({ timeout });
      await vscode().page.keyboard.press('ArrowRight');
    }, row('fails.vgpu'));
    await inState('fails.vgpu', 'failed').waitFor();
    await inState('passes.vgpu', 'passed').waitFor();
    for (const name of ['recording.vgpu', 'large.vgpu'])
      if ((await row(name).count()) > 0) throw new Error(`${name}, a recording, is listed.`);
    const panes = await vscode().page.locator('.part.sidebar .pane-header').allTextContents();
    if (panes.some((title) => title.includes('vGPU'))) throw new Error(`Shown: ${panes}`);
  });

  it('follows files that are made, changed and deleted', async () => {
    const file = path.join(folder, 'scenarios/later.vgpu');
    writeFileSync(file, FAILING);
    await row('later.vgpu').waitFor();
    writeFileSync(file, 'W 4 002098 00000040\n');
    await row('later.vgpu').waitFor({ state: 'detached' });
    writeFileSync(file, FAILING);
    await row('later.vgpu').waitFor();
    rmSync(file);
    await row('later.vgpu').waitFor({ state: 'detached' });
  });

  it('shows what was expected beside what was', async () => {
    await actUntil(
      (timeout) => row('fails.vgpu').dblclick({ timeout }),
      vscode().line('expect RCS0.RING_HWSTAM == 0x40'),
    );
    const peek = vscode().page.locator('.test-output-peek');
    await actUntil(
      () => vscode().command('Test: Peek Output'),
      peek.getByText(/RCS0\.RING_HWSTAM\s==\s0x00000048/).first(),
    );
    await vscode().page.keyboard.press('Escape');
  });

  it('debugs at the failure', async () => {
    await vscode().command('Testing: Focus on Test Explorer View');
    await row('fails.vgpu').click();
    const debugAll = () => vscode().command('Test: Debug All Tests');
    await actUntil(debugAll, debug().currentLine(), 20_000);
    const where = await debug().evaluate('where');
    if (!/line 5|record 3/.test(where)) throw new Error(`It stands at: ${where}`);
    const value = await debug().evaluate('RCS0.RING_HWSTAM');
    if (!value.includes('0x00000048')) throw new Error(`It is ${value}.`);
    await debug().stop();
  });

  it('debugs at a failure that is listed among the results', async () => {
    await vscode().command('Testing: Focus on Test Explorer View');
    await vscode().command('Test: Run All Tests');
    await inState('fails.vgpu', 'failed').waitFor();
    await vscode().command('Test Results: Focus on Test Results View');
    const failure = vscode()
      .page.locator('.test-output-peek-tree .monaco-list-row', { hasText: 'fails.vgpu' })
      .first();
    // What it expected and what was are shown side by side, with a button.
    const debugAtFailure = async (timeout: number) => {
      await failure.click({ timeout });
      await vscode().page.getByText('Debug at Failure').first().click({ timeout });
    };
    await actUntil(debugAtFailure, debug().currentLine(), 15_000);
    await debug().stop();
  });

  it('shows which registers, fields, commands and faults were exercised', async () => {
    await actUntil(
      () => vscode().command('Test: Run All Tests with Coverage'),
      vscode().page.getByText('Close Test Coverage').first(),
      20_000,
    );
    await vscode().command('Testing: Focus on Test Coverage View');
    const rows = vscode()
      .page.locator('.pane', { hasText: 'Test Coverage' })
      .locator('.monaco-list-row');
    await rows.first().waitFor();
    await vscode().screenshot('scenario-tests-coverage-view');
    await actUntil(
      (timeout) => rows.filter({ hasText: 'GT.txt' }).first().click({ timeout }),
      vscode().line(/^Registers: GT: [1-9]\d* of \d+ exercised/),
    );
  });
});
