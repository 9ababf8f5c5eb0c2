// Which kernel modules i915 needs, and in which order they load.
import { spawnSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { CommandError } from '../lib/run.mjs';

/**
 * A module and all that it needs, each after what it needs itself. Debian's packages have no modules.dep (installing
 * makes it), but every module names its own needs.
 * Returns [{name, content}].
 */
export function modulesFor(wanted, folder) {
  const files = moduleFiles(folder);
  const done = new Map();
  const add = (name) => {
    if (done.has(name)) return;
    const file = files.get(name);
    if (file === undefined)
      throw new CommandError(`There is no kernel module ${name} in ${folder}.`);
    const content = plainModule(file);
    for (const needed of needsOf(content)) add(needed);
    done.set(name, content);
  };
  add(wanted);
  return [...done].map(([name, content]) => ({ name, content }));
}

/** By module name, in which `-` and `_` are the same. */
function moduleFiles(folder) {
  const found = readdirSync(folder, { recursive: true, encoding: 'utf8' });
  return new Map(
    found.flatMap((file) => {
      const name = /([^/]+)\.ko(?:\.xz)?$/.exec(file)?.[1];
      return name === undefined ? [] : [[name.replaceAll('-', '_'), path.join(folder, file)]];
    }),
  );
}

function plainModule(file) {
  if (!file.endsWith('.xz')) return readFileSync(file);
  const { status, stdout } = spawnSync('xz', ['-dc', file], { maxBuffer: 1 << 28 });
  if (status !== 0) throw new CommandError(`${file} could not be unpacked with xz.`);
  return stdout;
}

/** The string `depends=a,b` in section .modinfo. */
function needsOf(content) {
  const at = content.indexOf('\0depends=');
  if (at < 0) return [];
  const end = content.indexOf('\0', at + 1);
  const list = content.toString('latin1', at + '\0depends='.length, end);
  return list === '' ? [] : list.split(',').map((name) => name.replaceAll('-', '_'));
}
