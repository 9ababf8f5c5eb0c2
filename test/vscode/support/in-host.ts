import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync, rmSync } from 'node:fs';
import path from 'node:path';
import type { Page } from 'playwright-core';
import { root } from '../../support/source-files.ts';
import { openBrowser } from './browser.ts';
import { startVsCode } from './started-vscode.ts';

const folder = path.join(root, '.cache/in-host');
/** Milliseconds for one run of a suite. */
const patience = 240_000;

/**
 * Runs a suite of test/vscode/in-host inside VS Code's extension host, as VS Code's own remote tests are run: through the
 * address, with the server told to allow it. Answers what the suite wrote to the file that $VGPU_TEST_RESULTS names, once
 * for each time that the window was opened.
 */
export async function runInHost(suite: 'suite' | 'activation', times = 1): Promise<unknown[]> {
  execFileSync(process.execPath, [path.join(root, 'scripts/test/build-in-host.mjs')]);
  const results = path.join(folder, `${suite}.json`);
  const vscode = await startVsCode({
    name: `in-host-${suite}`,
    serverArguments: ['--vscode-option', 'enable-smoke-test-driver'],
    env: { VGPU_TEST_RESULTS: results },
  });
  try {
    const runs: unknown[] = [];
    while (runs.length < times) {
      rmSync(results, { force: true });
      const log = await runOnce(addressOfTests(vscode.address, suite));
      if (!existsSync(results)) throw new Error(`The suite ended before it had results.\n${log}`);
      runs.push(JSON.parse(readFileSync(results, 'utf8')));
    }
    return runs;
  } finally {
    await vscode.stop();
  }
}

/** Answers what VS Code logged of it. */
async function runOnce(address: string): Promise<string> {
  const browser = await openBrowser();
  try {
    const ended = endOfTests(browser.page);
    await browser.page.goto(address);
    return await ended;
  } finally {
    await browser.close();
  }
}

function addressOfTests(address: string, suite: string): string {
  const { host } = new URL(address);
  const remote = (file: string) => `vscode-remote://${host}${path.join(folder, file)}`;
  const payload = [
    ['extensionDevelopmentPath', remote('stub')],
    ['extensionTestsPath', remote(`${suite}.cjs`)],
    ['skipWelcome', 'true'],
  ];
  return `${address}&payload=${encodeURIComponent(JSON.stringify(payload))}`;
}

/** The workbench calls these functions of its page where they exist. */
async function endOfTests(page: Page): Promise<string> {
  const log: string[] = [];
  await page.exposeFunction('codeAutomationLog', (_level: string, args: unknown[]) => {
    log.push(JSON.stringify(args));
  });
  return new Promise<string>((resolve, reject) => {
    const timer = setTimeout(
      () => reject(new Error(`The suite did not end in time.\n${log.join('\n')}`)),
      patience,
    );
    const end = () => {
      clearTimeout(timer);
      resolve(log.join('\n'));
    };
    page.exposeFunction('codeAutomationExit', end).catch(reject);
  });
}
