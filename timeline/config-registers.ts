import { registerDirectory } from '../emulator/index.ts';
import type { RegisterDirectory, RegisterInfo } from './register-directory.ts';

/** What a directory says of configuration space. */
type ConfigNames = Pick<RegisterDirectory, 'config' | 'foreign'>;

/** From here on each device has its own. */
const STANDARD_END = 0x40;

/**
 * PCI configuration registers of a device, by offset; sizes are 1, 2 or 4 bytes. Of one that is not emulated only the
 * header's are known.
 */
export function configRegistersOf({ config, foreign }: ConfigNames): readonly RegisterInfo[] {
  if (config !== undefined && foreign !== true) return config;
  headerRegisters ??= registerDirectory('skl').config.filter(({ offset }) => offset < STANDARD_END);
  return headerRegisters;
}

/** The same on all devices; made when first asked for. */
let headerRegisters: readonly RegisterInfo[] | undefined;

/** The configuration register that the byte at `offset` belongs to. */
export function configRegisterAt(offset: number, directory: ConfigNames): RegisterInfo | undefined {
  return configRegistersOf(directory).find(
    (each) => offset >= each.offset && offset < each.offset + each.size,
  );
}

/** By name, in any letter case. */
export function configRegisterNamed(
  name: string,
  directory: ConfigNames,
): RegisterInfo | undefined {
  const wanted = name.toUpperCase();
  return configRegistersOf(directory).find((each) => each.name === wanted);
}
