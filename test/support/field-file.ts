import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { gunzipSync } from 'node:zlib';
import { root } from './source-files.ts';

/**
 * A recording that is kept beside the project, in `shared/traces` of a folder above it; undefined where it is not
 * there, so that a test can say so.
 */
export function fieldFile(...names: readonly string[]): string | undefined {
  for (let folder = root; path.dirname(folder) !== folder; folder = path.dirname(folder)) {
    const file = path.join(folder, 'shared', 'traces', ...names);
    if (existsSync(file)) return file;
  }
  return undefined;
}

/** The bytes of a gzipped one; none of a file that is not there. */
export function unpacked(file: string | undefined): Buffer {
  return file === undefined ? Buffer.alloc(0) : gunzipSync(readFileSync(file));
}
