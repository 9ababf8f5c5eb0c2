import { after, before, describe, it } from 'node:test';
import { Breakpoints } from './support/breakpoints.ts';
import { Debugging } from './support/debugging.ts';
import { useWorkbench } from './support/use-workbench.ts';
import { VariablesView } from './support/variables-view.ts';

const RECORDING = 'skl-probe-gem-unload.vgpu.gz';
/** The driver submits its first request, and goes on with the interrupt. */
const SUBMISSION = 231_287;
const AFTER = 231_310;
/** Where its first command stands in the ring. */
const FIRST = '0x37ffc000';

describe("an engine's commands", () => {
  const vscode = useWorkbench('engine-commands');
  const debug = () => new Debugging(vscode());

  /** Steps by key, until the editor marks the command's line in its ring, and the call stack shows it. */
  async function to(key: string, command: RegExp, address?: string): Promise<void> {
    await debug().press(key, () => isMarked(command, address));
    await debug().frame(command).waitFor();
  }

  function isMarked(command: RegExp, address = '0x[0-9a-f]{8}'): Promise<boolean> {
    return debug().isMarked(new RegExp(`^${address}  ${command.source}`));
  }

  /** Into the work of an access, which begins with its context. */
  function intoContext(key: string): Promise<void> {
    return debug().press(key, () => debug().frame('loaded next').isVisible());
  }

  /** Runs by button, until the command's line is marked. */
  async function runTo(how: 'Continue' | 'Reverse', command: RegExp): Promise<void> {
    await debug().run(how, () => isMarked(command));
    await debug().frame(command).waitFor();
  }

  describe('of a submission', () => {
    before(() => debug().begin(RECORDING));
    after(() => debug().end());

    it('are stepped into, one by one, in a source of their own', async () => {
      await debug().jump(SUBMISSION);
      await intoContext('F11');
      await debug().frame('context 0x37fe6000, id 0x20, loaded next').waitFor();
      await to('F11', /PIPE_CONTROL/, FIRST);
      await vscode().tab('RCS0 ring at 0x37ffc000').waitFor();
      await to('F11', /PIPE_CONTROL commandStreamerStall .* status page 0xd0 ← 0x0/);
      await to('F11', /PIPE_CONTROL renderTargetCacheFlush/);
      await debug().frame('ring at 0x37ffc000').waitFor();
      await debug().frame('RCS0.ELSP write').waitFor();
    });

    it('are stepped back, one by one, to the access that set them off', async () => {
      await to('Alt+F10', /PIPE_CONTROL commandStreamerStall .* status page 0xd0 ← 0x0/);
      await to('Alt+F10', /PIPE_CONTROL/, FIRST);
      await intoContext('Alt+F10');
      await debug().go('Step Back', SUBMISSION);
    });

    it('are left by a step out', async () => {
      await intoContext('F11');
      await to('F11', /PIPE_CONTROL/, FIRST);
      await debug().click('Step Out', AFTER);
      await debug().go('Step Back', SUBMISSION);
    });

    it('are shown field by field, with the engine that executes them', async () => {
      await intoContext('F11');
      await to('F11', /PIPE_CONTROL/, FIRST);
      const variables = new VariablesView(vscode());
      await variables.reveal('Command', /^command =.*PIPE_CONTROL/);
      await variables.reveal('Command', /^dw1 =/);
      const thread = vscode().page.locator('.debug-call-stack .thread', { hasText: 'RCS0' });
      await thread.first().waitFor();
    });

    it('are coloured, and tell all their fields where the mouse is over them', async () => {
      const line = vscode().line(/^0x[0-9a-f]{8} {2}PIPE_CONTROL .* ggtt 0x37ffe100/);
      await vscode().coloured(line, 4);
      const shown = vscode().page.locator('.debug-hover-widget', { hasText: 'PIPE_CONTROL' });
      await vscode().hover(line.locator('span', { hasText: 'PIPE_CONTROL' }).last(), shown.first());
      await shown
        .getByText(/^DWord Length/)
        .first()
        .waitFor();
      await vscode().screenshot('engine-commands-hover');
    });

    it('stop at a breakpoint that is set in the gutter of their source, and in reverse', async () => {
      await new Breakpoints(vscode()).addLine(vscode().line(/^0x[0-9a-f]{8} {2}MI_USER_INTERRUPT/));
      await runTo('Continue', /MI_USER_INTERRUPT/);
      await vscode().page.getByText('Paused on breakpoint').first().waitFor();
      await to('F11', /MI_ARB_ON_OFF/);
      await runTo('Reverse', /MI_USER_INTERRUPT/);
      await new Breakpoints(vscode()).removeAll();
      await to('Alt+F10', /PIPE_CONTROL .* ggtt 0x37ffe100/);
    });

    it('stop at a breakpoint on a command', async () => {
      await new Breakpoints(vscode()).addFunction('MI_USER_INTERRUPT');
      await runTo('Continue', /MI_USER_INTERRUPT/);
      await vscode().page.getByText('Paused on function breakpoint').first().waitFor();
    });
  });
});
