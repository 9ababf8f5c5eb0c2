import type { Locator, Page } from 'playwright-core';
import { withinTime } from './waiting.ts';

/** Opens the context menu of a place in the window and runs an entry of it. */
export async function contextMenu(page: Page, target: Locator, entry: string): Promise<void> {
  await target.click({ button: 'right' });
  await menuEntry(page, entry);
}

/**
 * Runs an entry of the menu that is open. Menus ignore the mouse for the first tenth of a second, and clicks on entries
 * that the pointer has not been over: an entry is clicked until the menu has gone.
 */
export async function menuEntry(page: Page, entry: string): Promise<void> {
  const item = page.locator('.monaco-menu a.action-menu-item').filter({ hasText: entry }).first();
  for (let tries = 0; tries < 10; tries++) {
    await item.hover();
    await item.click();
    if (await withinTime(item.waitFor({ state: 'detached', timeout: 1000 }))) return;
  }
  throw new Error(`The menu's entry "${entry}" does nothing.`);
}
