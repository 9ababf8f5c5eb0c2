import { after, afterEach, before, describe, it } from 'node:test';
import { Breakpoints } from '../support/breakpoints.ts';
import { Debugging } from '../support/debugging.ts';
import type { Recording } from '../support/recordings.ts';
import type { Workbench } from '../support/workbench.ts';

/** Breakpoints on registers by name, set with the `+` of the Breakpoints view, in both directions. */
export function functionBreakpoints(vscode: () => Workbench, { file }: Recording): void {
  const debug = () => new Debugging(vscode());
  const breakpoints = () => new Breakpoints(vscode());

  describe('a function breakpoint', () => {
    before(() => debug().begin(file));
    afterEach(async () => {
      await breakpoints().removeAll();
      await debug().jump(7);
    });
    after(() => debug().end());

    it('stops at accesses of a register by its name, forwards and in reverse', async () => {
      await breakpoints().addFunction('RCS0.ELSP');
      await debug().click('Continue', 231_147);
      await debug().click('Continue', 231_148);
      await debug().click('Reverse', 231_147);
    });

    it('stops at accesses of registers by a glob', async () => {
      await breakpoints().addFunction('RING_*');
      await debug().click('Continue', 24);
      await debug().click('Continue', 25);
      await debug().click('Reverse', 24);
    });

    it('stops at accesses of an offset', async () => {
      await breakpoints().addFunction('0x44200');
      await debug().click('Continue', 227);
      await debug().frame('GEN8_MASTER_IRQ write').waitFor();
      await debug().click('Continue', 228);
      await debug().click('Reverse', 227);
    });

    it('with a condition stops where that is true, in both directions', async () => {
      await breakpoints().addFunction('RCS0.ELSP');
      await breakpoints().editFunction('RCS0.ELSP', 'Condition', 'value == 0x20');
      await debug().click('Continue', 231_149);
      await debug().go('Step Over', 231_287);
      await debug().click('Reverse', 231_149);
    });

    it('with a hit count stops at that hit, in both directions', async () => {
      await breakpoints().addFunction('RCS0.ELSP');
      await breakpoints().editFunction('RCS0.ELSP', 'Hit Count', '4');
      await debug().click('Continue', 231_287);
      await debug().jump(231_627);
      await debug().click('Reverse', 231_287);
    });

    it('with log("…") prints and goes on, in both directions', async () => {
      await breakpoints().addFunction('RCS0.ELSP');
      await breakpoints().editFunction('RCS0.ELSP', 'Condition', 'log("submitted {value}")');
      await breakpoints().addFunction('BCS0.ELSP');
      await breakpoints().addFunction('VGT_CAPS');
      await debug().click('Continue', 16);
      await debug().click('Continue', 231_627);
      await debug().printed('submitted 0x37fe651d');
      await debug().click('Reverse', 16);
    });
  });
}
