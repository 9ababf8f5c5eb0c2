import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import type { Locator } from 'playwright-core';
import { Debugging } from './support/debugging.ts';
import { useWorkbench } from './support/use-workbench.ts';
import { retry, withinTime } from './support/waiting.ts';

const RECORDING = 'skl-probe-gem-unload.vgpu.gz';
/** The driver submits its first request: six commands in the ring. */
const SUBMISSION = 231_287;

describe('the Disassembly view', () => {
  const vscode = useWorkbench('disassembly');
  const debug = () => new Debugging(vscode());

  function row(text: string | RegExp): Locator {
    return vscode().page.locator('.disassembly-view .monaco-list-row').filter({ hasText: text });
  }

  /** The row with this text, where VS Code marks it with this icon. */
  function marked(text: string | RegExp, icon: string): Locator {
    const mark = vscode().page.locator(`[class*="codicon-debug-${icon}"]`);
    return row(text).filter({ has: mark }).first();
  }

  /** Waits until VS Code marks the row as the one that comes next. */
  async function waitForMark(text: string | RegExp): Promise<void> {
    await marked(text, 'stackframe').waitFor();
  }

  /** Steps by an instruction: the view has to have the focus, and the key comes to nothing where it has not. */
  async function stepTo(key: string, from: string, to: string): Promise<void> {
    await retry(
      async (timeout) => {
        if ((await marked(from, 'stackframe').count()) > 0) {
          await row(from).first().click({ timeout });
          await vscode().page.keyboard.press(key);
        }
        return (await withinTime(marked(to, 'stackframe').waitFor({ timeout }))) || undefined;
      },
      () => `${key} does not lead from ${from} to ${to}.`,
      15_000,
    );
  }

  describe('of a ring', () => {
    before(async () => {
      await debug().begin(RECORDING);
      await debug().jump(SUBMISSION);
      await debug().press('F11', () => debug().frame('loaded next').isVisible());
      await debug().press('F11', () =>
        debug()
          .frame(/PIPE_CONTROL/)
          .isVisible(),
      );
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
      await stepTo('F11', '0x37ffc000', '0x37ffc018');
      await stepTo('Alt+F10', '0x37ffc018', '0x37ffc000');
    });

    it('takes breakpoints, which stop the engine', async () => {
      const command = row(/MI_USER_INTERRUPT/).first();
      await retry(
        async (timeout) => {
          const isSet = (await marked(/MI_USER_INTERRUPT/, 'breakpoint').count()) > 0;
          if (!isSet) await command.locator('.monaco-table-td').first().click({ timeout });
          const set = marked(/MI_USER_INTERRUPT/, 'breakpoint').waitFor({ timeout });
          return (await withinTime(set)) || undefined;
        },
        () => 'A click beside the command sets no breakpoint.',
        5000,
      );
      await debug().run('Continue', () => marked(/MI_USER_INTERRUPT/, 'stackframe').isVisible());
      await vscode().page.getByText('Paused on instruction breakpoint').first().waitFor();
    });
  });
});
