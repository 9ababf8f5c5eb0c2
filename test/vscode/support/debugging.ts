import type { Locator } from 'playwright-core';
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

/** A debug session, as a user drives it in VS Code's own views. */
export class Debugging {
  readonly #workbench: Workbench;

  constructor(workbench: Workbench) {
    this.#workbench = workbench;
  }

  /** F5 on the editor in view; done when the session has stopped. */
  async start(): Promise<void> {
    await this.#workbench.page.keyboard.press('F5');
    await this.currentLine().waitFor();
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
    const button = `.monaco-action-bar .action-label[aria-label^="${how}"]`;
    await this.#workbench.page.locator(button).first().click();
    await this.stoppedAt(record);
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
      .locator('.debug-call-stack .stack-frame', { hasText: text })
      .first();
  }

  /** Texts of the call stack's frames, the innermost first. */
  callStack(): Promise<string[]> {
    return this.#workbench.page.locator('.debug-call-stack .stack-frame .label').allTextContents();
  }

  /** The row of a scope or variable in the Variables view. */
  variable(text: string | RegExp): Locator {
    return this.#workbench.page
      .locator('.debug-variables .monaco-list-row', { hasText: text })
      .first();
  }

  /** Opens a scope or a structured variable, where it is not open yet. */
  async expand(text: string | RegExp): Promise<void> {
    const row = this.variable(text);
    await row.waitFor();
    if ((await row.getAttribute('aria-expanded')) === 'true') return;
    await row.locator('.monaco-tl-twistie').click();
  }

  /** Runs an entry of the context menu of a row (`Break on Value Change`). */
  async menu(row: Locator, entry: string): Promise<void> {
    await row.click({ button: 'right' });
    await this.#workbench.page
      .locator('.context-view .action-item', { hasText: entry })
      .first()
      .click();
  }

  /** Evaluates in the Debug Console and answers what it printed. */
  async evaluate(expression: string): Promise<string> {
    await this.#workbench.command('Debug Console: Focus on Debug Console View');
    const results = this.#workbench.page.locator('.repl .evaluation-result');
    const before = await results.count();
    await this.#workbench.page.keyboard.insertText(expression);
    await this.#workbench.page.keyboard.press('Enter');
    await results.nth(before).waitFor();
    return (await results.nth(before).textContent()) ?? '';
  }

  /** Sets or takes back the breakpoint on a line of the editor that is in view. */
  async toggleBreakpoint(line: Locator): Promise<void> {
    await line.click();
    await this.#workbench.page.keyboard.press('F9');
  }

  /** Adds a function breakpoint through the Breakpoints view. */
  async breakOn(name: string): Promise<void> {
    await this.#workbench.command('Function Breakpoint');
    const input = this.#workbench.page.locator('.debug-breakpoints input');
    await input.fill(name);
    await input.press('Enter');
  }

  async removeAllBreakpoints(): Promise<void> {
    await this.#workbench.command('Remove All Breakpoints');
  }
}

async function top(locator: Locator): Promise<number | undefined> {
  if ((await locator.count()) === 0) return undefined;
  return (await locator.boundingBox())?.y;
}
