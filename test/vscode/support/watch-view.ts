import type { Locator, Page } from 'playwright-core';
import { pattern } from './text.ts';
import { retry, withinTime } from './waiting.ts';
import type { Workbench } from './workbench.ts';

/** VS Code's Watch view. */
export class WatchView {
  readonly #page: Page;

  constructor({ page }: Workbench) {
    this.#page = page;
  }

  /** The `+` of the view. */
  async add(expression: string): Promise<void> {
    const input = this.#page.locator('.debug-watch input:visible');
    const added = this.row(expression);
    await retry(
      async (timeout) => {
        if ((await added.count()) > 0) return true;
        await this.#click('Add Expression', timeout);
        await input.fill(expression, { timeout });
        await input.press('Enter', { timeout });
        return (await withinTime(added.waitFor({ timeout }))) || undefined;
      },
      () => `The Watch view does not take ${expression}.`,
      3000,
    );
  }

  /** The row of an expression: `expression =value`. */
  row(text: string | RegExp): Locator {
    return this.#page.locator('.debug-watch .monaco-list-row', { hasText: pattern(text) }).first();
  }

  async removeAll(): Promise<void> {
    await retry(
      async (timeout) => {
        await this.#click('Remove All Expressions', timeout);
        const gone = this.row('').waitFor({ state: 'detached', timeout });
        return (await withinTime(gone)) || undefined;
      },
      () => 'The Watch view keeps expressions.',
      3000,
    );
  }

  /** A button in the view's title. */
  async #click(label: string, timeout: number): Promise<void> {
    await this.#page.locator('.pane-header', { hasText: 'Watch' }).hover({ timeout });
    await this.#page.locator(`.pane-header [aria-label="${label}"]`).click({ timeout });
  }
}
