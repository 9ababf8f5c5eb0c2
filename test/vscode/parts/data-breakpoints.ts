import { after, afterEach, before, describe, it } from 'node:test';
import { Breakpoints } from '../support/breakpoints.ts';
import { Debugging } from '../support/debugging.ts';
import type { Recording } from '../support/recordings.ts';
import { VariablesView } from '../support/variables-view.ts';
import type { Workbench } from '../support/workbench.ts';

/** RING_RESET_CTL of RCS0: read, the reset requested, read; a full reset (GDRST) puts it back; written by the driver. */
const ASKED = 35;
const REQUESTED = 36;
const POLLED = 37;
const FULL_RESET = 47;
const WRITTEN = 53;

/** Breakpoints on registers and fields, set in the Variables view, in both directions. */
export function dataBreakpoints(vscode: () => Workbench, { file }: Recording): void {
  const debug = () => new Debugging(vscode());
  const breakpoints = () => new Breakpoints(vscode());
  const variables = () => new VariablesView(vscode());

  async function breakOn(change: 'Value Change' | 'Value Read'): Promise<void> {
    await variables().settled(7);
    const added = (time: number) => breakpoints().isShown('RCS0.RING_RESET_CTL', time);
    await variables().breakOn(['Engines', /^RCS0/, /^RING_RESET_CTL =/], change, added);
  }

  async function breakOnField(): Promise<void> {
    await variables().settled(7);
    const name = 'RCS0.RING_RESET_CTL.readyToReset';
    const added = (time: number) => breakpoints().isShown(name, time);
    const field = ['Engines', /^RCS0/, /^RING_RESET_CTL =/, /^readyToReset =/];
    await variables().breakOn(field, 'Value Change', added);
  }

  describe('a data breakpoint', () => {
    before(() => debug().begin(file));
    afterEach(async () => {
      await breakpoints().removeAll();
      await debug().jump(7);
    });
    after(() => debug().end());

    it('on a register stops at its writes, forwards and in reverse', async () => {
      await breakOn('Value Change');
      await debug().click('Continue', REQUESTED);
      await vscode().page.getByText('Paused on data breakpoint').first().waitFor();
      await debug().click('Continue', WRITTEN);
      await debug().click('Reverse', REQUESTED);
    });

    it('on a register stops at its reads', async () => {
      await breakOn('Value Read');
      await debug().click('Continue', ASKED);
      await debug().click('Continue', POLLED);
      await debug().click('Reverse', ASKED);
    });

    it('on a field stops where it changes, forwards and in reverse', async () => {
      await breakOnField();
      await debug().click('Continue', REQUESTED);
      await debug().click('Continue', FULL_RESET);
      await debug().click('Reverse', REQUESTED);
    });

    it('with a condition stops where that is true, in both directions', async () => {
      await breakOnField();
      await breakpoints().editData('readyToReset', 'Condition', 'value == 0');
      await debug().click('Continue', FULL_RESET);
      await debug().go('Step Over', 49);
      await debug().click('Reverse', FULL_RESET);
    });

    it('with a hit count stops at that hit, in both directions', async () => {
      await breakOnField();
      await breakpoints().editData('readyToReset', 'Hit Count', '2');
      await debug().click('Continue', FULL_RESET);
      await debug().jump(WRITTEN);
      await debug().click('Reverse', FULL_RESET);
    });

    it('with log("…") prints and goes on, in both directions', async () => {
      await breakOnField();
      await breakpoints().editData('readyToReset', 'Condition', 'log("ready {old} → {value}")');
      await breakpoints().addFunction('VGT_CAPS');
      await breakpoints().addFunction('FENCE_REG_GEN6_LO_0');
      await debug().click('Continue', 16);
      await debug().click('Continue', 65);
      await debug().printed(/ready 0x0+ → 0x0*1/);
      await debug().printed(/ready 0x0*1 → 0x0+/);
      await debug().click('Reverse', 16);
    });
  });
}
