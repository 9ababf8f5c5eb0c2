import { pattern, plain } from './text.ts';
import { retry, withinTime } from './waiting.ts';
import type { Workbench } from './workbench.ts';

/** Where the Debug Console is typed into. */
const CONSOLE_LINE = '.repl-input-wrapper .view-line';

/** A row of the console, of those in sight. */
interface Row {
  readonly index: number;
  readonly isAnswer: boolean;
  readonly text: string;
}

/** VS Code's Debug Console. A stop may take the focus away at any time: what has not arrived is typed again. */
export class DebugConsole {
  readonly #workbench: Workbench;

  constructor(workbench: Workbench) {
    this.#workbench = workbench;
  }

  /** What an expression is answered. */
  async evaluate(expression: string): Promise<string> {
    const last = Math.max(-1, ...(await this.#rows()).map(({ index }) => index));
    const echo = await retry(
      async (timeout) => {
        await this.#type(expression, timeout);
        await this.#workbench.page.keyboard.press('Enter');
        return this.#find(({ index, text }) => index > last && text === expression, timeout);
      },
      () => `The Debug Console does not take ${expression}.`,
      5000,
    );
    const answer = await retry(
      (timeout) => this.#find(({ index, isAnswer }) => isAnswer && index > echo.index, timeout),
      async () => `${expression} is not answered; there is ${JSON.stringify(await this.#rows())}`,
    );
    return answer.text;
  }

  /** Types, accepts what is proposed under a label, and leaves the line empty. */
  async complete(typed: string, label: string): Promise<void> {
    const { page } = this.#workbench;
    const proposals = page.locator('.suggest-widget.visible .monaco-list-row');
    await retry(
      async (timeout) => {
        await this.#focus(timeout);
        await this.#empty();
        await page.keyboard.type(typed);
        // Not the first one: the console also proposes what has been typed before.
        await proposals.filter({ hasText: label }).first().click({ timeout });
        const line = page.locator(CONSOLE_LINE, { hasText: pattern(label) });
        return (await withinTime(line.waitFor({ timeout }))) || undefined;
      },
      () => `The Debug Console does not complete ${typed} to ${label}.`,
      5000,
    );
    await this.#empty();
  }

  async #type(expression: string, timeout: number): Promise<void> {
    await this.#focus(timeout);
    await this.#empty();
    await this.#workbench.page.keyboard.insertText(expression);
    const line = this.#workbench.page.locator(CONSOLE_LINE, { hasText: pattern(expression) });
    await line.waitFor({ timeout });
  }

  async #empty(): Promise<void> {
    await this.#workbench.page.keyboard.press('ControlOrMeta+A');
    await this.#workbench.page.keyboard.press('Delete');
  }

  async #focus(timeout: number): Promise<void> {
    const focused = this.#workbench.page.locator('.repl-input-wrapper .monaco-editor.focused');
    if ((await focused.count()) > 0) return;
    await this.#workbench.command('Debug Console: Focus on Debug Console View');
    await focused.waitFor({ timeout });
  }

  async #find(wanted: (row: Row) => boolean, timeout: number): Promise<Row | undefined> {
    const end = performance.now() + timeout;
    for (;;) {
      const found = (await this.#rows()).find(wanted);
      if (found !== undefined || performance.now() > end) return found;
      await this.#workbench.page.waitForTimeout(50);
    }
  }

  /** The rows in sight from top to bottom; the console draws no others. */
  async #rows(): Promise<Row[]> {
    const rows = await this.#workbench.page
      .locator('.repl .monaco-list-row:not(.suggest-widget *)')
      .evaluateAll((all) =>
        all.map((row) => ({
          index: Number(row.getAttribute('data-index')),
          isAnswer: row.querySelector('.evaluation-result') !== null,
          text: row.textContent,
        })),
      );
    return rows.map((row) => ({ ...row, text: plain(row.text) })).sort((a, b) => a.index - b.index);
  }
}
