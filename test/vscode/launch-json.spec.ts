import assert from 'node:assert/strict';
import { copyFileSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, afterEach, describe, it } from 'node:test';
import { root } from '../support/source-files.ts';
import { Breakpoints } from './support/breakpoints.ts';
import { Debugging } from './support/debugging.ts';
import { FBCON, STACKS } from './support/recordings.ts';
import { useWorkbench } from './support/use-workbench.ts';
import { VariablesView } from './support/variables-view.ts';
import { retry, withinTime } from './support/waiting.ts';

const GUESTS = ['two-guests-first.vgpu.gz', 'two-guests-second.vgpu.gz'];
const launch = { type: 'vgpu', request: 'launch' };
const configurations = [
  // 0x4094 is GEN8_RING_FAULT_REG.
  { ...launch, name: 'Skipping', trace: STACKS.file, skip: ['RING_HWSTAM', '0x4094'] },
  { ...launch, name: 'Running', trace: `\${workspaceFolder}/${FBCON.file}`, stopOnEntry: false },
  { ...launch, name: 'Lost', trace: 'lost.vgpu' },
  { ...launch, name: 'Mistyped', trace: STACKS.file, skpi: ['RING_HWSTAM'] },
  {
    ...launch,
    name: 'Two guests',
    traces: GUESTS,
    hypervisor: 'kvm',
    schedule: 'sliced',
  },
];

/** A folder with the recordings and a launch.json. */
function workspace(): string {
  const folder = mkdtempSync(path.join(tmpdir(), 'vgpu-'));
  for (const file of [STACKS.file, FBCON.file, ...GUESTS]) {
    copyFileSync(path.join(root, 'samples', file), path.join(folder, file));
  }
  mkdirSync(path.join(folder, '.vscode'));
  const text = JSON.stringify({ version: '0.2.0', configurations }, undefined, 2);
  writeFileSync(path.join(folder, '.vscode/launch.json'), text);
  return folder;
}

describe('a launch.json', () => {
  const folder = workspace();
  const vscode = useWorkbench('launch-json', { folder });
  const debug = () => new Debugging(vscode());
  after(() => rmSync(folder, { recursive: true }));
  afterEach(() => debug().end());

  it('is what F5 starts, with no recording open; stepping passes over what it skips', async () => {
    await debug().start();
    await debug().stoppedAt(7);
    await debug().jump(23);
    await debug().go('Step Over', 29);
    await debug().go('Step Back', 23);
    await debug().evaluate('skip');
    await debug().go('Step Over', 24);
  });

  it('can have it run to the first breakpoint', async () => {
    await vscode().command('View: Show Run and Debug');
    await new Breakpoints(vscode()).addFunction('RCS0.ELSP');
    await debug().startNamed('Running');
    await debug().stoppedAt(231_147);
  });

  it('puts two recordings on one host: their threads, and who has what of the host', async () => {
    await vscode().command('View: Show Run and Debug');
    await debug().startNamed('Two guests');
    const { page } = vscode();
    for (const thread of ['vGPU1 driver, two-guests-first', 'vGPU2 driver, two-guests-second']) {
      await page.locator('.debug-call-stack .monaco-list-row', { hasText: thread }).waitFor();
    }
    const variables = new VariablesView(vscode());
    await variables.reveal('Access');
    await variables.closeAll();
    await variables.reveal('Host', /^partition/, /^vGPU 2 =aperture 0xc000000/);
    await variables.reveal('Host', /^scheduler =time slices: nobody runs/);
    await vscode().screenshot('launch-json-two-guests');
  });

  it('with a mistyped attribute runs, and the console says so', async () => {
    await vscode().command('View: Show Run and Debug');
    await debug().startNamed('Mistyped');
    await debug().stoppedAt(7);
    await debug().printed(/"skpi" is no attribute of this debugger; it is not used/);
    await debug().printed(/Did you mean skip\?/);
    const { page } = vscode();
    const told = page.locator('.repl .monaco-list-row', { hasText: 'is no attribute' });
    assert.equal(await told.count(), 1);
  });

  it('with a path that leads nowhere gets a sentence', async () => {
    await debug().startNamed('Lost', async () => {
      const message = vscode().page.locator('.monaco-dialog-box', { hasText: 'lost.vgpu' });
      await message.getByText(/There is no file/).waitFor();
      await vscode().page.keyboard.press('Escape');
      await message.waitFor({ state: 'detached' });
    });
  });

  it('is filled in with snippets', async () => {
    const { page } = vscode();
    const proposal = (label: RegExp) => {
      const named = page.locator('.label-name', { hasText: label });
      return page.locator('.suggest-widget.visible .monaco-list-row', { has: named }).first();
    };
    await retry(
      async (timeout) => {
        await vscode().command('Debug: Add Configuration...');
        await proposal(/./).waitFor({ timeout });
        await page.keyboard.type('vGPU');
        await proposal(/^vGPU: Debug a trace, skipping registers$/).waitFor({ timeout });
        await proposal(/^vGPU: Debug a trace$/).click({ timeout });
        const filled = vscode().line(/"trace": "\$\{workspaceFolder\}\/trace\.vgpu\.gz"/);
        if (await withinTime(filled.waitFor({ timeout }))) return true;
        await vscode().command('File: Revert File');
        return undefined;
      },
      () => 'No snippet is proposed for launch.json.',
      3000,
    );
    await vscode().command('File: Revert File');
  });
});
