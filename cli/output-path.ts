import { stat } from 'node:fs/promises';
import path from 'node:path';
import { Failure, UsageError } from './failures.ts';
import { isSameFile } from './same-file.ts';

/** A file that cannot be written, in a sentence. */
export function cannotWrite(file: string, error: unknown): Failure {
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  if (code === 'EISDIR') return new Failure(`${file} is a folder: name a file in it.`);
  if (code === 'ENOENT' || code === 'ENOTDIR')
    return new Failure(`${file} cannot be written: there is no folder ${path.dirname(file)}.`);
  if (code === 'EACCES' || code === 'EPERM')
    return new Failure(`${file} may not be written: permission denied.`);
  if (code === 'ENOSPC') return new Failure(`${file} cannot be written: the disk is full.`);
  const why = error instanceof Error ? error.message : String(error);
  return new Failure(`${file} cannot be written: ${why}.`);
}

/**
 * Looks at `-o FILE` before any work is done. `inputs`: paths that must not be written over.
 * @throws UsageError, and Failure where it cannot be written
 */
export async function refuseOutput(file: string, inputs: readonly string[]): Promise<void> {
  if (file === '-') throw new UsageError('-o takes the path of a file, not standard output.');
  for (const input of inputs) {
    if (input !== '-' && (await isSameFile(file, input)))
      throw new UsageError(`-o FILE would write over ${input}: name another file.`);
  }
  await refusePlace(file);
}

/** Where no file can be: known before the long work that it is for. @throws Failure, UsageError */
export async function refusePlace(file: string): Promise<void> {
  if (file === '') throw new UsageError('the path of the file to write is empty.');
  const [place, folder] = await Promise.all([file, path.dirname(file)].map(statOf));
  const code = place?.isDirectory() ? 'EISDIR' : folder?.isDirectory() ? undefined : 'ENOENT';
  if (code !== undefined) throw cannotWrite(file, Object.assign(new Error(code), { code }));
}

function statOf(file: string) {
  return stat(file).catch(() => undefined);
}
