import { readdirSync } from 'node:fs';
import path from 'node:path';
import { root } from '../lib/paths.mjs';

const otherPeoples = new Set(['node_modules', 'dist', 'samples', 'test-results']);
const inVsCode = path.join('test', 'vscode') + path.sep;

/** Specs that run in Node alone, relative to the root, in alphabetical order. */
export function unitSpecs() {
  return allSpecs().filter((file) => !file.startsWith(inVsCode));
}

/** Specs that drive a real VS Code. */
export function vscodeSpecs() {
  return allSpecs().filter((file) => file.startsWith(inVsCode));
}

function allSpecs() {
  return specsBelow('').sort();
}

function specsBelow(folder) {
  return readdirSync(path.join(root, folder), { withFileTypes: true }).flatMap((entry) => {
    const file = path.join(folder, entry.name);
    if (entry.isDirectory()) {
      return entry.name.startsWith('.') || otherPeoples.has(entry.name) ? [] : specsBelow(file);
    }
    return entry.name.endsWith('.spec.ts') ? [file] : [];
  });
}
