// Debian packages of another architecture, without installing anything: a private apt configuration below .cache/guest.
import { spawnSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { findExecutable } from '../lib/find-executable.mjs';
import { CommandError } from '../lib/run.mjs';
import { privateSources } from './apt-sources.mjs';
import { guestCache } from './paths.mjs';

const folder = path.join(guestCache, 'apt');
const configuration = path.join(folder, 'apt.conf');

/**
 * Makes the private configuration and reads the package lists.
 * @throws CommandError where this machine has no apt, or the lists cannot be had
 */
export function openApt() {
  for (const program of ['apt-get', 'apt-cache', 'dpkg']) {
    if (findExecutable(program) === undefined) throw new CommandError(advice(`no ${program} here`));
  }
  for (const name of ['lists/partial', 'cache/archives/partial', 'sources'])
    mkdirSync(path.join(folder, name), { recursive: true });
  writeFileSync(path.join(folder, 'status'), '');
  writeFileSync(path.join(folder, 'sources/guest.sources'), privateSources());
  writeFileSync(configuration, configurationText());
  // One list of several may be missing on a mirror that is being updated: what matters is whether the packages are found.
  const { status, stderr } = apt('apt-get', ['update', '-qq']);
  if (status !== 0) console.warn(`apt-get update was not complete:\n${stderr.trim()}`);
}

/** Packages whose name begins with `prefix`, of any architecture. */
export function packageNames(prefix) {
  return lines(mustRun('apt-cache', ['pkgnames', prefix]));
}

/** What a package depends on, not followed further: `name:i386` or `name`. */
export function dependenciesOf(name) {
  return lines(mustRun('apt-cache', ['depends', ...onlyDepends, name]))
    .map((line) => /^\s*(?:Pre)?Depends: ([^<]\S*)/.exec(line)?.[1])
    .filter((found) => found !== undefined);
}

/** A package and all that it needs, however deep. */
export function closureOf(name) {
  const found = lines(mustRun('apt-cache', ['depends', '--recurse', ...onlyDepends, name]));
  return [...new Set(found.filter((line) => /^[a-z0-9]/.test(line)))];
}

/** Address, file name and checksum of each package, as the signed lists give them. */
export function locate(names) {
  const printed = mustRun('apt-get', ['download', '--print-uris', '-qq', ...names]);
  return lines(printed).map((line) => {
    const match = /^'.*' (\S+) \d+ SHA256:([0-9a-f]{64})$/.exec(line);
    if (match === null) throw new CommandError(`apt-get named no SHA-256 sum: ${line}`);
    return { file: match[1], sha256: match[2] };
  });
}

/** Downloads packages into `into`; apt checks them against the signed lists. */
export function download(names, into) {
  mustRun('apt-get', ['download', '-qq', '-o', 'APT::Sandbox::User=root', ...names], into);
}

const onlyDepends = [
  '--no-recommends',
  '--no-suggests',
  '--no-conflicts',
  '--no-breaks',
  '--no-replaces',
  '--no-enhances',
];

function configurationText() {
  return [
    'APT::Architecture "amd64";',
    'APT::Architectures { "amd64"; "i386"; };',
    `Dir::State "${folder}";`,
    `Dir::State::lists "${folder}/lists";`,
    `Dir::State::status "${folder}/status";`,
    `Dir::Cache "${folder}/cache";`,
    'Dir::Etc::sourcelist "/dev/null";',
    `Dir::Etc::sourceparts "${folder}/sources";`,
    '',
  ].join('\n');
}

function mustRun(program, args, cwd = folder) {
  const { status, stdout, stderr } = apt(program, args, cwd);
  if (status === 0) return stdout;
  throw new CommandError(advice(`${program} ${args[0]} failed: ${stderr.trim()}`));
}

function apt(program, args, cwd = folder) {
  const env = { ...process.env, APT_CONFIG: configuration, LC_ALL: 'C.UTF-8' };
  return spawnSync(program, args, { cwd, env, encoding: 'utf8', maxBuffer: 1 << 26 });
}

function lines(text) {
  return text.split('\n').filter((line) => line !== '');
}

function advice(reason) {
  return `The live guest is made from Debian packages, which could not be had (${reason}). It needs a Debian machine with apt and dpkg and a mirror that has Debian 12; or copy .cache/guest from one that has it.`;
}
