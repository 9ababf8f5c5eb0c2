import type { Locator, Page } from 'playwright-core';
import { chooseFromMenu, rightClick } from './menu.ts';
import { pattern, plain } from './text.ts';
import { rowAt, type TreePath, type TreeRow } from './tree-rows.ts';
import { retry, withinTime } from './waiting.ts';
import type { Workbench } from './workbench.ts';

/** Milliseconds after a turn of the wheel: rows are drawn a frame later, which has no other sign. */
const FRAME = 50;

/**
 * VS Code's Variables view. It draws only the rows in sight, so rows are looked for by scrolling; and some time after a
 * stop or a change it draws everything anew, with what was open closed again. Rows are therefore named by their whole
 * path from the scope on, and a path is opened from its first row for as long as its last one is not there.
 */
export class VariablesView {
  readonly #page: Page;

  constructor({ page }: Workbench) {
    this.#page = page;
  }

  /** Opens the rows of a path but the last, and scrolls until that is in sight. */
  async reveal(...path: TreePath): Promise<void> {
    await this.#retry(path, (timeout) => this.#walk(path, timeout));
  }

  /** Opens all rows of a path. */
  async open(...path: TreePath): Promise<void> {
    await this.#retry(path, (timeout) => this.#openAll(path, timeout));
  }

  /** Waits until VS Code has drawn the view anew for a stop before a record, which opens the first scope. */
  async settled(record: number): Promise<void> {
    await this.reveal('Access', new RegExp(`^record =${record}$`));
  }

  /** Closes all scopes but the first, which VS Code opens anew at each stop. */
  async closeAll(): Promise<void> {
    const open = this.#rows().and(
      this.#page.locator('[aria-expanded="true"]:not([data-index="0"])'),
    );
    await retry(
      async (timeout) => {
        await this.#page.locator('.pane-header', { hasText: 'Variables' }).hover({ timeout });
        const button = this.#page.locator('.pane-header [aria-label="Collapse All"]').first();
        await button.click({ timeout });
        await open.first().waitFor({ state: 'detached', timeout });
        return true;
      },
      async () => `The Variables view does not close its scopes; it shows ${await this.#texts()}`,
    );
  }

  /** Types another value into the row at the end of a path, until the path's last row is another one. */
  async set(path: TreePath, value: string, changed: string | RegExp): Promise<void> {
    const result = [...path.slice(0, -1), changed];
    await this.#retry(result, async (timeout) => {
      const row = await this.#walk(path, timeout);
      if (row !== undefined) await withinTime(this.#type(row, value, timeout));
      return this.#walk(result, timeout);
    });
  }

  /** Runs an entry of the context menu of the row at the end of a path, until that has had its effect. */
  async breakOn(
    path: TreePath,
    change: 'Value Change' | 'Value Read' | 'Value Access',
    effect: (timeout: number) => Promise<true | undefined>,
  ): Promise<void> {
    await this.#retry(path, async (timeout) => {
      const row = await this.#walk(path, timeout);
      if (row === undefined) return undefined;
      const open = rightClick(row);
      await chooseFromMenu(this.#page, open, `Break on ${change}`, timeout);
      return effect(timeout);
    });
  }

  #retry<T>(path: TreePath, act: (timeout: number) => Promise<T | undefined>): Promise<T> {
    const failure = async () =>
      `The Variables view has no row ${path.join(' > ')}, or that does nothing; it shows ${await this.#texts()}`;
    return retry(act, failure);
  }

  /** Answers a path's last row where it is in sight; else opens what stands above it, from the top, and looks for it. */
  async #walk(path: TreePath, timeout: number): Promise<Locator | undefined> {
    const inSight = rowAt(await this.#drawn(), path);
    if (inSight !== undefined) return this.#at(inSight);
    if (!(await this.#openAll(path.slice(0, -1), timeout))) return undefined;
    return this.#search(path, timeout);
  }

  async #openAll(path: TreePath, timeout: number): Promise<true | undefined> {
    await this.#toTop(timeout);
    for (let depth = 1; depth <= path.length; depth++) {
      const row = await this.#search(path.slice(0, depth), timeout);
      if (row === undefined || !(await this.#expand(row, timeout))) return undefined;
    }
    return true;
  }

  async #expand(row: Locator, timeout: number): Promise<boolean> {
    const expanded = row.and(this.#page.locator('[aria-expanded="true"]'));
    if ((await expanded.count()) > 0) return true;
    await row.locator('.monaco-tl-twistie').click({ timeout });
    return withinTime(expanded.waitFor({ timeout }));
  }

  /** Scrolls down from here until the row is in sight. */
  async #search(path: TreePath, timeout: number): Promise<Locator | undefined> {
    const found = await this.#scroll(1, (rows) => rowAt(rows, path), timeout);
    return found && this.#at(found);
  }

  /** Turns the wheel until a row is in sight, or until that has changed nothing for so many milliseconds. */
  async #scroll(
    direction: 1 | -1,
    find: (rows: readonly TreeRow[]) => TreeRow | undefined,
    timeout: number,
  ): Promise<TreeRow | undefined> {
    let before = '';
    let changed = performance.now();
    for (;;) {
      const rows = await this.#drawn();
      const row = find(rows);
      if (row !== undefined) return row;
      const shown = rows.map(({ index, text }) => `${index} ${text}`).join();
      if (shown !== before) changed = performance.now();
      else if (performance.now() - changed > timeout) return undefined;
      before = shown;
      await this.#wheel(direction, rows.length, timeout);
    }
  }

  async #toTop(timeout: number): Promise<void> {
    await this.#scroll(-1, (rows) => rows.find(({ index }) => index === 0), timeout);
  }

  /** Scrolls by nearly as many rows as there are in sight: one turn of the wheel moves the view by a little over two. */
  async #wheel(direction: 1 | -1, rows: number, timeout: number): Promise<void> {
    // In the corner: elsewhere what pops up under the pointer would take the wheel for itself.
    const list = this.#page.locator('.debug-variables .monaco-list').first();
    await list.hover({ position: { x: 2, y: 2 }, timeout });
    for (let turned = 0; turned === 0 || turned + 3 < rows; turned += 3)
      await this.#page.mouse.wheel(0, direction * 100);
    await this.#page.waitForTimeout(FRAME);
  }

  async #type(row: Locator, value: string, timeout: number): Promise<void> {
    await row.locator('.expression').dblclick({ timeout });
    // Rows that are used again keep the boxes that they had, unseen.
    const input = this.#page.locator('.debug-variables input:visible');
    await input.fill(value, { timeout });
    await input.press('Enter', { timeout });
    await input.waitFor({ state: 'detached', timeout });
  }

  /** The row as long as it stands where it stood and says what it said. */
  #at({ index, text }: TreeRow): Locator {
    const place = this.#page.locator(`[data-index="${index}"]`);
    return this.#rows()
      .and(place)
      .filter({ hasText: pattern(text) });
  }

  #drawn(): Promise<TreeRow[]> {
    return this.#rows().evaluateAll((rows) =>
      rows.map((row) => ({
        index: Number(row.getAttribute('data-index')),
        level: Number(row.getAttribute('aria-level')),
        text: (row.textContent ?? '').replaceAll('\u00a0', ' ').trim(),
      })),
    );
  }

  async #texts(): Promise<string> {
    return (await this.#rows().allTextContents()).map(plain).join(', ');
  }

  #rows(): Locator {
    return this.#page.locator('.debug-variables .monaco-list-row');
  }
}
