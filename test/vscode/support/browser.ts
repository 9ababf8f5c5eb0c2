import { chromium, type Page } from 'playwright-core';

/** A page in a browser of its own. */
export interface Browser {
  readonly page: Page;
  close(): Promise<void>;
}

/** The sandbox needs rights that root and containers lack; nothing but our own server is opened. */
const args = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

/** Opens the browser that setup found. */
export async function openBrowser(): Promise<Browser> {
  const executablePath = process.env['CHROMIUM_PATH'];
  if (executablePath === undefined)
    throw new Error('CHROMIUM_PATH is not set: run these tests with `npm run test:vscode`.');
  const browser = await chromium.launch({ executablePath, args });
  const viewport = { width: 1500, height: 950 };
  const page = await browser.newPage({ viewport, colorScheme: 'dark' });
  return { page, close: () => browser.close() };
}
