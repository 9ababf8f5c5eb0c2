// Debian packages in .cache/guest: downloaded once, checked against the checksums of Debian's signed lists, unpacked.
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, renameSync, rmSync } from 'node:fs';
import path from 'node:path';
import { CommandError, run } from '../lib/run.mjs';
import { download, locate } from './apt.mjs';
import { packageFolder, unpackedFolder } from './paths.mjs';
import { replaceFile } from './replace-file.mjs';

const listFile = path.join(packageFolder, 'packages.json');

/**
 * The named packages (`kmscube:i386`), unpacked.
 * Returns [{file, folder, sha256}] in the order of the names.
 */
export async function unpackedPackages(names) {
  mkdirSync(packageFolder, { recursive: true });
  const wanted = located(names);
  const missing = wanted.filter(
    ({ file, sha256 }) => !isIntact(path.join(packageFolder, file), sha256),
  );
  if (missing.length > 0) {
    console.log(`Downloading ${missing.length} Debian packages …`);
    download(
      missing.map(({ name }) => name),
      packageFolder,
    );
  }
  note(wanted);
  const unpacked = [];
  for (const { file, sha256 } of wanted) {
    const packed = path.join(packageFolder, file);
    if (!isIntact(packed, sha256))
      throw new CommandError(
        `${packed} is not the file that Debian's lists name (SHA-256 ${sha256}).`,
      );
    unpacked.push({ file, sha256, folder: await unpack(packed, sha256) });
  }
  return unpacked;
}

/** Asked for many packages at once, apt answers in its own order. */
function located(names) {
  const found = locate(names);
  return names.map((name) => {
    const start = `${name.replace(/:.*/, '')}_`;
    const one = found.find(({ file }) => file.startsWith(start));
    if (one === undefined) throw new CommandError(`Debian's lists do not say where ${name} is.`);
    return { name, ...one };
  });
}

/** Unpacks into a folder named by the checksum; a half-made one never has that name. */
async function unpack(packed, sha256) {
  const folder = path.join(unpackedFolder, sha256.slice(0, 16));
  if (existsSync(folder)) return folder;
  const half = `${folder}.part`;
  rmSync(half, { recursive: true, force: true });
  mkdirSync(half, { recursive: true });
  await run('dpkg', ['-x', packed, half]);
  renameSync(half, folder);
  return folder;
}

function isIntact(file, sha256) {
  return (
    existsSync(file) && createHash('sha256').update(readFileSync(file)).digest('hex') === sha256
  );
}

/** Keeps the checksums beside the packages, for whoever wants to know what a guest was made of. */
function note(wanted) {
  const known = existsSync(listFile) ? JSON.parse(readFileSync(listFile, 'utf8')) : {};
  for (const { file, sha256 } of wanted) known[file] = sha256;
  const sorted = Object.fromEntries(Object.entries(known).sort(([a], [b]) => (a < b ? -1 : 1)));
  replaceFile(listFile, `${JSON.stringify(sorted, null, 2)}\n`);
}
