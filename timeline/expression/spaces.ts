import { BAR0_BYTES, PAGE_BYTES, pteOffsetOf, type RegisterField } from '../register-directory.ts';
import type { PeekSpace } from './context.ts';

/** A name that takes an address: `mem32[0x1000]`. */
export interface SpaceRow {
  readonly name: string;
  readonly space: PeekSpace;
  /** Bytes that are read. */
  readonly size: number;
  /** First address that is outside. */
  readonly limit: number;
  readonly description: string;
  /** Page-table entries are named by the graphics address that they map. */
  readonly entries?: boolean;
  readonly fields?: readonly RegisterField[];
}

/** Guest physical and graphics addresses have up to 48 bits. */
const ADDRESS_LIMIT = 2 ** 48;
const GGTT_LIMIT = 2 ** 32;

/** Parts of a GGTT entry (gvt-facts §5.1). */
export const PTE_FIELDS: readonly RegisterField[] = [
  { name: 'present', low: 0, high: 0 },
  { name: 'frame', low: 12, high: 45, shift: 12 },
];

const sized = (
  name: string,
  space: PeekSpace,
  limit: number,
  description: string,
): readonly SpaceRow[] =>
  [1, 2, 4, 8].map((size) => ({
    name: `${name}${size * 8}`,
    space,
    size,
    limit,
    description: `${size * 8} bits of ${description}`,
  }));

export const SPACE_ROWS: readonly SpaceRow[] = [
  {
    name: 'mmio',
    space: 'mmio',
    size: 4,
    limit: BAR0_BYTES,
    description: '32 bits of BAR0 at an offset',
  },
  {
    name: 'ggtt',
    space: 'mmio',
    size: 8,
    limit: GGTT_LIMIT,
    description: 'GGTT entry of a graphics address',
    entries: true,
    fields: PTE_FIELDS,
  },
  {
    name: 'config',
    space: 'config',
    size: 4,
    limit: 256,
    description: '32 bits of PCI configuration space',
  },
  ...sized('config', 'config', 256, 'PCI configuration space'),
  ...sized('mem', 'memory', ADDRESS_LIMIT, 'guest physical memory'),
  ...sized('gm', 'ggtt', GGTT_LIMIT, 'graphics memory through the GGTT'),
];

export function spaceNamed(name: string): SpaceRow | undefined {
  const wanted = name.toLowerCase();
  return SPACE_ROWS.find((row) => row.name === wanted);
}

/** Where a row's address lies; undefined where it is outside of the space. */
export function addressIn(row: SpaceRow, address: bigint): number | undefined {
  if (address + BigInt(row.size) > BigInt(row.limit)) return undefined;
  const number = Number(address);
  return row.entries ? pteOffsetOf(number - (number % PAGE_BYTES)) : number;
}
