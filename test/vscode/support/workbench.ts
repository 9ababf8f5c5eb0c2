import { mkdirSync } from 'node:fs';
import path from 'node:path';
import type { Locator, Page } from 'playwright-core';
import { root } from '../../support/source-files.ts';
import { openBrowser } from './browser.ts';
import { startVsCode } from './started-vscode.ts';
import { pattern } from './text.ts';

const screenshots = path.join(root, 'test-results/screenshots');
/** The debug toolbar must not lie over what is clicked. */
const settings = {
  'debug.toolBarLocation': 'docked',
  'git.enabled': false,
  'workbench.colorTheme': 'Default Dark Modern',
};
/** Milliseconds; two busy cores may take long over one step. */
const patience = 60_000;

/** VS Code's window, as a user handles it. */
export class Workbench {
  readonly page: Page;
  readonly #close: () => Promise<void>;

  constructor(page: Page, close: () => Promise<void>) {
    this.page = page;
    this.#close = close;
  }

  /** Starts VS Code on the samples and waits until its files are shown. `name` also names screenshots. */
  static async open(name: string, options: { folder?: string } = {}): Promise<Workbench> {
    const vscode = await startVsCode({ name, settings, ...options });
    const browser = await openBrowser();
    const close = async () => {
      await browser.close();
      await vscode.stop();
    };
    browser.page.setDefaultTimeout(patience);
    try {
      await browser.page.goto(vscode.address);
      await browser.page.locator('.explorer-folders-view .monaco-list-row').first().waitFor();
      const workbench = new Workbench(browser.page, close);
      await workbench.#extensionIsKnown();
      return workbench;
    } catch (error) {
      await close();
      throw error;
    }
  }

  /** The explorer shows files some seconds before the server has told which extensions there are. */
  async #extensionIsKnown(): Promise<void> {
    const row = this.page.locator('.quick-input-list .monaco-list-row', { hasText: 'vGPU: Debug' });
    for (let tries = 0; tries < 60; tries++) {
      await this.page.keyboard.press('F1');
      await this.page.locator('.quick-input-widget input[type="text"]').fill('>vGPU: Debug');
      await this.page.waitForTimeout(500);
      const known = (await row.count()) > 0;
      await this.page.keyboard.press('Escape');
      if (known) return;
    }
    throw new Error('VS Code does not know the extension.');
  }

  close(): Promise<void> {
    return this.#close();
  }

  /**
   * Runs a command of the palette by its full title (`Debug: Continue`). The palette lists what can be done at the
   * moment it is opened: it is opened again until the command can be.
   */
  async command(title: string): Promise<void> {
    const box = this.page.locator('.quick-input-widget input[type="text"]');
    const row = this.page.locator('.quick-input-list .monaco-list-row', { hasText: title }).first();
    for (let attempt = 0; attempt < 20; attempt++) {
      await this.page.keyboard.press('F1');
      await box.fill(`>${title}`);
      if (await shownWithin(row, 3000)) return row.click();
      await this.page.keyboard.press('Escape');
    }
    throw new Error(`VS Code's palette does not list "${title}".`);
  }

  /** Chooses an entry of the list that a command shows. */
  async quickPick(label: string): Promise<void> {
    await this.page
      .locator('.quick-input-list .monaco-list-row', { hasText: label })
      .first()
      .click();
  }

  /** Types into the box that a command shows. */
  async answer(text: string): Promise<void> {
    const box = this.page.locator('.quick-input-widget input[type="text"]');
    await box.fill(text);
    await this.page.keyboard.press('Enter');
  }

  /** Clicks a file in the explorer. */
  async openFile(name: string): Promise<void> {
    await this.page.keyboard.press('ControlOrMeta+Shift+E');
    await this.page.locator('.explorer-folders-view .monaco-list-row', { hasText: name }).click();
  }

  /** The tab with this label. */
  tab(label: string): Locator {
    return this.page.locator('.tabs-container .tab', { hasText: label });
  }

  /** The first line in view that contains the text. Editors draw blanks as other characters; all match a space. */
  line(text: string | RegExp): Locator {
    const hasText = pattern(text);
    return this.page.locator('.editor-instance .view-line', { hasText }).first();
  }

  /** In the decoded view: puts the cursor on the line of a record. */
  async goToRecord(record: number): Promise<void> {
    await this.command('vGPU: Go to Record…');
    await this.answer(String(record));
    await this.line(new RegExp(`^ *${record} `)).waitFor();
  }

  /** Texts of the editor's lines in view, from top to bottom, without the blanks that VS Code draws. */
  async lines(): Promise<string[]> {
    const lines = await this.page.locator('.editor-instance .view-line').all();
    const placed = await Promise.all(
      lines.map(async (line) => ({
        top: (await line.boundingBox())?.y ?? 0,
        text: ((await line.textContent()) ?? '').replaceAll('\u00a0', ' '),
      })),
    );
    return placed.sort((a, b) => a.top - b.top).map(({ text }) => text);
  }

  /** How many kinds of token a line is drawn in, by colour and style. */
  async tokenKinds(line: Locator): Promise<number> {
    const parts = await line.locator('[class*="mtk"]').all();
    const classes = await Promise.all(parts.map((part) => part.getAttribute('class')));
    return new Set(classes).size;
  }

  /** Line and column of the cursor, from 1, as the status bar shows them. */
  async cursorLine(): Promise<number> {
    const text = await this.page.locator('[id="status.editor.selection"]').textContent();
    return Number(/Ln ([\d,]+)/.exec(text ?? '')?.[1]?.replaceAll(',', ''));
  }

  /** Name of the editor's language, as the status bar shows it. */
  async language(): Promise<string> {
    return (await this.page.locator('[id="status.editor.mode"]').textContent()) ?? '';
  }

  /** Error and information messages in view. */
  async notifications(): Promise<string[]> {
    return this.page.locator('.notification-list-item-message').allTextContents();
  }

  async screenshot(name: string): Promise<void> {
    mkdirSync(screenshots, { recursive: true });
    await this.page.screenshot({ path: path.join(screenshots, `${name}.png`) });
  }
}

async function shownWithin(locator: Locator, milliseconds: number): Promise<boolean> {
  return locator.waitFor({ timeout: milliseconds }).then(
    () => true,
    () => false,
  );
}
