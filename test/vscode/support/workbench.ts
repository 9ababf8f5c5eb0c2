import { mkdirSync } from 'node:fs';
import path from 'node:path';
import type { Locator, Page } from 'playwright-core';
import { root } from '../../support/source-files.ts';
import { openBrowser } from './browser.ts';
import { startVsCode } from './started-vscode.ts';
import { pattern } from './text.ts';
import { PATIENCE, retry, withinTime } from './waiting.ts';

const screenshots = path.join(root, 'test-results/screenshots');
/** Neither the debug toolbar nor what sticks to the top of a list or an editor may lie over what is clicked. */
const settings = {
  'workbench.tree.enableStickyScroll': false,
  'editor.stickyScroll.enabled': false,
  'debug.toolBarLocation': 'docked',
  'git.enabled': false,
  'workbench.colorTheme': 'Default Dark Modern',
};

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
    browser.page.setDefaultTimeout(PATIENCE);
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
    await retry(
      async (timeout) => {
        await this.page.keyboard.press('F1');
        const isTyped = await withinTime(box.fill(`>${title}`, { timeout }));
        if (isTyped && (await withinTime(act(row, timeout)))) return true;
        await this.page.keyboard.press('Escape');
        return undefined;
      },
      () => `VS Code's palette does not list "${title}".`,
      3000,
    );
  }

  /** Chooses an entry of the list that a command shows. */
  async quickPick(label: string, timeout: number): Promise<void> {
    await this.page
      .locator('.quick-input-list .monaco-list-row', { hasText: label })
      .first()
      .click({ timeout });
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
    return retry(
      async (timeout) => {
        await this.page.keyboard.press('ControlOrMeta+Shift+E');
        const start = performance.now();
        await row.click({ timeout });
        await shown.or(refused).first().waitFor({ timeout });
        if ((await shown.count()) > 0) return Math.round(performance.now() - start);
        await this.command('View: Close All Editors');
        return undefined;
      },
      () => `A click on ${name} does not show it, or in a wrong editor.`,
      15_000,
    );
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
    const line = this.line(new RegExp(`^ *${record} `));
    await retry(
      async (timeout) => {
        await this.command('vGPU: Go to Record…');
        await this.answer(String(record));
        return (await withinTime(line.waitFor({ timeout }))) || undefined;
      },
      () => `Go to Record does not show record ${record}.`,
      5000,
    );
  }

  /** In the decoded view: clicks the mark of the run that begins with a record, until its accesses are shown. */
  async openRun(record: number): Promise<void> {
    const mark = this.line(new RegExp(`^ *${record} `)).locator('.detected-link', { hasText: '▸' });
    const tab = this.tab(`run ${record}`);
    await retry(
      async (timeout) => {
        // What hovers over the line would take the click.
        await this.page.mouse.move(5, 5);
        await mark.click({ modifiers: ['ControlOrMeta'], timeout });
        return (await withinTime(tab.waitFor({ timeout }))) || undefined;
      },
      async () =>
        `The run of record ${record} does not open. Lines: ${(await this.lines()).join('\n')}`,
      4000,
    );
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
    await retry(
      async () => (await this.tokenKinds(line)) >= kinds || undefined,
      async () => `The line is drawn in ${await this.tokenKinds(line)} kinds of token.`,
    );
  }

  /** How many kinds of token a line is drawn in, by colour and style. */
  async tokenKinds(line: Locator): Promise<number> {
    const parts = await line.locator('[class*="mtk"]').all();
    const classes = await Promise.all(parts.map((part) => part.getAttribute('class')));
    return new Set(classes).size;
  }

  /** Moves the mouse over a place, from afar, until what pops up there is shown. */
  async hover(place: Locator, shown: Locator): Promise<void> {
    await retry(
      async (timeout) => {
        await this.page.mouse.move(5, 5);
        await place.hover({ timeout });
        return (await withinTime(shown.waitFor({ timeout }))) || undefined;
      },
      () => `Nothing pops up over ${place}.`,
      4000,
    );
  }

  /** Waits until there are so many tabs. */
  async tabs(count: number): Promise<void> {
    const tabs = this.page.locator('.tabs-container .tab');
    await retry(
      async () => (await tabs.count()) === count || undefined,
      async () => `There are ${await tabs.count()} tabs, not ${count}.`,
    );
  }

  /** Waits until an item of the status bar shows a text: some time after the editor does. */
  async status(id: string, text: RegExp): Promise<void> {
    await this.page.locator(`[id="${id}"]`, { hasText: text }).waitFor();
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
