import { existsSync } from 'node:fs';
import { findExecutable } from '../lib/find-executable.mjs';
import { CommandError } from '../lib/run.mjs';
import { aptInstall } from './apt-install.mjs';

const names = ['chromium', 'chromium-browser', 'google-chrome-stable', 'google-chrome'];
const macOsChrome = '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome';

/**
 * The browser in which tests look at VS Code: $CHROMIUM_PATH, one that is installed, or Debian's.
 * Throws CommandError saying what to install where it cannot be done from here.
 */
export async function ensureChromium() {
  const found = findChromium();
  if (found !== undefined) return found;
  console.log('Installing Chromium with apt-get …');
  await aptInstall(['chromium', 'fonts-dejavu-core'], advice);
  const installed = findChromium();
  if (installed === undefined) throw new CommandError(advice('apt-get installed no chromium'));
  return installed;
}

function findChromium() {
  const { CHROMIUM_PATH } = process.env;
  if (CHROMIUM_PATH !== undefined && existsSync(CHROMIUM_PATH)) return CHROMIUM_PATH;
  return findExecutable(...names) ?? (existsSync(macOsChrome) ? macOsChrome : undefined);
}

function advice(reason) {
  return `The tests in VS Code need Chromium or Chrome, which could not be installed (${reason}). Install it (Debian: apt-get install chromium), or set CHROMIUM_PATH to its program.`;
}
