import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { Debugging } from '../support/debugging.ts';
import type { Recording } from '../support/recordings.ts';
import { WatchView } from '../support/watch-view.ts';
import type { Workbench } from '../support/workbench.ts';

/** Record, and what a register holds before and after it. */
const RESET_REQUEST = 36;

/** Expressions: hover, Watch, Debug Console. */
export function evaluating(vscode: () => Workbench, { file }: Recording): void {
  const debug = () => new Debugging(vscode());

  describe('an expression', () => {
    before(async () => {
      await debug().begin(file);
      await debug().jump(RESET_REQUEST);
    });
    after(() => debug().end());

    it('is evaluated in the Debug Console: registers, fields, table entries, memory', async () => {
      assert.match(await debug().evaluate('RCS0.RING_TAIL'), /0x00000000/);
      assert.match(await debug().evaluate('RCS0.RING_CTL.enable'), /^0x0 \(disabled\)/);
      assert.match(await debug().evaluate('RCS0.RING_HWSTAM'), /0xffffffff userInterrupt=masked/);
      assert.match(await debug().evaluate('ggtt[0x1000]'), /^0x0000000000000000/);
    });

    it('that needs memory which nobody has shown is unknown, with the reason', async () => {
      const answer = await debug().evaluate('mem32[0x1000]');
      assert.match(answer, /^unknown: memory at 0x1000 has not been shown by the recording/);
    });

    it('that means nothing gets a sentence that helps', async () => {
      assert.match(await debug().evaluate('RCS0.RING_TALE'), /RING_TALE.*RCS0\.RING_TAIL/s);
    });

    it('is completed in the Debug Console while it is typed', async () => {
      await debug().complete('RCS0.RING_TA', 'RCS0.RING_TAIL');
      await debug().complete('RCS0.RING_CTL.ena', 'RCS0.RING_CTL.enable');
    });

    it('is kept up to date in Watch', async () => {
      const watch = new WatchView(vscode());
      await watch.add('RCS0.RING_RESET_CTL.requestReset');
      await watch.add('mem32[0x1000]');
      await watch.row(/requestReset = ?0x0/).waitFor();
      await watch.row(/mem32\[0x1000\] = ?unknown/).waitFor();
      await debug().go('Step Over', RESET_REQUEST + 1);
      await watch.row(/requestReset = ?0x1/).waitFor();
      await debug().go('Step Back', RESET_REQUEST);
      await watch.row(/requestReset = ?0x0/).waitFor();
      await watch.removeAll();
    });

    it('is shown where the mouse is over a register in the decoded view', async () => {
      const line = vscode().line(/^ +24 .*RCS0\.RING_HWSTAM/);
      const shown = vscode().page.locator('.debug-hover-widget', { hasText: '0xffffffff' });
      await vscode().hover(line.locator('span', { hasText: 'RING_HWSTAM' }).last(), shown.first());
      await vscode().page.keyboard.press('Escape');
    });
  });
}
