import { after, afterEach, before, describe, it } from 'node:test';
import { Breakpoints } from '../support/breakpoints.ts';
import { Debugging } from '../support/debugging.ts';
import type { Recording } from '../support/recordings.ts';
import type { Workbench } from '../support/workbench.ts';

/** Breakpoints in the gutter of the decoded view, in both directions. */
export function lineBreakpoints(vscode: () => Workbench, { file }: Recording): void {
  const debug = () => new Debugging(vscode());
  const breakpoints = () => new Breakpoints(vscode());
  const version = () => vscode().line(/^ +15 .*VGT_VERSION/);
  const resetControl = () => vscode().line(/^ +24 .*RING_HWSTAM/);

  describe('a line breakpoint', () => {
    before(() => debug().begin(file));
    afterEach(async () => {
      await breakpoints().removeAll();
      await debug().jump(7);
    });
    after(() => debug().end());

    it('set by a click in the gutter stops there, forwards and in reverse', async () => {
      await breakpoints().addLine(version());
      await breakpoints().shown('skl-');
      await debug().click('Continue', 15);
      await debug().go('Step Over', 16);
      await debug().go('Step Over', 18);
      await debug().click('Reverse', 15);
    });

    it('with a condition stops where that is true, in both directions', async () => {
      await breakpoints().addLine(version());
      await breakpoints().editLine(version(), 'Expression', 'value == 1');
      await breakpoints().addLine(resetControl());
      await breakpoints().editLine(resetControl(), 'Expression', 'value == 0xffffffff');
      await debug().click('Continue', 24);
      await debug().go('Step Over', 25);
      await debug().click('Reverse', 24);
    });

    it('with a hit count stops at that hit only, in both directions', async () => {
      await breakpoints().addLine(version());
      await breakpoints().editLine(version(), 'Hit Count', '2');
      await breakpoints().addLine(resetControl());
      await breakpoints().editLine(resetControl(), 'Hit Count', '1');
      await debug().click('Continue', 24);
      await debug().jump(35);
      await debug().click('Reverse', 24);
    });

    it('with a message prints it and goes on, in both directions', async () => {
      await breakpoints().addLogpoint(version(), 'low byte {value}, at record {record}');
      await breakpoints().addLine(resetControl());
      await debug().click('Continue', 24);
      await debug().printed('low byte 0x00, at record 15');
      await breakpoints().addLine(vscode().line(/^ +10 .*INT_LINE/));
      await debug().click('Reverse', 10);
    });

    it('stops inside of a run that has been opened', async () => {
      await debug().jump(1249);
      await vscode().openRun(1249);
      await vscode()
        .line(/^ *1255 .* W32 +ggtt/)
        .waitFor();
      await breakpoints().addLine(vscode().line(/^ *1255 .* W32 +ggtt/));
      await debug().click('Continue', 1255);
      await debug()
        .frame(/^page table fill/)
        .waitFor();
      await debug().click('Step Out', 230_625);
      await debug().click('Reverse', 1255);
    });
  });
}
