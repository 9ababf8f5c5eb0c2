import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync, rmSync } from 'node:fs';
import path from 'node:path';
import { describe, it } from 'node:test';
import type { Page } from 'playwright-core';
import { root } from '../support/source-files.ts';
import { openBrowser } from './support/browser.ts';
import { startVsCode } from './support/started-vscode.ts';

const folder = path.join(root, '.cache/in-host');
const results = path.join(folder, 'results.json');
/** Milliseconds for all of them. */
const patience = 240_000;

describe("inside VS Code's extension host", () => {
  it('the suite passes', async (context) => {
    for (const { name, error } of await runSuite()) {
      await context.test(name, () => assert.equal(error, undefined));
    }
  });
});

/** Runs the suite as VS Code's own remote tests are run: through the address, with the server told to allow it. */
async function runSuite(): Promise<{ name: string; error?: string }[]> {
  execFileSync(process.execPath, [path.join(root, 'scripts/test/build-in-host.mjs')]);
  rmSync(results, { force: true });
  const vscode = await startVsCode({
    name: 'in-host',
    serverArguments: ['--vscode-option', 'enable-smoke-test-driver'],
    env: { VGPU_TEST_RESULTS: results },
  });
  const browser = await openBrowser();
  try {
    const ended = endOfTests(browser.page);
    await browser.page.goto(addressOfTests(vscode.address));
    await ended;
  } finally {
    await browser.close();
    await vscode.stop();
  }
  if (!existsSync(results)) throw new Error('The suite ended before it had results.');
  return JSON.parse(readFileSync(results, 'utf8'));
}

function addressOfTests(address: string): string {
  const { host } = new URL(address);
  const remote = (file: string) => `vscode-remote://${host}${path.join(folder, file)}`;
  const payload = [
    ['extensionDevelopmentPath', remote('stub')],
    ['extensionTestsPath', remote('suite.cjs')],
    ['skipWelcome', 'true'],
  ];
  return `${address}&payload=${encodeURIComponent(JSON.stringify(payload))}`;
}

/** The workbench calls these functions of its page where they exist. */
async function endOfTests(page: Page): Promise<void> {
  await page.exposeFunction('codeAutomationLog', () => {});
  await new Promise<void>((resolve, reject) => {
    const timer = setTimeout(() => reject(new Error('The suite did not end in time.')), patience);
    const end = () => {
      clearTimeout(timer);
      resolve();
    };
    page.exposeFunction('codeAutomationExit', end).catch(reject);
  });
}
