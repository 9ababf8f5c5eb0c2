import type { Locator, Page } from 'playwright-core';

/** Opens the context menu of a place in the window and runs an entry of it. */
export async function contextMenu(page: Page, target: Locator, entry: string): Promise<void> {
  await target.click({ button: 'right' });
  await menuEntry(page, entry);
}

/** Runs an entry of the menu that is open. */
export async function menuEntry(page: Page, entry: string): Promise<void> {
  const item = page.locator('.monaco-menu a.action-menu-item').filter({ hasText: entry }).first();
  // Menus ignore clicks on entries that the pointer has not been over.
  await item.hover();
  await item.click();
  await item.waitFor({ state: 'detached' });
}
