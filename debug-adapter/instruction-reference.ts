import type { InstructionAddress } from '../timeline/index.ts';

const MOST_ADDRESS = 2 ** 48;

/** On the wire `RCS0.ppgtt:0xfffefffee000`: an engine has its own view of memory. */
export function formatInstructionReference({ engine, space, address }: InstructionAddress): string {
  return `${engine}.${space}:0x${address.toString(16)}`;
}

/** The place so many bytes from it; undefined for a text that names none. */
export function findInstruction(reference: string, offset: number): InstructionAddress | undefined {
  const match = /^\s*(\S+)\.(ggtt|ppgtt):0x([0-9a-f]{1,12})\s*$/i.exec(reference);
  const [, engine, name, digits = ''] = match ?? [];
  const address = Number.parseInt(digits, 16) + offset;
  if (engine === undefined || !(address >= 0 && address < MOST_ADDRESS)) return undefined;
  return { engine, space: name?.toLowerCase() === 'ggtt' ? 'ggtt' : 'ppgtt', address };
}
