import { after, before, describe, it } from 'node:test';
import type { Locator } from 'playwright-core';
import { Breakpoints } from './support/breakpoints.ts';
import { Debugging } from './support/debugging.ts';
import { useWorkbench } from './support/use-workbench.ts';
import { VariablesView } from './support/variables-view.ts';
import { withinTime } from './support/waiting.ts';

const RECORDING = 'skl-probe-gem-unload.vgpu.gz';
/** The driver submits its first request, and goes on with the interrupt. */
const SUBMISSION = 231_287;
const AFTER = 231_310;

describe("an engine's commands", () => {
  const vscode = useWorkbench('engine-commands');
  const debug = () => new Debugging(vscode());

  /** Steps by key, and waits until the editor marks the command's line in its ring. */
  async function to(key: string, command: RegExp): Promise<void> {
    await vscode().page.keyboard.press(key);
    await debug().frame(command).waitFor();
    await marked(command);
  }

  async function marked(command: RegExp): Promise<void> {
    const { page } = vscode();
    const line = vscode().line(new RegExp(`^0x[0-9a-f]{8}  ${command.source}`));
    await line.waitFor();
    for (let tries = 0; tries < 100; tries++) {
      const [shown, mark] = await Promise.all([line.boundingBox(), top()]);
      if (shown !== null && mark !== undefined && Math.abs(shown.y - mark) < 4) return;
      await page.waitForTimeout(100);
    }
    throw new Error(`The line ${command.source} is in view, but not marked.`);
  }

  async function top(): Promise<number | undefined> {
    const line = debug().currentLine();
    return (await line.count()) === 0 ? undefined : (await line.boundingBox())?.y;
  }

  /** A second click would take away what the first has set, so there is one only where nothing is shown. */
  async function setInGutter(line: Locator): Promise<void> {
    const mark = vscode().page.locator('.editor-instance .codicon-debug-breakpoint').first();
    for (let tries = 0; tries < 5; tries++) {
      await new Breakpoints(vscode()).clickGutter(line);
      if (await withinTime(mark.waitFor({ timeout: 15_000 }))) return;
    }
    throw new Error('A click in the gutter sets no breakpoint that the session takes.');
  }

  async function stoppedAt(command: RegExp): Promise<void> {
    await vscode().page.getByText('Paused on breakpoint').first().waitFor();
    await debug().frame(command).waitFor();
    await marked(command);
  }

  describe('of a submission', () => {
    before(() => debug().begin(RECORDING));
    after(() => debug().end());

    it('are stepped into, one by one, in a source of their own', async () => {
      await debug().jump(SUBMISSION);
      await vscode().page.keyboard.press('F11');
      await debug().frame('context 0x37fe6000, id 0x20, loaded next').waitFor();
      await to('F11', /PIPE_CONTROL/);
      await vscode().tab('RCS0 ring at 0x37ffc000').waitFor();
      await to('F11', /PIPE_CONTROL commandStreamerStall .* status page 0xd0 ← 0x0/);
      await to('F11', /PIPE_CONTROL renderTargetCacheFlush/);
      await debug().frame('ring at 0x37ffc000').waitFor();
      await debug().frame('RCS0.ELSP write').waitFor();
    });

    it('are stepped back, one by one, to the access that set them off', async () => {
      await to('Alt+F10', /PIPE_CONTROL commandStreamerStall .* status page 0xd0 ← 0x0/);
      await to('Alt+F10', /PIPE_CONTROL/);
      await vscode().page.keyboard.press('Alt+F10');
      await debug().frame('loaded next').waitFor();
      await debug().go('Step Back', SUBMISSION);
    });

    it('are left by a step out', async () => {
      await vscode().page.keyboard.press('F11');
      await debug().frame('loaded next').waitFor();
      await to('F11', /PIPE_CONTROL/);
      await debug().click('Step Out', AFTER);
      await debug().go('Step Back', SUBMISSION);
    });

    it('are shown field by field, with the engine that executes them', async () => {
      await vscode().page.keyboard.press('F11');
      await debug().frame('loaded next').waitFor();
      await to('F11', /PIPE_CONTROL/);
      const variables = new VariablesView(vscode());
      await variables.reveal('Command', /^command =.*PIPE_CONTROL/);
      await variables.reveal('Command', /^dw1 =/);
      const thread = vscode().page.locator('.debug-call-stack .thread', { hasText: 'RCS0' });
      await thread.first().waitFor();
    });

    it('stop at a breakpoint that is set in the gutter of their source, and in reverse', async () => {
      await setInGutter(vscode().line(/^0x[0-9a-f]{8} {2}MI_USER_INTERRUPT/));
      await debug().button('Continue').click();
      await stoppedAt(/MI_USER_INTERRUPT/);
      await to('F11', /MI_ARB_ON_OFF/);
      await debug().button('Reverse').click();
      await stoppedAt(/MI_USER_INTERRUPT/);
      await new Breakpoints(vscode()).removeAll();
      await to('Alt+F10', /PIPE_CONTROL .* ggtt 0x37ffe100/);
    });

    it('stop at a breakpoint on a command', async () => {
      await new Breakpoints(vscode()).addFunction('MI_USER_INTERRUPT');
      await debug().button('Continue').click();
      await debug().frame('MI_USER_INTERRUPT').waitFor();
      await marked(/MI_USER_INTERRUPT/);
      await vscode().page.getByText('Paused on function breakpoint').first().waitFor();
    });
  });
});
