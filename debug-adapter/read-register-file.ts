import { readFile, stat } from 'node:fs/promises';
import { basename } from 'node:path';
import { parseRegisterDescription, type RegisterDescription } from '../timeline/index.ts';
import { AdapterError } from './errors.ts';

/** Reads a register description. Rejects with an AdapterError that says what is wrong with it. */
export async function readRegisterFile(
  path: string | undefined,
): Promise<RegisterDescription | undefined> {
  if (path === undefined) return undefined;
  try {
    await requireFile(path);
    return parseRegisterDescription(await readFile(path, 'utf8'), basename(path));
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new AdapterError('registersUnreadable', `"registers": ${reason}`);
  }
}

/** A device or a pipe might never end. */
async function requireFile(path: string): Promise<void> {
  const there = await stat(path).catch((error) => {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined;
    throw error;
  });
  if (there === undefined) throw new Error(`there is no file ${path}.`);
  if (!there.isFile()) throw new Error(`${path} is no file.`);
}
