import { after, before, describe, it } from 'node:test';
import { Debugging } from './support/debugging.ts';
import { useWorkbench } from './support/use-workbench.ts';
import { retry, withinTime } from './support/waiting.ts';

/** Its driver asks port A, which has no monitor, twice in a row at these records. */
const RECORDING = 'skl-probe-gem-unload.vgpu.gz';
const [FIRST, SECOND] = [417, 421];

describe('faults', () => {
  const vscode = useWorkbench('faults');
  const debug = () => new Debugging(vscode());
  const widget = () => vscode().page.locator('.exception-widget').first();

  async function tickAnyFault(isTicked: boolean): Promise<void> {
    const row = vscode().page.locator('.debug-breakpoints .monaco-list-row', {
      hasText: 'Any fault',
    });
    const box = row.locator('[role="checkbox"]').first();
    const wanted = box.and(vscode().page.locator(`[aria-checked="${isTicked}"]`));
    await retry(
      async (timeout) => {
        if ((await wanted.count()) === 0) await box.click({ timeout });
        return (await withinTime(wanted.waitFor({ timeout }))) || undefined;
      },
      () => 'A click on the filter does nothing.',
      3000,
    );
  }

  describe('of a recording', () => {
    before(() => debug().begin(RECORDING));
    after(() => debug().end());

    it('stop where their filter is ticked, with rule, source and evidence', async () => {
      await tickAnyFault(true);
      await debug().go('Continue', FIRST);
      await widget().getByText('aux-no-monitor').first().waitFor();
      await widget().getByText('gvt-facts §8').first().waitFor();
      await widget().getByText('register: DP_AUX_CH_CTL_A').first().waitFor();
    });

    it('stop on the way back, too', async () => {
      await debug().go('Continue', SECOND);
      await debug().go('Reverse', FIRST);
      await widget().getByText('aux-no-monitor').first().waitFor();
      await tickAnyFault(false);
    });
  });
});
