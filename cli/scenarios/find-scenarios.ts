import { readdir, stat } from 'node:fs/promises';
import path from 'node:path';
import { Failure } from '../failures.ts';
import { globParts, matchesParts } from './glob.ts';

/** What is taken in a folder. */
const SCENARIO = '**/*.vgpu';
/** Folders with other people's files. */
const SKIPPED = new Set(['node_modules', 'dist']);

/**
 * Paths of the scenarios that files, folders and globs name, each once, in order of their names. Paths have `/`
 * between their parts.
 * @throws Failure where one of them names nothing
 */
export async function findScenarios(patterns: readonly string[]): Promise<readonly string[]> {
  const found = new Set<string>();
  for (const pattern of patterns.length === 0 ? ['.'] : patterns) {
    const files = await filesOf(pattern.replaceAll('\\', '/'));
    if (files.length === 0) throw new Failure(await nothingIn(pattern));
    for (const file of files) found.add(file);
  }
  return [...found].sort((a, b) => (a < b ? -1 : 1));
}

async function nothingIn(pattern: string): Promise<string> {
  return (await kindOf(pattern)) === 'folder'
    ? `the folder ${pattern} has no scenarios: files that end in .vgpu.`
    : `nothing is named by ${pattern}.`;
}

async function filesOf(pattern: string): Promise<readonly string[]> {
  const kind = await kindOf(pattern);
  if (kind === 'file') return [pattern];
  if (kind === 'folder') return matching(path.posix.join(pattern, SCENARIO));
  if (!/[*?[{]/.test(pattern)) throw new Failure(`there is no file ${pattern}.`);
  return matching(pattern);
}

async function kindOf(name: string): Promise<'file' | 'folder' | undefined> {
  try {
    return (await stat(name)).isDirectory() ? 'folder' : 'file';
  } catch {
    return undefined;
  }
}

/** Walks from the last folder that the pattern names without a glob. */
async function matching(pattern: string): Promise<readonly string[]> {
  const { base, parts } = globParts(pattern);
  const files: string[] = [];
  const walk = async (folder: string, names: readonly string[]): Promise<void> => {
    const entries = await entriesOf(folder === '' ? '.' : folder);
    for (const entry of entries) {
      const below = [...names, entry.name];
      const full = folder === '' ? entry.name : path.posix.join(folder, entry.name);
      if (entry.isDirectory()) {
        if (!entry.name.startsWith('.') && !SKIPPED.has(entry.name)) await walk(full, below);
      } else if (matchesParts(parts, below)) files.push(full);
    }
  };
  await walk(base, []);
  return files;
}

async function entriesOf(folder: string) {
  try {
    return await readdir(folder, { withFileTypes: true });
  } catch {
    // A folder that may not be read, or is none: it has no scenarios.
    return [];
  }
}
