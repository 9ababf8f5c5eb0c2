import { execFileSync } from 'node:child_process';
import path from 'node:path';
import { type GuestImages, readImages } from '../../../guest/index.ts';
import { root } from '../../support/source-files.ts';

const cache = path.join(root, '.cache/guest');
export const SNAPSHOTS = path.join(cache, 'snapshots');

/** Kernels that `npm run guest:fetch` gets. */
export type FetchedKernel = 'stock' | 'other';

/** A fetched kernel with its file system; fetched now where that has not been done. */
export async function fetchedGuest(kernel: FetchedKernel, mesa = false): Promise<GuestImages> {
  const script = path.join(root, 'scripts/guest/fetch.mjs');
  execFileSync(process.execPath, [script, '--images-only'], { cwd: root, stdio: 'inherit' });
  return readImages({ folder: path.join(cache, 'images'), fetched: kernel, mesa });
}
