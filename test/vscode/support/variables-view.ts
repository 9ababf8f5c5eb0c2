import type { Locator, Page } from 'playwright-core';
import { contextMenu } from './menu.ts';
import { pattern, plain } from './text.ts';
import type { Workbench } from './workbench.ts';

/** VS Code's Variables view. It draws only the rows in view, so rows are looked for by scrolling. */
export class VariablesView {
  readonly #page: Page;

  constructor({ page }: Workbench) {
    this.#page = page;
  }

  /** The row with this text, of those that are in view: a scope, or `name = value`. */
  row(text: string | RegExp): Locator {
    return this.#rows()
      .filter({ hasText: pattern(text) })
      .first();
  }

  /** Scrolls down from the top, or from a row on, until the row is in view. */
  async reveal(text: string | RegExp, from?: Locator): Promise<Locator> {
    const row = this.row(text);
    if (from === undefined) await this.#toTop();
    for (let tries = 0; tries < 200; tries++) {
      if ((await row.count()) > 0) return row;
      await this.#list().hover();
      await this.#page.mouse.wheel(0, 100);
      await this.#page.waitForTimeout(50);
    }
    throw new Error(`The Variables view has no row ${text}.`);
  }

  /** Opens one row after the other, each found below the one before. */
  async open(...path: (string | RegExp)[]): Promise<void> {
    let above: Locator | undefined;
    for (const text of path) {
      const row = await this.reveal(text, above);
      if ((await row.getAttribute('aria-expanded')) !== 'true')
        await row.locator('.monaco-tl-twistie').click();
      await this.#page.waitForTimeout(300);
      above = row;
    }
  }

  /** Closes all scopes but the one that is opened anew at each stop. */
  async closeAll(): Promise<void> {
    await this.#page.locator('.pane-header', { hasText: 'Variables' }).hover();
    await this.#page.locator('.pane-header [aria-label="Collapse All"]').first().click();
  }

  async texts(): Promise<string[]> {
    return (await this.#rows().allTextContents()).map(plain);
  }

  /** Types another value into a row, after a double click on it. */
  async set(row: Locator, value: string): Promise<void> {
    await row.locator('.expression').dblclick();
    const input = this.#page.locator('.debug-variables input');
    await input.fill(value);
    await input.press('Enter');
  }

  async breakOn(row: Locator, change: 'Value Change' | 'Value Read' | 'Value Access') {
    await contextMenu(this.#page, row, `Break on ${change}`);
  }

  async #toTop(): Promise<void> {
    await this.#list().hover();
    await this.#page.mouse.wheel(0, -100_000);
    await this.#page.waitForTimeout(100);
  }

  #list(): Locator {
    return this.#page.locator('.debug-variables .monaco-list').first();
  }

  #rows(): Locator {
    return this.#page.locator('.debug-variables .monaco-list-row');
  }
}
