// A second file system for the guest: kmscube and Mesa's driver iris, with the libraries that they link with.
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { closureOf } from './apt.mjs';
import { archive, file, folder } from './cpio.mjs';
import { unpackedPackages } from './packages.mjs';
import { importsOf, libraryClosure } from './shared-libraries.mjs';
import { stubLibrary } from './stub-library.mjs';

const packages = ['kmscube:i386', 'libgl1-mesa-dri:i386'];
const loader = 'ld-linux.so.2';
/** Loaded by name while the program runs: no file says that it needs them. */
const loaded = ['libEGL_mesa.so.0', 'iris_dri.so'];
/** How libEGL finds Mesa. */
const vendor = 'usr/share/glvnd/egl_vendor.d/50_mesa.json';
/** Where else than in /lib Mesa looks for its drivers. */
const drivers = 'usr/lib/i386-linux-gnu/dri';
/**
 * iris lies in one file with drivers that compile for the processor with LLVM, and does not call it itself. It is twice
 * as large as everything else together.
 */
const uncalled = /^libLLVM-(\d+)\.so/;
/** What is called nevertheless: a constructor makes sure of threads before the driver is known. */
const answers = { LLVMIsMultithreaded: 1 };

/** The archive's bytes. */
export async function mesaInitramfs() {
  const wanted = [...new Set(packages.flatMap(closureOf))].filter(
    (name) => name.endsWith(':i386') && !name.startsWith('libllvm'),
  );
  const unpacked = await unpackedPackages(wanted);
  const folders = unpacked.map((found) => found.folder);
  const stubs = new Set();
  const files = libraryClosure(['kmscube', loader, ...loaded], folders, (name) => {
    if (!uncalled.test(name)) return false;
    stubs.add(name);
    return true;
  });
  const egl = unpacked.find(({ file: name }) => name.startsWith('libegl-mesa0'))?.folder ?? '';
  const entries = [
    ...foldersOf([`${drivers}/x`, vendor, 'lib/x', 'bin/x']),
    file(vendor, readFileSync(path.join(egl, vendor))),
    ...[...files].map(([name, from]) => file(placeOf(name), readFileSync(from), 0o755)),
  ];
  for (const library of stubs) {
    const version = `LLVM_${uncalled.exec(library)[1]}`;
    const names = importsOf(files.get('iris_dri.so'), version);
    entries.push(
      file(`lib/${library}`, await stubLibrary({ library, version, names, answers }), 0o755),
    );
  }
  return archive(entries);
}

function placeOf(name) {
  if (name === 'kmscube') return 'bin/kmscube';
  return name.endsWith('_dri.so') ? `${drivers}/${name}` : `lib/${name}`;
}

/** The folders above files, each after the one that it is in. */
function foldersOf(names) {
  const all = names.flatMap((name) => {
    const parts = name.split('/').slice(0, -1);
    return parts.map((_, i) => parts.slice(0, i + 1).join('/'));
  });
  return [...new Set(all)].map(folder);
}
