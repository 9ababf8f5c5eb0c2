import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import type { Locator } from 'playwright-core';
import { Debugging } from './support/debugging.ts';
import { useWorkbench } from './support/use-workbench.ts';

const RECORDING = 'skl-probe-gem-unload.vgpu.gz';
/** The driver submits its first request: six commands in the ring. */
const SUBMISSION = 231_287;

describe('the Disassembly view', () => {
  const vscode = useWorkbench('disassembly');
  const debug = () => new Debugging(vscode());

  function row(text: string | RegExp): Locator {
    return vscode().page.locator('.disassembly-view .monaco-list-row').filter({ hasText: text });
  }

  /** The row that VS Code marks as the one that comes next. */
  async function waitForMark(text: string | RegExp): Promise<void> {
    await row(text)
      .filter({ has: vscode().page.locator('.codicon-debug-stackframe') })
      .first()
      .waitFor();
  }

  describe('of a ring', () => {
    before(async () => {
      await debug().begin(RECORDING);
      await debug().jump(SUBMISSION);
      await vscode().page.keyboard.press('F11');
      await debug().frame('loaded next').waitFor();
      await vscode().page.keyboard.press('F11');
      await debug()
        .frame(/PIPE_CONTROL/)
        .waitFor();
    });
    after(() => debug().end());

    it('shows the commands of the ring, and marks the one that comes next', async () => {
      await vscode().command('Open Disassembly View');
      await waitForMark('0x37ffc000');
      await row(/0x37ffc060.*MI_USER_INTERRUPT/)
        .first()
        .waitFor();
      assert.ok((await row(/PIPE_CONTROL/).count()) >= 4);
    });

    it('is stepped through by instructions, there and back', async () => {
      await row('0x37ffc000').first().click();
      await vscode().page.keyboard.press('F11');
      await waitForMark('0x37ffc018');
      await vscode().page.keyboard.press('Alt+F10');
      await waitForMark('0x37ffc000');
    });

    it('takes breakpoints, which stop the engine', async () => {
      await row(/MI_USER_INTERRUPT/)
        .first()
        .locator('.monaco-table-td')
        .first()
        .click();
      await debug().button('Continue').click();
      await waitForMark(/MI_USER_INTERRUPT/);
      await vscode().page.getByText('Paused on instruction breakpoint').first().waitFor();
    });
  });
});
