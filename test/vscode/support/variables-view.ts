import type { Locator, Page } from 'playwright-core';
import { contextMenu } from './menu.ts';
import { pattern, plain } from './text.ts';
import { withinTime } from './waiting.ts';
import type { Workbench } from './workbench.ts';

/** The row at the very top. */
const FIRST = '[data-index="0"]';
/** Milliseconds until a row that is looked for is given up. */
const PATIENCE = 30_000;

/** Turns of the wheel without effect after which the view is taken to be at its bottom, and not just slow. */
const AT_BOTTOM = 5;

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
    await this.#scroll(250, row, from === undefined);
    return row;
  }

  /** Opens one row after the other, each found below the one before; answers the last. */
  async open(...path: (string | RegExp)[]): Promise<Locator> {
    let above: Locator | undefined;
    for (const text of path) above = await this.#expand(text, above);
    return above ?? this.row('');
  }

  /** Some time after a stop VS Code draws everything anew, and opens the first scope: waits until it has. */
  async settled(record: number): Promise<void> {
    await this.reveal(new RegExp(`^record =${record}$`));
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
    // Rows that are used again keep the boxes that they had, unseen.
    const input = this.#page.locator('.debug-variables input:visible');
    await input.fill(value);
    await input.press('Enter');
    await input.waitFor({ state: 'detached' });
  }

  async breakOn(row: Locator, change: 'Value Change' | 'Value Read' | 'Value Access') {
    await contextMenu(this.#page, row, `Break on ${change}`);
  }

  /** On a busy machine a click may come to nothing. */
  async #expand(text: string | RegExp, above: Locator | undefined): Promise<Locator> {
    const row = this.row(text);
    const expanded = row.and(this.#page.locator('[aria-expanded="true"]'));
    for (let tries = 0; tries < 10; tries++) {
      await this.reveal(text, tries === 0 ? above : undefined);
      if ((await expanded.count()) > 0) return row;
      await withinTime(row.locator('.monaco-tl-twistie').click({ timeout: 1000 }));
      if (await withinTime(expanded.waitFor({ timeout: 1000 }))) return row;
    }
    throw new Error(`${row} does not open.`);
  }

  #toTop(): Promise<void> {
    return this.#scroll(-100_000, this.#rows().and(this.#page.locator(FIRST)));
  }

  /**
   * Turns the mouse's wheel until the row is in view. `again`: from the top once more where there is nothing further
   * down, as the view may have been drawn anew for a stop while it was scrolled.
   */
  async #scroll(by: number, row: Locator, again = false): Promise<void> {
    const end = Date.now() + PATIENCE;
    let above = '';
    let unchanged = 0;
    while (Date.now() < end) {
      if ((await row.count()) > 0) return;
      const shown = again ? (await this.texts()).join() : '';
      unchanged = shown === above ? unchanged + 1 : 0;
      above = shown;
      if (again && unchanged === AT_BOTTOM) await this.#toTop();
      if ((await row.count()) > 0) return;
      // In the corner: elsewhere what pops up under the pointer would take the wheel for itself.
      await this.#list().hover({ position: { x: 2, y: 2 } });
      await this.#page.mouse.wheel(0, by);
      // Rows are drawn a frame after the scrolling, which has no other sign.
      await this.#page.waitForTimeout(50);
    }
    throw new Error(`The Variables view has no row ${row}; it shows ${await this.texts()}`);
  }

  #list(): Locator {
    return this.#page.locator('.debug-variables .monaco-list').first();
  }

  #rows(): Locator {
    return this.#page.locator('.debug-variables .monaco-list-row');
  }
}
