import { copyFileSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, afterEach, describe, it } from 'node:test';
import { root } from '../support/source-files.ts';
import { Breakpoints } from './support/breakpoints.ts';
import { Debugging } from './support/debugging.ts';
import { useWorkbench } from './support/use-workbench.ts';
import { VariablesView } from './support/variables-view.ts';

const BOCHS = 'bochs_display.qemu.trace.gz';
const DUMP = 'skl_hang.error_state.txt';
const launch = { type: 'vgpu', request: 'launch' };
const configurations = [
  { ...launch, name: 'Bochs', trace: BOCHS, registers: 'bochs-display.json' },
  { ...launch, name: 'Hang', trace: DUMP },
];

/** A folder with a trace of a device that is not emulated, its registers, a dump, and a launch.json. */
function workspace(): string {
  const folder = mkdtempSync(path.join(tmpdir(), 'vgpu-'));
  for (const file of [BOCHS, DUMP, 'registers/bochs-display.json']) {
    copyFileSync(path.join(root, 'samples', file), path.join(folder, path.basename(file)));
  }
  mkdirSync(path.join(folder, '.vscode'));
  const text = JSON.stringify({ version: '0.2.0', configurations }, undefined, 2);
  writeFileSync(path.join(folder, '.vscode/launch.json'), text);
  return folder;
}

describe('what is not a trace of a vGPU', () => {
  const folder = workspace();
  const vscode = useWorkbench('other-devices', { folder });
  const debug = () => new Debugging(vscode());
  after(() => rmSync(folder, { recursive: true }));
  afterEach(() => debug().end());

  it('a device without a model is stepped with the registers that a file names', async () => {
    await vscode().command('View: Show Run and Debug');
    await new Breakpoints(vscode()).addFunction('write DISPI_ENABLE_BANK');
    await debug().startNamed('Bochs');
    await debug().go('Continue', 269);
    await vscode()
      .line(/W16 +DISPI_ENABLE_BANK +0x/)
      .waitFor();
    await new VariablesView(vscode()).open('Registers', 'Display', /^DISPI_ENABLE_BANK/);
  });

  it('a click shows its trace, by offsets as long as nobody has named them', async () => {
    await vscode().openRecording(BOCHS);
    await vscode()
      .line(/R16 +mmio 0x000500 +0xb0c5/)
      .waitFor();
  });

  it('an error state stands at the command that hung', async () => {
    await debug().startNamed('Hang');
    await debug()
      .frame(/PIPE_CONTROL/)
      .click();
    await debug().frame('batch at 0xfffefffee000').waitFor();
    await new VariablesView(vscode()).reveal('Dump', 'rcs0', /^INSTDONE.*not done: CS/);
  });
});
