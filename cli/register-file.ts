import { readFile } from 'node:fs/promises';
import { parseRegisterDescription, type RegisterInfo } from '../timeline/index.ts';
import { Failure, UsageError } from './failures.ts';
import { cannotOpen } from './load-trace.ts';
import type { Arguments, OptionRow } from './options.ts';
import type { Terminal } from './terminal.ts';

export const REGISTERS_OPTION: OptionRow = {
  name: 'registers',
  value: 'FILE',
  help: 'names for registers of a device that is not emulated: SVD, or JSON',
};

/**
 * The registers that `--registers` describes; what is wrong with some of them goes to the terminal.
 * @throws Failure where the file cannot be read, or is no description
 */
export async function describedRegisters(
  args: Arguments,
  terminal: Terminal,
): Promise<readonly RegisterInfo[]> {
  const path = args.text('registers');
  if (path === undefined) return [];
  const text = await textOf(path);
  try {
    const { registers, problems } = parseRegisterDescription(text, path);
    for (const problem of problems) terminal.err(`vgpu: ${path}: ${problem}\n`);
    return registers;
  } catch (error) {
    throw new Failure(error instanceof Error ? error.message : String(error));
  }
}

/** @throws UsageError for `--registers`, where the model has names of its own */
export function refuseRegisters(args: Arguments): void {
  if (args.text(REGISTERS_OPTION.name) === undefined) return;
  throw new UsageError(
    '--registers is about devices that are not emulated; the emulated vGPU has names of its own.',
  );
}

/** @throws Failure where there is no such file */
async function textOf(path: string): Promise<string> {
  try {
    return await readFile(path, 'utf8');
  } catch (error) {
    throw new Failure(cannotOpen(path, error));
  }
}
