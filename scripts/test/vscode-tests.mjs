import { CommandError } from '../lib/run.mjs';
import { ensureChromium } from '../setup/chromium.mjs';
import { ensureCodeServer } from '../setup/code-server.mjs';
import { runNodeTests } from './node-tests.mjs';
import { vscodeSpecs } from './spec-files.mjs';

/** Runs the specs in VS Code one after another: each has a server and a browser, which fill two cores. */
export async function runVsCodeTests(named = []) {
  const files = named.length > 0 ? named : vscodeSpecs();
  try {
    await ensureCodeServer();
    const env = { CHROMIUM_PATH: await ensureChromium() };
    return await runNodeTests('vscode', files, { concurrency: 1, env });
  } catch (error) {
    if (!(error instanceof CommandError)) throw error;
    const failed = [{ name: 'VS Code for the tests', message: error.message }];
    return { passed: 0, skipped: 0, failed };
  }
}
