import { CONFIG_ROWS } from '../emulator/index.ts';
import type { RegisterDirectory, RegisterInfo } from './register-directory.ts';

/** PCI configuration registers of the vGPU, from its table. Sizes are 1, 2 or 4 bytes. */
export const CONFIG_REGISTERS: readonly RegisterInfo[] = CONFIG_ROWS.map((row) => ({
  name: row.name,
  offset: row.offset,
  size: row.size,
  fields: row.fields ?? [],
  access: 'config',
}));

/** From here on each device has its own. */
const STANDARD_END = 0x40;

/** Those that a device has: of a foreign one only the header's are known. */
export function configRegistersOf({ foreign }: RegisterDirectory): readonly RegisterInfo[] {
  if (foreign !== true) return CONFIG_REGISTERS;
  return CONFIG_REGISTERS.filter(({ offset }) => offset < STANDARD_END);
}

/** The configuration register that the byte at `offset` belongs to. */
export function configRegisterAt(
  offset: number,
  directory: Pick<RegisterDirectory, 'foreign'> = {},
): RegisterInfo | undefined {
  if (directory.foreign === true && offset >= STANDARD_END) return undefined;
  return CONFIG_REGISTERS.find((each) => offset >= each.offset && offset < each.offset + each.size);
}

/** By name, in any letter case. */
export function configRegisterNamed(name: string): RegisterInfo | undefined {
  const wanted = name.toUpperCase();
  return CONFIG_REGISTERS.find((each) => each.name === wanted);
}
