import type { Locator, Page } from 'playwright-core';
import { retry } from './waiting.ts';

/**
 * What stands beside a line, by VS Code's names: a breakpoint, one with a condition or hit count, one with a message, all
 * of which the session has taken; or any, taken or not.
 */
export type Mark = 'any' | 'breakpoint' | 'breakpoint-conditional' | 'breakpoint-log';

/** The editor's gutter, in which breakpoints are set and shown. */
export class GutterMarks {
  readonly #page: Page;

  constructor(page: Page) {
    this.#page = page;
  }

  /** Clicks beside a line, once that stands still: a stop may scroll the editor some time after its line is marked. */
  async click(line: Locator, button: 'left' | 'right', timeout: number): Promise<void> {
    const y = await this.#standing(line, timeout);
    const gutter = await this.#page
      .locator('.editor-instance .glyph-margin')
      .first()
      .boundingBox({ timeout });
    if (gutter === null) throw new Error('The editor has no gutter in view.');
    await this.#page.mouse.click(gutter.x + gutter.width / 2, y, { button });
  }

  /** True where the mark stands beside the line within so many milliseconds. */
  async has(line: Locator, mark: Mark, timeout: number): Promise<true | undefined> {
    const end = performance.now() + timeout;
    for (;;) {
      if ((await this.#beside(line, timeout)).some((name) => is(name, mark))) return true;
      if (performance.now() > end) return undefined;
      await this.#page.waitForTimeout(50);
    }
  }

  /** The middle of a line that has been there, at the same place, for some frames. */
  #standing(line: Locator, timeout: number): Promise<number> {
    let before: number | undefined;
    return retry(
      async () => {
        await this.#page.waitForTimeout(100);
        const box = await line.boundingBox({ timeout });
        const stands = box !== null && box.y === before;
        before = box?.y;
        return stands ? box.y + box.height / 2 : undefined;
      },
      () => 'The line is not in view, or does not stand still.',
    );
  }

  /** Names of the icons of breakpoints beside a line, without their prefix. */
  async #beside(line: Locator, timeout: number): Promise<string[]> {
    const names = await line.evaluate(
      (row) => {
        const { top } = row.getBoundingClientRect();
        const editor = row.closest('.monaco-editor');
        return [...(editor?.querySelectorAll('[class*="codicon-debug-breakpoint"]') ?? [])]
          .filter((mark) => Math.abs(mark.getBoundingClientRect().top - top) < 4)
          .flatMap((mark) => [...mark.classList]);
      },
      undefined,
      { timeout },
    );
    const prefix = 'codicon-debug-';
    return names.filter((name) => name.startsWith(prefix)).map((name) => name.slice(prefix.length));
  }
}

function is(name: string, mark: Mark): boolean {
  return mark === 'any' || (name.startsWith(mark) && !name.endsWith('unverified'));
}
