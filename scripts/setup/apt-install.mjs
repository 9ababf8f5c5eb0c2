import { findExecutable } from '../lib/find-executable.mjs';
import { CommandError, run } from '../lib/run.mjs';

/**
 * Installs Debian packages into the system, as root or through sudo.
 * @throws CommandError whose message is `advice` of why it was not possible
 */
export async function aptInstall(packages, advice) {
  if (findExecutable('apt-get') === undefined) throw new CommandError(advice('no apt-get here'));
  const isRoot = process.getuid?.() === 0;
  if (!isRoot && findExecutable('sudo') === undefined)
    throw new CommandError(advice('neither root nor sudo'));
  const [command, prefix] = isRoot ? ['apt-get', []] : ['sudo', ['-n', 'apt-get']];
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  const install = ['install', '-y', '-qq', '--no-install-recommends'];
  try {
    await run(command, [...prefix, 'update', '-qq'], { env });
    await run(command, [...prefix, ...install, ...packages], { env, capture: true });
  } catch (error) {
    throw new CommandError(advice(error.message));
  }
}
