/**
 * Kinds of entries and tables, by the numbers that GVT-g's traces print (gvt-facts §5.1), and how one leads to
 * another.
 */
export const ENTRY_TYPE_NAMES = [
  'invalid',
  'GGTT PTE',
  'PTE 4K',
  'PTE 64K',
  'PTE 2M',
  'PTE 1G',
  'PTE any',
  'PDE',
  'PDP',
  'PML4',
  'root any',
  'root L3',
  'root L4',
  'entry any',
  'PTE table',
  'PDE table',
  'PDP table',
  'PML4 table',
] as const;

export const TYPE = {
  pte4k: 2,
  pte64k: 3,
  pte2m: 4,
  pte1g: 5,
  pde: 7,
  pdp: 8,
  pml4: 9,
  rootL3: 11,
  rootL4: 12,
  pteTable: 14,
  pdeTable: 15,
  pdpTable: 16,
  pml4Table: 17,
} as const;

export type TableType = 14 | 15 | 16 | 17;
export type RootType = 11 | 12;

interface TableTypeRow {
  /** What a table of this type holds. */
  readonly entry: number;
  /** What an entry with the page-size bit is; 0 where there is none. */
  readonly large: number;
  /** What an entry points to; undefined for a page. */
  readonly next: TableType | undefined;
}

export const TABLE_TYPES: Readonly<Record<TableType, TableTypeRow>> = {
  14: { entry: TYPE.pte4k, large: 0, next: undefined },
  15: { entry: TYPE.pde, large: TYPE.pte2m, next: TYPE.pteTable },
  16: { entry: TYPE.pdp, large: TYPE.pte1g, next: TYPE.pdeTable },
  17: { entry: TYPE.pml4, large: 0, next: TYPE.pdpTable },
};

/** What a root pointer leads to: the four of a 3-level root to page directories, the one of a 4-level root to a PML4. */
export const ROOT_TABLE: Readonly<Record<RootType, TableType>> = {
  11: TYPE.pdeTable,
  12: TYPE.pml4Table,
};
