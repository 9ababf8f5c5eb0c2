import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';

export const root = path.resolve(import.meta.dirname, '../..');
const notOurs = new Set(['node_modules', 'dist', 'samples', 'test-results']);

/** A file of the project; its path is relative to the root, with `/`. */
export interface SourceFile {
  readonly path: string;
  readonly text: string;
}

/** Every file of the project's own whose name ends like one of `endings`. */
export function sourceFiles(...endings: readonly string[]): SourceFile[] {
  return pathsBelow('')
    .filter((file) => endings.some((ending) => file.endsWith(ending)))
    .map((file) => ({ path: file, text: readFileSync(path.join(root, file), 'utf8') }));
}

function pathsBelow(folder: string): string[] {
  return readdirSync(path.join(root, folder), { withFileTypes: true }).flatMap((entry) => {
    const file = path.posix.join(folder, entry.name);
    if (!entry.isDirectory()) return [file];
    return notOurs.has(entry.name) || entry.name.startsWith('.') ? [] : pathsBelow(file);
  });
}
