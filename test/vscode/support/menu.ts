import type { Locator, Page } from 'playwright-core';
import { withinTime } from './waiting.ts';

/** A step that may take so many milliseconds, and throws where it does not come about. */
export type Step = (timeout: number) => Promise<unknown>;

/**
 * Opens a menu and runs an entry of it. A menu closes when something else takes the focus, as an editor does at a stop:
 * that it has gone does not say that the entry was run, for which callers look.
 */
export async function chooseFromMenu(
  page: Page,
  open: Step,
  entry: string,
  timeout: number,
): Promise<void> {
  const menu = page.locator('.monaco-menu');
  const item = menu.locator('a.action-menu-item').filter({ hasText: entry }).first();
  if ((await menu.count()) > 0) await page.keyboard.press('Escape');
  await open(timeout);
  await item.waitFor({ timeout });
  // Menus ignore the mouse for the first tenth of a second, and clicks on entries that the pointer has not been over.
  for (let tries = 0; tries < 5; tries++) {
    await item.hover({ timeout });
    await item.click({ timeout });
    if (await withinTime(item.waitFor({ state: 'detached', timeout: 500 }))) return;
  }
  throw new Error(`The menu's entry "${entry}" does nothing.`);
}

/** A click that opens the context menu of a place in the window. */
export function rightClick(target: Locator): Step {
  return (timeout) => target.click({ button: 'right', timeout });
}
