import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { Breakpoints } from '../support/breakpoints.ts';
import { Debugging } from '../support/debugging.ts';
import { VariablesView } from '../support/variables-view.ts';
import type { Workbench } from '../support/workbench.ts';

/** Where RCS0's reset request is written: RING_RESET_CTL 0 → 1. */
const RESET_REQUEST = 36;

/** What can be seen and changed at a stop: stack, scopes, values, expressions. */
export function inspecting(vscode: () => Workbench, recording: string): void {
  const debug = () => new Debugging(vscode());
  const variables = () => new VariablesView(vscode());

  describe('at a stop', () => {
    before(async () => {
      await debug().begin(recording);
      await debug().jump(RESET_REQUEST);
    });
    after(() => debug().end());

    it("shows the access and below it the driver's own functions", async () => {
      await debug()
        .frame(/RING_RESET_CTL write/)
        .waitFor();
      await debug().frame('gen8_reset_engines').waitFor();
      await debug().frame('i915_driver_probe').waitFor();
    });

    it('takes the access apart: what it changes, from what to what', async () => {
      await variables().open('Access');
      await variables().reveal(/0 → 1/);
    });

    it('has scopes for engines, registers, GGTT, interrupts, PVINFO and configuration', async () => {
      await variables().closeAll();
      for (const scope of ['Engines', 'Registers', 'GGTT', 'Interrupts', 'PVINFO', 'Config']) {
        await variables().reveal(scope);
      }
    });

    it('shows an engine register by register, and a change by hand', async () => {
      await variables().open(/^Engines/, /^RCS0/);
      const tail = await variables().reveal(/RING_TAIL =/);
      await variables().set(tail, '0x40');
      await variables().reveal(/RING_TAIL =.*0x00000040/);
    });

    it('evaluates registers, fields, table entries and memory in the Debug Console', async () => {
      assert.match(await debug().evaluate('RCS0.RING_TAIL'), /0x00000040/);
      assert.match(await debug().evaluate('RCS0.RING_CTL.enable'), /^0x0|^0/);
      assert.match(await debug().evaluate('ggtt[0x4001000]'), /0x0/);
      assert.match(await debug().evaluate('mem32[0x1000]'), /unknown/);
    });

    it('stops where a field changes, watched from the Variables view, in both directions', async () => {
      await debug().jump(7);
      await variables().closeAll();
      await variables().open(/^Engines/, /^RCS0/, /RING_RESET_CTL =/);
      const field = await variables().reveal(/readyToReset =|ready =/);
      await variables().breakOn(field, 'Value Change');
      await debug().click('Continue', RESET_REQUEST);
      await debug().click('Continue', 53);
      await debug().click('Reverse', RESET_REQUEST);
      await new Breakpoints(vscode()).removeAll();
    });

    it('answers a hover over a register in the decoded view', async () => {
      const name = vscode()
        .line(/^ +36 .*RING_RESET_CTL/)
        .locator('span', { hasText: 'RING_RESET_CTL' });
      await name.last().hover();
      await vscode().page.locator('.debug-hover-widget', { hasText: '0x' }).first().waitFor();
      await vscode().page.keyboard.press('Escape');
    });
  });
}
