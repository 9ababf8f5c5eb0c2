import type { Locator, Page } from 'playwright-core';
import { pattern } from './text.ts';
import type { Workbench } from './workbench.ts';

/** VS Code's Watch view. */
export class WatchView {
  readonly #page: Page;

  constructor({ page }: Workbench) {
    this.#page = page;
  }

  /** The `+` of the view. */
  async add(expression: string): Promise<void> {
    await this.#click('Add Expression');
    const input = this.#page.locator('.debug-watch input:visible');
    await input.fill(expression);
    await input.press('Enter');
    await input.waitFor({ state: 'detached' });
  }

  /** The row of an expression: `expression =value`. */
  row(text: string | RegExp): Locator {
    return this.#page.locator('.debug-watch .monaco-list-row', { hasText: pattern(text) }).first();
  }

  async removeAll(): Promise<void> {
    await this.#click('Remove All Expressions');
    await this.row('').waitFor({ state: 'detached' });
  }

  /** A button in the view's title. */
  async #click(label: string): Promise<void> {
    await this.#page.locator('.pane-header', { hasText: 'Watch' }).hover();
    await this.#page.locator(`.pane-header [aria-label="${label}"]`).click();
  }
}
