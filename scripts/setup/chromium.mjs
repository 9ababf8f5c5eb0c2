import { existsSync } from 'node:fs';
import { findExecutable } from '../lib/find-executable.mjs';
import { CommandError, run } from '../lib/run.mjs';

const names = ['chromium', 'chromium-browser', 'google-chrome-stable', 'google-chrome'];
const macOsChrome = '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome';

/**
 * The browser in which tests look at VS Code: $CHROMIUM_PATH, one that is installed, or Debian's.
 * Throws CommandError saying what to install where it cannot be done from here.
 */
export async function ensureChromium() {
  const found = findChromium();
  if (found !== undefined) return found;
  await installFromDebian();
  const installed = findChromium();
  if (installed === undefined) throw new CommandError(advice('apt-get installed no chromium'));
  return installed;
}

function findChromium() {
  const { CHROMIUM_PATH } = process.env;
  if (CHROMIUM_PATH !== undefined && existsSync(CHROMIUM_PATH)) return CHROMIUM_PATH;
  return findExecutable(...names) ?? (existsSync(macOsChrome) ? macOsChrome : undefined);
}

async function installFromDebian() {
  if (findExecutable('apt-get') === undefined) throw new CommandError(advice('no apt-get here'));
  const isRoot = process.getuid?.() === 0;
  if (!isRoot && findExecutable('sudo') === undefined)
    throw new CommandError(advice('neither root nor sudo'));
  const [command, prefix] = isRoot ? ['apt-get', []] : ['sudo', ['-n', 'apt-get']];
  console.log('Installing Chromium with apt-get …');
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  try {
    await run(command, [...prefix, 'update', '-qq'], { env });
    await run(
      command,
      [
        ...prefix,
        'install',
        '-y',
        '-qq',
        '--no-install-recommends',
        'chromium',
        'fonts-dejavu-core',
      ],
      { env, capture: true },
    );
  } catch (error) {
    throw new CommandError(advice(error.message));
  }
}

function advice(reason) {
  return `The tests in VS Code need Chromium or Chrome, which could not be installed (${reason}). Install it (Debian: apt-get install chromium), or set CHROMIUM_PATH to its program.`;
}
