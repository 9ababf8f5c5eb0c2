import type { Locator, Page } from 'playwright-core';
import { chooseFromMenu, rightClick, type Step } from './menu.ts';
import { pattern } from './text.ts';
import { retry, withinTime } from './waiting.ts';
import type { Workbench } from './workbench.ts';

/** What the box below a line can hold, by its names in VS Code. */
export type LineOption = 'Expression' | 'Hit Count' | 'Log Message';

/** Breakpoints, as a user sets them: in the editor's gutter and in the Breakpoints view. */
export class Breakpoints {
  readonly #page: Page;
  readonly #workbench: Workbench;

  constructor(workbench: Workbench) {
    this.#page = workbench.page;
    this.#workbench = workbench;
  }

  /** Clicks the gutter beside a line, until a breakpoint stands there: on a busy machine a click may come to nothing. */
  async setInGutter(line: Locator): Promise<void> {
    await retry(
      async (timeout) => {
        if (await this.#standsAt(line)) return true;
        await this.clickGutter(line);
        const end = performance.now() + timeout;
        while (performance.now() < end) {
          if (await this.#standsAt(line)) return true;
          await this.#page.waitForTimeout(50);
        }
        return undefined;
      },
      () => `A click in the gutter beside ${line} sets no breakpoint.`,
      3000,
    );
  }

  /** Clicks the gutter beside a line, once. */
  async clickGutter(line: Locator, button: 'left' | 'right' = 'left'): Promise<void> {
    await line.waitFor();
    const [at, gutter] = await Promise.all([
      line.boundingBox(),
      this.#page.locator('.editor-instance .glyph-margin').first().boundingBox(),
    ]);
    if (at === null || gutter === null) throw new Error('The line is not in view.');
    await this.#page.mouse.click(gutter.x + gutter.width / 2, at.y + at.height / 2, { button });
  }

  /** Whether the gutter shows a breakpoint beside a line; not the hint under the pointer. */
  async #standsAt(line: Locator): Promise<boolean> {
    const at = await line.boundingBox();
    if (at === null) return false;
    const signs = this.#page.locator(
      '.editor-instance [class*="codicon-debug-breakpoint"]:not([class*="hint"])',
    );
    for (const sign of await signs.all()) {
      const box = await sign.boundingBox();
      if (box !== null && Math.abs(box.y + box.height / 2 - at.y - at.height / 2) < at.height / 2)
        return true;
    }
    return false;
  }

  /** `Edit Breakpoint…` in the gutter, and what is typed into the box that it opens. */
  async editLine(line: Locator, option: LineOption, text: string): Promise<void> {
    await this.#menu(() => this.clickGutter(line, 'right'), 'Edit Breakpoint');
    await this.#fillBox(option, text);
  }

  /** `Add Logpoint…` in the gutter. */
  async addLogpoint(line: Locator, message: string): Promise<void> {
    await this.#menu(() => this.clickGutter(line, 'right'), 'Add Logpoint');
    await this.#fillBox('Log Message', message);
  }

  /** The `+` of the view. */
  async addFunction(name: string): Promise<void> {
    await this.#page.locator('.pane-header', { hasText: 'Breakpoints' }).hover();
    await this.#page.locator('.pane-header [aria-label="Add Function Breakpoint"]').click();
    await this.#typeIntoView(name);
    await this.shown(name);
  }

  /** The pencil beside a function breakpoint, and the entry of the menu that it opens. */
  async editFunction(name: string, what: 'Condition' | 'Hit Count', text: string): Promise<void> {
    const row = await this.shown(name);
    const open = async (timeout: number) => {
      await row.hover({ timeout });
      await row.locator('[aria-label^="Edit Condition"]').click({ timeout });
    };
    await this.#menu(open, `Edit ${what}`);
    await this.#typeIntoView(text);
  }

  /** The context menu of a data breakpoint. */
  async editData(name: string | RegExp, what: 'Condition' | 'Hit Count', text: string) {
    await this.#menu(rightClick(await this.shown(name)), `Edit ${what}`);
    await this.#typeIntoView(text);
  }

  /** The row of a breakpoint in the view; exception filters, which stand above, aside. */
  row(text: string | RegExp): Locator {
    return this.#page
      .locator('.debug-breakpoints .monaco-list-row:not(:has(.breakpoint.exception))', {
        hasText: pattern(text),
      })
      .first();
  }

  /** The same, scrolled to: a view draws only what is in sight, and the user's own breakpoints stand last. */
  async shown(text: string | RegExp): Promise<Locator> {
    const row = this.row(text);
    await retry(
      (timeout) => this.isShown(text, timeout),
      () => `The Breakpoints view has no row ${text}.`,
    );
    return row;
  }

  /** True where the row came into sight in so many milliseconds, after a turn of the wheel. */
  async isShown(text: string | RegExp, timeout: number): Promise<true | undefined> {
    await this.#scrollDown();
    return (await withinTime(this.row(text).waitFor({ timeout }))) || undefined;
  }

  async removeAll(): Promise<void> {
    await this.#workbench.command('Remove All Breakpoints');
    await this.row('').waitFor({ state: 'detached' });
  }

  async #menu(open: Step, entry: string): Promise<void> {
    await retry(
      async (timeout) => {
        await chooseFromMenu(this.#page, open, entry, timeout);
        return true;
      },
      () => `There is no menu with the entry "${entry}", or that does nothing.`,
    );
  }

  async #scrollDown(): Promise<void> {
    await this.#page.locator('.debug-breakpoints .monaco-list').first().hover();
    await this.#page.mouse.wheel(0, 10_000);
  }

  async #fillBox(option: LineOption, text: string): Promise<void> {
    const box = this.#page.locator('.breakpoint-widget');
    await box.locator('select').first().selectOption(option);
    await box.locator('.native-edit-context, textarea.inputarea').first().focus();
    await this.#page.keyboard.press('ControlOrMeta+A');
    await this.#page.keyboard.insertText(text);
    await this.#page.keyboard.press('Enter');
    await box.waitFor({ state: 'detached' });
  }

  async #typeIntoView(text: string): Promise<void> {
    const input = this.#page.locator('.debug-breakpoints input.input');
    // Where the view is short it opens below what is in sight.
    if (!(await withinTime(input.waitFor({ timeout: 2000 })))) await this.#scrollDown();
    await input.fill(text);
    await input.press('Enter');
    await input.waitFor({ state: 'detached' });
  }
}
