import assert from 'node:assert/strict';
import { after, describe, it } from 'node:test';
import { slowdown } from '../support/machine.ts';
import type { Recording } from '../support/recordings.ts';
import type { Workbench } from '../support/workbench.ts';

/** Milliseconds from the click on a file to its decoded text, on a machine that does nothing else. */
const OPEN_WITHIN = 2000;
/** How often it is tried on a machine whose load changes. */
const CHANCES = 4;

/** What is seen of a recording before it is debugged. */
export function opening(vscode: () => Workbench, { file, records }: Recording): void {
  describe('a click on the packed file', () => {
    after(() => vscode().command('View: Close All Editors'));

    it('shows it within 2 s, nothing of it having been read before', async () => {
      const took: number[] = [];
      while (took.length < CHANCES && Math.min(...took) > OPEN_WITHIN) {
        if (took.length > 0) await vscode().startOver();
        const before = slowdown();
        const passed = await vscode().openRecording(file);
        took.push(Math.round((passed * 2) / (before + slowdown())));
      }
      const text = `// Recording of ${records.toLocaleString('en')} records`;
      await vscode().line(text).waitFor();
      assert.ok(Math.min(...took) <= OPEN_WITHIN, `it took ${took.join(', ')} ms`);
    });

    it('shows accesses decoded: engine and register, value, what changed, the run in one row', async () => {
      await vscode().goToRecord(36);
      await vscode()
        .line(/^ +36 .* W32 +RCS0\.RING_RESET_CTL +0x00010001 requestReset 0→1/)
        .waitFor();
      await vscode().goToRecord(1249);
      await vscode()
        .line(/^ *1249 .*▸ W32 +ggtt\[0x04001000–0x7ffff000\] +×229,376 +page table fill/)
        .waitFor();
    });

    it('shows them in colours', async () => {
      const line = vscode().line(/^ *1249 .*▸ W32 /);
      assert.ok((await vscode().tokenKinds(line)) >= 5);
    });
  });
}
