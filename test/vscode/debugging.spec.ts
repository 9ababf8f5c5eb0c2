import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { Debugging } from './support/debugging.ts';
import { useWorkbench } from './support/use-workbench.ts';

describe('debugging a recording without a launch.json', () => {
  const vscode = useWorkbench('debugging');
  const debug = () => new Debugging(vscode());

  it('stops before the first record on F5, and highlights it', async () => {
    await vscode().openFile('skl-probe-gem-unload.vgpu.gz');
    await vscode().line('// Recording of ').waitFor();
    await debug().start();
    await debug().stoppedAt(7);
    await debug().frame('PMCSR').waitFor();
  });

  it('steps to the next row and back, by keys and by buttons', async () => {
    await debug().go('Step Over', 8);
    await debug().go('Step Back', 7);
    await debug().click('Step Over', 8);
    await debug().click('Step Back', 7);
  });

  it('runs to a line breakpoint, forwards and backwards', async () => {
    await debug().toggleBreakpoint(vscode().line(/^ +15 .*VGT_VERSION/));
    await debug().go('Continue', 15);
    await debug().go('Step Over', 16);
    await debug().go('Step Over', 18);
    await debug().go('Reverse', 15);
    await debug().removeAllBreakpoints();
  });

  it('runs to a function breakpoint: an access to a register by its name', async () => {
    await debug().breakOn('GEN8_FUSE2');
    await debug().go('Continue', 22);
    await debug().removeAllBreakpoints();
    await debug().go('Step Back', 21);
  });

  it('shows the access taken apart into fields', async () => {
    await debug().expand('Access');
    await debug()
      .variable(/at =.*CTC_MODE/)
      .waitFor();
  });

  it('evaluates in the Debug Console', async () => {
    assert.match(await debug().evaluate('VGT_CAPS'), /0x0000001c hugeGtt/);
  });

  it('ends', async () => {
    await debug().stop();
  });
});
