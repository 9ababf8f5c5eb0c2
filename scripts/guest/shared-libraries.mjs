// What programs and libraries for the guest link with, as readelf (of the compiler's binutils) shows it.
import { spawnSync } from 'node:child_process';
import { readdirSync, realpathSync } from 'node:fs';
import path from 'node:path';
import { CommandError } from '../lib/run.mjs';

/** File names of the libraries that a file links with. */
export function needsOf(file) {
  return [...readelf(['-d'], file).matchAll(/\(NEEDED\).*\[(.*)\]/g)].map(([, name]) => name);
}

/** Names that a file takes from a version of a library's: `LLVM_15`. */
export function importsOf(file, version) {
  const symbols = readelf(['--dyn-syms', '-W'], file).matchAll(/ UND (\S+)@(\S+)/g);
  return [...symbols].filter(([, , from]) => from === version).map(([, name]) => name);
}

/**
 * The named files, and all libraries that they link with, however deep, as they lie in unpacked packages. `isMade`
 * says of a library that it comes from elsewhere.
 * Returns a map from file name to path.
 */
export function libraryClosure(names, folders, isMade) {
  const files = new Map(folders.flatMap(namedFiles));
  const found = new Map();
  const add = (name, neededBy) => {
    if (found.has(name) || isMade(name)) return;
    const file = files.get(name);
    if (file === undefined)
      throw new CommandError(`None of the packages has ${name}, which ${neededBy} needs.`);
    found.set(name, file);
    for (const needed of needsOf(file)) add(needed, name);
  };
  for (const name of names) add(name, 'the guest');
  return found;
}

/** Files by name; links count as what they lead to. */
function namedFiles(folder) {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() || (entry.isSymbolicLink() && !path.isAbsolute(entry.name)))
    .flatMap((entry) => {
      try {
        return [[entry.name, realpathSync(path.join(entry.parentPath, entry.name))]];
      } catch {
        // A link to what another package has.
        return [];
      }
    });
}

function readelf(options, file) {
  const env = { ...process.env, LC_ALL: 'C.UTF-8' };
  const { status, stdout, error } = spawnSync('readelf', [...options, file], {
    env,
    encoding: 'utf8',
    maxBuffer: 1 << 26,
  });
  if (status === 0) return stdout;
  throw new CommandError(`readelf could not read ${file}${error ? ` (${error.message})` : ''}.`);
}
