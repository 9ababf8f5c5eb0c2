// What a guest is started from: firmware, kernels, initial file systems, in .cache/guest/images with a list of them.
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { openApt } from './apt.mjs';
import { baseInitramfs } from './initramfs.mjs';
import { kernelIn, kernelPackages } from './kernels.mjs';
import { withLock } from './lock.mjs';
import { mesaInitramfs } from './mesa.mjs';
import { modulesFor } from './modules.mjs';
import { unpackedPackages } from './packages.mjs';
import { imageFolder, programSources } from './paths.mjs';
import { guestPrograms } from './programs.mjs';
import { replaceFile } from './replace-file.mjs';

/** Names under which kernels are asked for. */
export const kernelNames = ['stock', 'other'];

const listFile = path.join(imageFolder, 'images.json');

/**
 * Makes .cache/guest/images unless it is there and whole, made by these scripts from these sources. `again` looks for
 * newer packages too. Several processes may ask at once.
 */
export async function ensureGuestImages({ again = false } = {}) {
  mkdirSync(imageFolder, { recursive: true });
  await withLock(path.join(imageFolder, 'lock'), async () => {
    if (!again && areCurrent()) return;
    await makeImages();
  });
}

async function makeImages() {
  console.log('Making the live guest’s images …');
  openApt();
  const { stock, other } = kernelPackages();
  const [seabios, busybox, ...kernels] = await unpackedPackages([
    'seabios',
    'busybox-static:i386',
    stock,
    other,
  ]);
  const programs = await guestPrograms();
  const files = {
    'bios.bin': readFileSync(path.join(seabios.folder, 'usr/share/seabios/bios.bin')),
    'vgabios.bin': readFileSync(path.join(seabios.folder, 'usr/share/seabios/vgabios-stdvga.bin')),
    // Comes behind a kernel's own.
    'mesa.initrd': await mesaInitramfs(),
  };
  const described = {};
  for (const [i, name] of kernelNames.entries()) {
    const { folder, file } = kernels[i];
    const { release, image, modules } = kernelIn(folder);
    files[`${name}.kernel`] = readFileSync(image);
    files[`${name}.initrd`] = baseInitramfs({
      busybox: path.join(busybox.folder, 'bin/busybox'),
      modules: modulesFor('i915', modules),
      programs,
    });
    described[name] = { release, package: file };
  }
  writeImages(files, described);
}

/** The list is written last: while it is missing or old, nothing counts as made. */
function writeImages(files, kernels) {
  for (const [name, content] of Object.entries(files)) {
    replaceFile(path.join(imageFolder, name), content);
  }
  const sums = Object.fromEntries(
    Object.entries(files).map(([name, content]) => [name, sum(content)]),
  );
  const list = { madeFrom: inputSum(), kernels, sha256: sums };
  replaceFile(listFile, `${JSON.stringify(list, null, 2)}\n`);
}

function areCurrent() {
  if (!existsSync(listFile)) return false;
  const { madeFrom, sha256 } = JSON.parse(readFileSync(listFile, 'utf8'));
  return (
    madeFrom === inputSum() &&
    Object.entries(sha256).every(([name, wanted]) => {
      const file = path.join(imageFolder, name);
      return existsSync(file) && sum(readFileSync(file)) === wanted;
    })
  );
}

/** Over everything of this project that goes into the images. */
function inputSum() {
  const hash = createHash('sha256');
  for (const folder of [programSources, import.meta.dirname]) {
    for (const name of readdirSync(folder).sort()) {
      hash.update(`${name}\0`).update(readFileSync(path.join(folder, name)));
    }
  }
  return hash.digest('hex');
}

function sum(content) {
  return createHash('sha256').update(content).digest('hex');
}
