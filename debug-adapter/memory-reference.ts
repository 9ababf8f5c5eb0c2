import { guestName, type MemorySpace } from '../timeline/index.ts';
import { AdapterError } from './errors.ts';

/** A place in one of the device's address spaces, on the wire `mmio:0x2030`, or `vGPU2:mmio:0x2030` of several guests. */
export interface MemoryAddress {
  readonly space: MemorySpace;
  readonly address: number;
  /** Of several guests, whose; absent: of the one whose event comes next. */
  readonly guest?: number;
}

/** Sizes in bytes: BAR0, BAR2 (the largest there is), PCI configuration space, guest physical and graphics memory. */
const SPACE_BYTES: Readonly<Record<MemorySpace, number>> = {
  mmio: 0x1000000,
  aperture: 2 ** 32,
  config: 256,
  memory: 2 ** 48,
  ggtt: 2 ** 32,
};

export function formatMemoryReference(
  { space, address, guest: own }: MemoryAddress,
  guest = own,
): string {
  const whose = guest === undefined ? '' : `${guestName(guest)}:`;
  return `${whose}${space}:0x${address.toString(16)}`;
}

/** Throws `memory` with the forms there are. */
export function parseMemoryReference(reference: string): MemoryAddress {
  const match = /^\s*(?:vGPU([1-7]):)?(?:([a-z]+):)?(0x[0-9a-f]{1,12}|\d{1,15})\s*$/i.exec(
    reference,
  );
  const space = spaceNamed(match?.[2]?.toLowerCase() ?? 'mmio');
  if (match === null || space === undefined) {
    throw new AdapterError(
      'memory',
      `'${reference}' is not a memory reference; write a space and an address, such as mmio:0x2030, ` +
        'ggtt:0x4000000, aperture:0x4000000, memory:0x1000 or config:0x10.',
    );
  }
  const guest = match[1] === undefined ? {} : { guest: Number(match[1]) - 1 };
  return { space, address: Number(match[3]), ...guest };
}

/** How many of `count` bytes from `address` on lie inside of the space. */
export function bytesInside({ space, address }: MemoryAddress, count: number): number {
  return Math.max(0, Math.min(count, SPACE_BYTES[space] - address));
}

function spaceNamed(name: string): MemorySpace | undefined {
  switch (name) {
    case 'mmio':
    case 'aperture':
    case 'config':
    case 'memory':
    case 'ggtt':
      return name;
    default:
      return undefined;
  }
}
