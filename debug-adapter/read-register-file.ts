import { readFile } from 'node:fs/promises';
import { basename } from 'node:path';
import { parseRegisterDescription, type RegisterDescription } from '../timeline/index.ts';
import { AdapterError } from './errors.ts';

/** Reads a register description. Rejects with an AdapterError that says what is wrong with it. */
export async function readRegisterFile(
  path: string | undefined,
): Promise<RegisterDescription | undefined> {
  if (path === undefined) return undefined;
  try {
    return parseRegisterDescription(await readFile(path, 'utf8'), basename(path));
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new AdapterError('registersUnreadable', `"registers": ${reason}`);
  }
}
