import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { Breakpoints } from '../support/breakpoints.ts';
import { Debugging } from '../support/debugging.ts';
import type { Recording } from '../support/recordings.ts';
import type { Workbench } from '../support/workbench.ts';

/** Moving through a recording by keys and buttons, without a launch.json. */
export function stepping(vscode: () => Workbench, recording: Recording): void {
  const { file, records, afterPolls } = recording;
  const debug = () => new Debugging(vscode());

  describe('stepping', () => {
    before(() => debug().begin(file));
    after(() => debug().end());

    it('stops before the first access on F5, and highlights it', async () => {
      await debug().stoppedAt(7);
      await debug().frame('PMCSR').waitFor();
      await vscode().page.getByText('Paused on entry').first().waitFor();
    });

    it('goes to the next row and back, by keys and by buttons', async () => {
      await debug().go('Step Over', 8);
      await debug().go('Step Back', 7);
      await debug().click('Step Over', 8);
      await debug().click('Step Over', 10);
      await debug().click('Step Back', 8);
      await debug().click('Step Into', 10);
    });

    it('passes over 229,376 table writes in one step, and back in one', async () => {
      await debug().jump(1249);
      await debug().frame('first of page table fill, 229,376 accesses').waitFor();
      await debug().go('Step Over', 230_625);
      await debug().go('Step Back', 1249);
    });

    it('passes over 76,000 polls of the GPIO in one step, and back in one', async () => {
      await debug().jump(233_892);
      await debug()
        .frame(/first of bit-banging, [\d,]+ accesses/)
        .waitFor();
      await debug().go('Step Over', afterPolls);
      await debug().go('Step Back', 233_892);
    });

    it('steps into a run, access by access, and out of it', async () => {
      await debug().jump(1249);
      await debug().go('Step Into', 1250);
      await vscode().tab('run 1249').waitFor();
      await debug()
        .frame(/^page table fill/)
        .waitFor();
      await debug().go('Step Into', 1251);
      await debug().click('Step Out', 230_625);
    });

    it('runs to the end of the recording, and in reverse to its start', async () => {
      const end = debug().frame('end of the recording');
      await debug().run('Continue', () => end.isVisible());
      const start = vscode().page.getByText('Paused at the start of the recording').first();
      await debug().run('Reverse', () => start.isVisible());
    });

    it('pauses a long run, forwards and in reverse', async () => {
      await new Breakpoints(vscode()).addFunction('*');
      await new Breakpoints(vscode()).editFunction('*', 'Condition', NEVER_TRUE_AND_SLOW);
      await debug().run('Continue', () => debug().button('Pause').isVisible());
      const there = await debug().pause();
      assert.ok(there > 0 && there < records, `paused at ${there}`);
      await debug().jump(afterPolls);
      await debug().run('Reverse', () => debug().button('Pause').isVisible());
      const back = await debug().pause();
      assert.ok(back <= afterPolls, `paused at ${back}`);
      await new Breakpoints(vscode()).removeAll();
      await debug().jump(7);
      await debug().go('Step Over', 8);
    });
  });
}

/** Evaluated at every access, it makes a run of a second into one that there is time to pause. */
const NEVER_TRUE_AND_SLOW = `${'ggtt[0] + '.repeat(390)} 0 == 1`;
