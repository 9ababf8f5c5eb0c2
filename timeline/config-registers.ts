import { CONFIG_ROWS } from '../emulator/index.ts';
import type { RegisterInfo } from './register-directory.ts';

/** PCI configuration registers of the vGPU, from its table. Sizes are 1, 2 or 4 bytes. */
export const CONFIG_REGISTERS: readonly RegisterInfo[] = CONFIG_ROWS.map((row) => ({
  name: row.name,
  offset: row.offset,
  size: row.size,
  fields: row.fields ?? [],
  access: 'config',
}));

/** The configuration register that the byte at `offset` belongs to. */
export function configRegisterAt(offset: number): RegisterInfo | undefined {
  return CONFIG_REGISTERS.find((each) => offset >= each.offset && offset < each.offset + each.size);
}

/** By name, in any letter case. */
export function configRegisterNamed(name: string): RegisterInfo | undefined {
  const wanted = name.toUpperCase();
  return CONFIG_REGISTERS.find((each) => each.name === wanted);
}
