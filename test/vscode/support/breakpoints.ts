import type { Locator, Page } from 'playwright-core';
import { GutterMarks } from './gutter-marks.ts';
import { chooseFromMenu, rightClick, type Step } from './menu.ts';
import { pattern } from './text.ts';
import { retry, withinTime } from './waiting.ts';
import type { Workbench } from './workbench.ts';

/** What the box below a line can hold, by its names in VS Code. */
export type LineOption = 'Expression' | 'Hit Count' | 'Log Message';

/**
 * Breakpoints, as a user sets them: in the editor's gutter and in the Breakpoints view. VS Code draws much anew some time
 * after a stop, and gives the focus to the editor; a click, a menu or a box may then come to nothing. So each action is
 * repeated until its effect is seen, and not made where it is seen already.
 */
export class Breakpoints {
  readonly #page: Page;
  readonly #workbench: Workbench;
  readonly #gutter: GutterMarks;

  constructor(workbench: Workbench) {
    this.#page = workbench.page;
    this.#workbench = workbench;
    this.#gutter = new GutterMarks(workbench.page);
  }

  /** Sets a breakpoint with a click in the gutter beside a line. */
  async addLine(line: Locator): Promise<void> {
    await retry(
      async (timeout) => {
        // A second click would take away what the first has set.
        const isSet = await this.#gutter.has(line, 'any', 200);
        if (!isSet) await this.#gutter.click(line, 'left', timeout);
        return this.#gutter.has(line, 'breakpoint', timeout);
      },
      () => 'A click in the gutter sets no breakpoint that the session takes.',
      3000,
    );
  }

  /** `Edit Breakpoint…` in the gutter, and what is typed into the box that it opens. */
  async editLine(line: Locator, option: LineOption, text: string): Promise<void> {
    await this.#lineBox(line, 'Edit Breakpoint', option, text);
  }

  /** `Add Logpoint…` in the gutter. */
  async addLogpoint(line: Locator, message: string): Promise<void> {
    await this.#lineBox(line, 'Add Logpoint', 'Log Message', message);
  }

  /** The `+` of the view. */
  async addFunction(name: string): Promise<void> {
    await retry(
      async (timeout) => {
        if (await this.isShown(name, 200)) return true;
        await this.#page.locator('.pane-header', { hasText: 'Breakpoints' }).hover({ timeout });
        const button = this.#page.locator('.pane-header [aria-label="Add Function Breakpoint"]');
        await button.click({ timeout });
        await this.#typeIntoView(name, timeout);
        return this.isShown(name, timeout);
      },
      () => `The Breakpoints view does not take ${name}.`,
      3000,
    );
  }

  /** The pencil beside a function breakpoint, and the entry of the menu that it opens. */
  async editFunction(name: string, what: 'Condition' | 'Hit Count', text: string): Promise<void> {
    const row = this.row(name);
    const open = async (timeout: number) => {
      await row.hover({ timeout });
      await row.locator('[aria-label^="Edit Condition"]').click({ timeout });
    };
    await this.#edit(name, open, what, text);
  }

  /** The context menu of a data breakpoint. */
  async editData(name: string | RegExp, what: 'Condition' | 'Hit Count', text: string) {
    await this.#edit(name, rightClick(this.row(name)), what, text);
  }

  /** The row of a breakpoint in the view; exception filters, which stand above, aside. */
  row(text: string | RegExp): Locator {
    return this.#page
      .locator('.debug-breakpoints .monaco-list-row:not(:has(.breakpoint.exception))', {
        hasText: pattern(text),
      })
      .first();
  }

  /** Waits for the row: a view draws only what is in sight, and the user's own breakpoints stand last. */
  async shown(text: string | RegExp): Promise<void> {
    await retry(
      (timeout) => this.isShown(text, timeout),
      () => `The Breakpoints view has no row ${text}.`,
    );
  }

  /** True where the row came into sight in so many milliseconds, after a turn of the wheel. */
  async isShown(text: string | RegExp, timeout: number): Promise<true | undefined> {
    await this.#scrollDown();
    return (await withinTime(this.row(text).waitFor({ timeout }))) || undefined;
  }

  async removeAll(): Promise<void> {
    await retry(
      async (timeout) => {
        await this.#workbench.command('Remove All Breakpoints');
        const gone = this.row('').waitFor({ state: 'detached', timeout });
        return (await withinTime(gone)) || undefined;
      },
      () => 'Remove All Breakpoints leaves some.',
      3000,
    );
  }

  async #edit(name: string | RegExp, open: Step, what: string, text: string): Promise<void> {
    const condition = this.#page.locator('.condition', { hasText: pattern(text) });
    const edited = this.row(name).filter({ has: condition });
    await retry(
      async (timeout) => {
        await this.isShown(name, timeout);
        if ((await edited.count()) > 0) return true;
        await chooseFromMenu(this.#page, open, `Edit ${what}`, timeout);
        await this.#typeIntoView(text, timeout);
        return (await withinTime(edited.waitFor({ timeout }))) || undefined;
      },
      () => `The breakpoint ${name} does not take the ${what} ${text}.`,
      3000,
    );
  }

  /** An empty view has no height and nothing to scroll. */
  async #scrollDown(): Promise<void> {
    const list = this.#page.locator('.debug-breakpoints .monaco-list').first();
    if (!(await list.isVisible())) return;
    if (await withinTime(list.hover({ timeout: 1000 }))) await this.#page.mouse.wheel(0, 10_000);
  }

  async #lineBox(line: Locator, entry: string, option: LineOption, text: string): Promise<void> {
    const mark = option === 'Log Message' ? 'breakpoint-log' : 'breakpoint-conditional';
    const box = this.#page.locator('.breakpoint-widget');
    await retry(
      async (timeout) => {
        if (await this.#gutter.has(line, mark, 200)) return true;
        if ((await box.count()) === 0) {
          const open = (time: number) => this.#gutter.click(line, 'right', time);
          await chooseFromMenu(this.#page, open, entry, timeout);
        }
        await this.#fillBox(box, option, text, timeout);
        return this.#gutter.has(line, mark, timeout);
      },
      () => `The line does not take the ${option} ${text}.`,
      3000,
    );
  }

  async #fillBox(box: Locator, option: LineOption, text: string, timeout: number): Promise<void> {
    await box.locator('select').first().selectOption(option, { timeout });
    await box.locator('.native-edit-context, textarea.inputarea').first().focus({ timeout });
    await this.#page.keyboard.press('ControlOrMeta+A');
    await this.#page.keyboard.insertText(text);
    await box.locator('.view-lines', { hasText: pattern(text) }).waitFor({ timeout });
    await this.#page.keyboard.press('Enter');
    await box.waitFor({ state: 'detached', timeout });
  }

  async #typeIntoView(text: string, timeout: number): Promise<void> {
    const input = this.#page.locator('.debug-breakpoints input.input');
    // Where the view is short it opens below what is in sight.
    if (!(await withinTime(input.waitFor({ timeout: 2000 })))) await this.#scrollDown();
    await input.fill(text, { timeout });
    await input.press('Enter', { timeout });
    await input.waitFor({ state: 'detached', timeout });
  }
}
