import type { V86Port } from './internals.ts';
import type { MachineParts } from './machine.ts';

/** A PCI device as the slot sees it. Offsets are within the space. */
export interface PciDevice {
  readConfig(offset: number, size: 1 | 2 | 4): number;
  writeConfig(offset: number, size: 1 | 2 | 4, value: number): void;
}

/** Bus 0, device 2, function 0, where Intel's graphics has always been. */
const SLOT = 2 << 3;
const CONFIG_DATA = 0xcfc;

/**
 * Puts the device into slot 00:02.0. The emulator's own PCI code can neither size 64-bit BARs nor move them, so the
 * accesses to configuration space are taken from its ports before it sees them.
 */
export function plugIn({ cpu }: Pick<MachineParts, 'cpu'>, device: PciDevice): void {
  const { pci } = cpu.devices;
  // The emulator has to know that somebody is there; it never gets to answer from these zeros.
  const pci_space = new Array<number>(64).fill(0);
  pci.register_device({ pci_id: SLOT, pci_space, pci_bars: [], name: 'vGPU' });
  for (let byte = 0; byte < 4; byte++) {
    const theirs = cpu.io.ports[CONFIG_DATA + byte];
    if (theirs === undefined) continue;
    const offset = (): number => {
      const address = pci.pci_addr32[0] ?? 0;
      const ours = address < 0 && ((address >>> 8) & 0xffff) === SLOT;
      return ours ? (address & 0xfc) + byte : -1;
    };
    cpu.io.ports[CONFIG_DATA + byte] = configPort(device, theirs, offset);
  }
}

/** `offset` is -1 where another device is spoken to. */
function configPort(device: PciDevice, theirs: V86Port, offset: () => number): V86Port {
  const read =
    (size: 1 | 2 | 4, other: (this: unknown, port: number) => number) => (port: number) => {
      const at = offset();
      return at < 0 ? other.call(theirs.device, port) : device.readConfig(at, size);
    };
  const write =
    (size: 1 | 2 | 4, other: (this: unknown, value: number) => void) => (value: number) => {
      const at = offset();
      if (at < 0) other.call(theirs.device, value);
      else device.writeConfig(at, size, size === 4 ? value >>> 0 : value);
    };
  return {
    read8: read(1, theirs.read8),
    read16: read(2, theirs.read16),
    // The processor's registers are signed here.
    read32: (port) => read(4, theirs.read32)(port) | 0,
    write8: write(1, theirs.write8),
    write16: write(2, theirs.write16),
    write32: write(4, theirs.write32),
    device: undefined,
  };
}
