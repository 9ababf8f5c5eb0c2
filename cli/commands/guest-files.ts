import { existsSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import type { ImageChoice } from '../../guest/index.ts';
import { UsageError } from '../failures.ts';
import type { Arguments } from '../options.ts';

const FETCHED = ['stock', 'other'];

/** Which files a guest is made of, and where booted ones are kept. @throws UsageError */
export function guestFiles(
  args: Arguments,
  mesa: boolean,
): { choice: ImageChoice; snapshots: string } {
  const folder = args.text('images') ?? defaultFolder();
  const snapshots = path.join(folder, '../snapshots');
  const kernel = args.text('kernel') ?? 'stock';
  const initrd = args.text('initrd');
  if (FETCHED.includes(kernel)) {
    const own = initrd === undefined ? {} : { initrd };
    return { choice: { folder, mesa, fetched: kernel, ...own }, snapshots };
  }
  if (initrd === undefined)
    throw new UsageError(`the kernel ${kernel} needs a file system of its own: give --initrd too.`);
  return { choice: { folder, mesa, kernel, initrd }, snapshots };
}

/** In the project: the program itself may lie in cli/commands/ or, bundled, in dist/. */
function defaultFolder(): string {
  const here = path.dirname(fileURLToPath(import.meta.url));
  const roots = [path.join(here, '../..'), path.join(here, '..')];
  const root = roots.find((candidate) => existsSync(path.join(candidate, 'package.json')));
  return path.join(root ?? process.cwd(), '.cache/guest/images');
}
