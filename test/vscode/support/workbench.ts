import { mkdirSync } from 'node:fs';
import path from 'node:path';
import type { Locator, Page } from 'playwright-core';
import { root } from '../../support/source-files.ts';
import { openBrowser } from './browser.ts';
import { startVsCode } from './started-vscode.ts';
import { pattern } from './text.ts';
import { withinTime } from './waiting.ts';

const screenshots = path.join(root, 'test-results/screenshots');
/** Neither the debug toolbar nor rows that stick to a list's top may lie over what is clicked. */
const settings = {
  'workbench.tree.enableStickyScroll': false,
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
      const workbench = new Workbench(browser.page, close);
      await workbench.#settled();
      return workbench;
    } catch (error) {
      await close();
      throw error;
    }
  }

  /** The explorer shows files some seconds before the server has told which extensions there are. */
  async #settled(): Promise<void> {
    await this.page.locator('.explorer-folders-view .monaco-list-row').first().waitFor();
    await this.#inPalette('vGPU: Debug a Trace', (row, timeout) => row.waitFor({ timeout }));
    await this.page.keyboard.press('Escape');
  }

  close(): Promise<void> {
    return this.#close();
  }

  /** Runs a command of the palette by its full title (`Debug: Continue`). */
  async command(title: string): Promise<void> {
    await this.#inPalette(title, (row, timeout) => row.click({ timeout }));
  }

  /**
   * The palette lists what can be done at the moment it is opened, and closes when the editor takes the focus at a
   * stop: it is opened again until what is done with the command's row has been done.
   */
  async #inPalette(title: string, act: (row: Locator, timeout: number) => Promise<void>) {
    const box = this.page.locator('.quick-input-widget input[type="text"]');
    const row = this.page.locator('.quick-input-list .monaco-list-row', { hasText: title }).first();
    const timeout = 3000;
    for (let attempt = 0; attempt < 20; attempt++) {
      await this.page.keyboard.press('F1');
      const isTyped = await withinTime(box.fill(`>${title}`, { timeout }));
      if (isTyped && (await withinTime(act(row, timeout)))) return;
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

  /**
   * Clicks a recording in the explorer; answers how many milliseconds later its decoded text is there. VS Code lists an
   * extension's commands before it knows of its editors: what it opens in another one until then is closed again.
   */
  async openRecording(name: string): Promise<number> {
    const row = this.page.locator('.explorer-folders-view .monaco-list-row', { hasText: name });
    const shown = this.line(/^\/\/ Recording of [\d,]+ records/);
    const refused = this.page.getByText('The file is not displayed in the text editor');
    for (let tries = 0; tries < 10; tries++) {
      await this.page.keyboard.press('ControlOrMeta+Shift+E');
      await row.waitFor();
      const start = performance.now();
      await row.click();
      await shown.or(refused).waitFor();
      if ((await shown.count()) > 0) return Math.round(performance.now() - start);
      await this.command('View: Close All Editors');
    }
    throw new Error(`VS Code opens ${name} in a wrong editor.`);
  }

  /** Closes all editors and loads the page again, with an extension host that knows nothing. */
  async startOver(): Promise<void> {
    await this.command('View: Close All Editors');
    await this.page.reload();
    await this.#settled();
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

  /** In the decoded view: clicks the mark of the run that begins with a record, until its accesses are shown. */
  async openRun(record: number): Promise<void> {
    const mark = this.line(new RegExp(`^ *${record} `)).locator('.detected-link', { hasText: '▸' });
    const tab = this.tab(`run ${record}`);
    for (let tries = 0; tries < 10; tries++) {
      await withinTime(mark.click({ modifiers: ['ControlOrMeta'], timeout: 5000 }));
      if (await withinTime(tab.waitFor({ timeout: 5000 }))) return;
    }
    throw new Error(`The run of record ${record} does not open.`);
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

  /** Waits until a line is drawn in so many kinds of token: colours come some time after the text. */
  async coloured(line: Locator, kinds: number): Promise<void> {
    for (let tries = 0; tries < 100; tries++) {
      if ((await this.tokenKinds(line)) >= kinds) return;
      await this.page.waitForTimeout(100);
    }
    throw new Error(`The line is drawn in ${await this.tokenKinds(line)} kinds of token.`);
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
