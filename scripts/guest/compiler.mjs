import { findExecutable } from '../lib/find-executable.mjs';
import { CommandError, run } from '../lib/run.mjs';

/**
 * A C compiler for the guest's test programs: one that is installed, or Debian's. They use no library, so that a
 * compiler for x86-64 makes 32-bit ones as it is.
 * Throws CommandError saying what to install where it cannot be done from here.
 */
export async function ensureCompiler() {
  const found = findCompiler();
  if (found !== undefined) return found;
  await installFromDebian();
  const installed = findCompiler();
  if (installed === undefined) throw new CommandError(advice('apt-get installed no gcc'));
  return installed;
}

function findCompiler() {
  return findExecutable('gcc', 'cc');
}

async function installFromDebian() {
  if (findExecutable('apt-get') === undefined) throw new CommandError(advice('no apt-get here'));
  const isRoot = process.getuid?.() === 0;
  if (!isRoot && findExecutable('sudo') === undefined)
    throw new CommandError(advice('neither root nor sudo'));
  const [command, prefix] = isRoot ? ['apt-get', []] : ['sudo', ['-n', 'apt-get']];
  console.log('Installing gcc with apt-get …');
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  const install = ['install', '-y', '-qq', '--no-install-recommends', 'gcc'];
  try {
    await run(command, [...prefix, 'update', '-qq'], { env });
    await run(command, [...prefix, ...install], { env, capture: true });
  } catch (error) {
    throw new CommandError(advice(error.message));
  }
}

function advice(reason) {
  return `The test programs that run in the guest are built with gcc, which could not be installed (${reason}). Install it (Debian: apt-get install gcc).`;
}
