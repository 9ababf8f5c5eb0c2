import type { Locator } from 'playwright-core';
import { pattern, plain } from './text.ts';
import { withinTime } from './waiting.ts';
import type { Workbench } from './workbench.ts';

/** Commands that move the session, by their names in VS Code. */
export type Movement =
  | 'Continue'
  | 'Step Over'
  | 'Step Into'
  | 'Step Out'
  | 'Step Back'
  | 'Reverse';

const keys: Readonly<Record<Movement, string>> = {
  Continue: 'F5',
  'Step Over': 'F10',
  'Step Into': 'F11',
  'Step Out': 'Shift+F11',
  'Step Back': 'Alt+F10',
  Reverse: 'Alt+F5',
};

/** Where the Debug Console is typed into. */
const CONSOLE_LINE = '.repl-input-wrapper .view-line';

/** A debug session, as a user drives it in VS Code's own views. */
export class Debugging {
  readonly #workbench: Workbench;

  constructor(workbench: Workbench) {
    this.#workbench = workbench;
  }

  /**
   * F5 on the editor in view; done when the session has stopped. A window that has just been opened may not have read
   * its configurations, and F5 then starts nothing: it is pressed again, which does nothing to a session that starts.
   */
  async start(): Promise<void> {
    for (let tries = 0; tries < 4; tries++) {
      await this.#workbench.page.keyboard.press('F5');
      if (await withinTime(this.currentLine().waitFor({ timeout: 15_000 }))) return;
    }
    throw new Error('F5 starts no session.');
  }

  /** Starts a configuration of launch.json by its name; done when the session has stopped, or what is waited for came. */
  async startNamed(
    name: string,
    started: () => Promise<void> = () => this.currentLine().waitFor(),
  ): Promise<void> {
    await this.#workbench.command('Debug: Select and Start Debugging');
    await this.#workbench.quickPick(name);
    await started();
  }

  /** Opens a recording with a click and starts on it with F5. */
  async begin(recording: string): Promise<void> {
    await this.#workbench.openRecording(recording);
    await this.start();
    await this.stoppedAt(7);
  }

  /** Ends the session and leaves no breakpoint and no tab behind. */
  async end(): Promise<void> {
    await this.stop();
    await this.#workbench.command('Remove All Breakpoints');
    await this.#workbench.command('View: Close All Editors');
  }

  /** Ends the session. */
  async stop(): Promise<void> {
    await this.#workbench.page.keyboard.press('Shift+F5');
    await this.currentLine().waitFor({ state: 'detached' });
  }

  /** Steps or runs by its key, and waits until the highlighted line shows the record. */
  async go(how: Movement, record: number): Promise<void> {
    await this.#workbench.page.keyboard.press(keys[how]);
    await this.stoppedAt(record);
  }

  /** The same by its button. */
  async click(how: Movement, record: number): Promise<void> {
    await this.button(how).click();
    await this.stoppedAt(record);
  }

  /** A button of the debug toolbar. */
  button(name: Movement | 'Pause' | 'Restart' | 'Stop'): Locator {
    const button = `.monaco-action-bar .action-label[aria-label^="${name}"]`;
    return this.#workbench.page.locator(button).first();
  }

  /** Breaks off what is running; answers at which record. */
  async pause(): Promise<number> {
    await this.button('Pause').click();
    await this.currentLine().waitFor();
    const where = await this.evaluate('where');
    return Number(/record (\d+)/.exec(where)?.[1]);
  }

  /** Waits until the session stands before a record: its line is highlighted. */
  async stoppedAt(record: number): Promise<void> {
    const { page } = this.#workbench;
    const start = new RegExp(`^\\s*${record}\\s`);
    const line = page.locator('.editor-instance .view-line').filter({ hasText: start }).first();
    const marked = this.currentLine();
    await line.waitFor();
    for (let tries = 0; tries < 300; tries++) {
      const [shown, highlight] = await Promise.all([line.boundingBox(), top(marked)]);
      if (shown !== null && highlight !== undefined && Math.abs(shown.y - highlight) < 4) return;
      await page.waitForTimeout(100);
    }
    throw new Error(`The line of record ${record} is in view, but not highlighted.`);
  }

  /** The highlight of the line at which the program stands. */
  currentLine(): Locator {
    return this.#workbench.page.locator('.debug-top-stack-frame-line').first();
  }

  /** The call stack's frame with this text. */
  frame(text: string | RegExp): Locator {
    return this.#workbench.page
      .locator('.debug-call-stack .stack-frame .label', { hasText: pattern(text) })
      .first();
  }

  /** Texts of the call stack's frames, the innermost first. */
  async callStack(): Promise<string[]> {
    const labels = this.#workbench.page.locator('.debug-call-stack .stack-frame .expression');
    return (await labels.allTextContents()).map(plain);
  }

  /** What the Debug Console is asked, and what it prints for it. */
  async evaluate(expression: string): Promise<string> {
    const { page } = this.#workbench;
    await this.#focusConsole();
    const last = await this.#lastPrinted();
    await page.keyboard.insertText(expression);
    await page.locator(CONSOLE_LINE, { hasText: pattern(expression) }).waitFor();
    await page.keyboard.press('Enter');
    // The console repeats what was typed, then answers.
    const answer = page.locator(`.repl .monaco-list-row[data-index="${last + 2}"]`);
    await answer.waitFor();
    return plain(await answer.textContent());
  }

  /** Types into the Debug Console, accepts what is proposed under a label, and leaves the line empty. */
  async complete(typed: string, label: string): Promise<void> {
    const { page } = this.#workbench;
    await this.#focusConsole();
    await page.keyboard.type(typed);
    const proposals = page.locator('.suggest-widget.visible .monaco-list-row');
    // Not the first one: the console also proposes what has been typed before.
    await proposals.filter({ hasText: label }).first().click();
    await page.locator(CONSOLE_LINE, { hasText: pattern(label) }).waitFor();
    await page.keyboard.press('ControlOrMeta+A');
    await page.keyboard.press('Delete');
  }

  /** A stop may take the focus away again. */
  async #focusConsole(): Promise<void> {
    const focused = this.#workbench.page.locator('.repl-input-wrapper .monaco-editor.focused');
    for (let tries = 0; tries < 10; tries++) {
      await this.#workbench.command('Debug Console: Focus on Debug Console View');
      if (await withinTime(focused.waitFor({ timeout: 3000 }))) return;
    }
    throw new Error('The Debug Console does not take the focus.');
  }

  /** Number of the Debug Console's last line; it draws only the lines in view. */
  async #lastPrinted(): Promise<number> {
    const rows = await this.#workbench.page.locator('.repl .monaco-list-row').all();
    const numbers = await Promise.all(rows.map((row) => row.getAttribute('data-index')));
    return Math.max(-1, ...numbers.map(Number));
  }

  /** Goes to a record by the Debug Console. */
  async jump(record: number): Promise<void> {
    await this.evaluate(`goto ${record}`);
    await this.stoppedAt(record);
  }

  /** Waits for a line of this text in the Debug Console. */
  async printed(text: string | RegExp): Promise<void> {
    await this.#workbench.page
      .locator('.repl .monaco-list-row', { hasText: pattern(text) })
      .first()
      .waitFor();
  }
}

async function top(locator: Locator): Promise<number | undefined> {
  if ((await locator.count()) === 0) return undefined;
  return (await locator.boundingBox())?.y;
}
