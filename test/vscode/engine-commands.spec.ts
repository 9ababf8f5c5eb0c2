import { after, before, describe, it } from 'node:test';
import { Breakpoints } from './support/breakpoints.ts';
import { Debugging } from './support/debugging.ts';
import { useWorkbench } from './support/use-workbench.ts';
import { VariablesView } from './support/variables-view.ts';

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

    it('stop at a breakpoint on a command', async () => {
      await new Breakpoints(vscode()).addFunction('MI_USER_INTERRUPT');
      await debug().button('Continue').click();
      await debug().frame('MI_USER_INTERRUPT').waitFor();
      await marked(/MI_USER_INTERRUPT/);
      await vscode().page.getByText('Paused on function breakpoint').first().waitFor();
    });
  });
});
