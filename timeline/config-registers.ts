import type { RegisterField, RegisterInfo } from './register-directory.ts';

const flag = (name: string, bit: number): RegisterField => ({ name, low: bit, high: bit });

const row = (
  offset: number,
  size: number,
  name: string,
  fields: readonly RegisterField[] = [],
): RegisterInfo => ({ name, offset, size, fields, access: 'config' });

/**
 * PCI configuration registers of an Intel graphics device, named as in the PCI specification and, from 0x40 on,
 * in Intel's manuals; which of them a vGPU has is in gvt-facts §1. Sizes are 1, 2 or 4 bytes.
 */
export const CONFIG_REGISTERS: readonly RegisterInfo[] = [
  row(0x00, 2, 'VENDOR_ID'),
  row(0x02, 2, 'DEVICE_ID'),
  row(0x04, 2, 'COMMAND', [
    flag('ioSpace', 0),
    flag('memorySpace', 1),
    flag('busMaster', 2),
    flag('parityErrorResponse', 6),
    flag('serrEnable', 8),
    flag('intxDisable', 10),
  ]),
  row(0x06, 2, 'STATUS', [flag('interruptStatus', 3), flag('capabilityList', 4)]),
  row(0x08, 1, 'REVISION_ID'),
  row(0x09, 1, 'PROG_IF'),
  row(0x0a, 2, 'CLASS_DEVICE'),
  row(0x0c, 1, 'CACHE_LINE_SIZE'),
  row(0x0d, 1, 'LATENCY_TIMER'),
  row(0x0e, 1, 'HEADER_TYPE'),
  row(0x10, 4, 'BAR0_LOW'),
  row(0x14, 4, 'BAR0_HIGH'),
  row(0x18, 4, 'BAR2_LOW'),
  row(0x1c, 4, 'BAR2_HIGH'),
  row(0x20, 4, 'BAR4'),
  row(0x2c, 2, 'SUBSYSTEM_VENDOR_ID'),
  row(0x2e, 2, 'SUBSYSTEM_ID'),
  row(0x30, 4, 'ROM_ADDRESS'),
  row(0x34, 1, 'CAPABILITY_LIST'),
  row(0x3c, 1, 'INTERRUPT_LINE'),
  row(0x3d, 1, 'INTERRUPT_PIN'),
  row(0x50, 2, 'GMCH_CTL', [
    flag('gmchLock', 0),
    flag('vgaDisable', 1),
    { name: 'gttSize', low: 6, high: 7 },
    { name: 'stolenSize', low: 8, high: 15 },
  ]),
  row(0x5c, 4, 'BDSM'),
  row(0x60, 4, 'MSAC'),
  row(0xac, 2, 'MSI_CAPABILITY'),
  row(0xae, 2, 'MSI_CONTROL', [
    flag('enable', 0),
    { name: 'messagesEnabled', low: 4, high: 6 },
    flag('address64', 7),
  ]),
  row(0xb0, 4, 'MSI_ADDRESS'),
  row(0xb4, 2, 'MSI_DATA'),
  row(0xd0, 2, 'PM_CAPABILITY'),
  row(0xd4, 2, 'PM_CONTROL', [
    { name: 'powerState', low: 0, high: 1, values: { 0: 'D0', 3: 'D3hot' } },
  ]),
  row(0xe4, 4, 'ASLE'),
  row(0xe8, 2, 'SWSCI', [flag('trigger', 0), flag('smiOrSci', 15)]),
  row(0xfc, 4, 'ASLS'),
];

/** The configuration register that the byte at `offset` belongs to. */
export function configRegisterAt(offset: number): RegisterInfo | undefined {
  return CONFIG_REGISTERS.find((each) => offset >= each.offset && offset < each.offset + each.size);
}

/** By name, in any letter case. */
export function configRegisterNamed(name: string): RegisterInfo | undefined {
  const wanted = name.toUpperCase();
  return CONFIG_REGISTERS.find((each) => each.name === wanted);
}
