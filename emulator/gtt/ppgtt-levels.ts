/** One level of a per-process translation table (gvt-facts §5.1): which address bits index it. */
export interface PpgttLevel {
  /** As Intel's manuals call the table. */
  readonly name: 'PML4' | 'PDP' | 'PD' | 'PT';
  /** As they call an entry of it. */
  readonly entry: 'PML4E' | 'PDPE' | 'PDE' | 'PTE';
  /** Bytes that an entry stands for: the index starts above them. */
  readonly span: number;
  /** Page mapped by an entry of this level with the page-size bit set, for people; absent where there is none. */
  readonly largePage?: '1G' | '2M';
}

export const PPGTT_LEVELS: readonly PpgttLevel[] = [
  { name: 'PML4', entry: 'PML4E', span: 2 ** 39 },
  { name: 'PDP', entry: 'PDPE', span: 2 ** 30, largePage: '1G' },
  { name: 'PD', entry: 'PDE', span: 2 ** 21, largePage: '2M' },
  { name: 'PT', entry: 'PTE', span: 2 ** 12 },
];

/** Bits of an entry's low dword. */
export const PPGTT_BITS = {
  present: 1 << 0,
  writable: 1 << 1,
  /** PAT index bits 0 and 1. */
  writeThrough: 1 << 3,
  cacheDisable: 1 << 4,
  /** PAT index bit 2 in a PTE; in a directory entry "maps a large page". */
  pageSize: 1 << 7,
  /** In a directory entry: the table below holds 64 KiB pages ("IPS"). */
  ips: 1 << 11,
} as const;
