import type { RootType, TableType } from './entry-types.ts';

/**
 * A guest page that GVT-g has shadowed as a page table ("spt"). What the shadow holds follows from guest memory,
 * which is write-protected; kept here is only where the two part.
 */
export interface ShadowTable {
  /** Guest page frame number. */
  readonly frame: number;
  type: TableType;
  /** It holds 64K pages: the entry above has the IPS bit. */
  ips: boolean;
  /** One for every entry or root pointer that leads here. */
  references: number;
  /** Guest writes are seen. */
  protected: boolean;
  /** Entries of which one half was written since work was last submitted: the shadow has scratch (post-shadow). */
  postponed: number[];
  /** Entries that the guest changed in a way that GVT-g refused: the shadow has the old ones. */
  stale: StaleEntry[];
}

export interface StaleEntry {
  readonly index: number;
  readonly low: number;
  readonly high: number;
}

/** A PPGTT: one for each distinct type and four page-directory pointers. */
export interface ShadowRoot {
  readonly type: RootType;
  readonly pdps: readonly number[];
  /** By g2v create, and by work that uses it. */
  references: number;
  /** Engines whose present context uses it. */
  users: number[];
  /** False after a reset of all engines, until work uses it again. */
  shadowed: boolean;
}

/** Plain data (gvt-facts §5.4). */
export interface ShadowState {
  /** In ascending order of frames, so that a table's place does not depend on when it was found. */
  tables: ShadowTable[];
  /** The least recently used first. */
  roots: ShadowRoot[];
}

export function noShadow(): ShadowState {
  return { tables: [], roots: [] };
}

export function tableAt(shadow: ShadowState, frame: number): ShadowTable | undefined {
  const table = shadow.tables[placeOf(shadow, frame)];
  return table?.frame === frame ? table : undefined;
}

export function insertTable(shadow: ShadowState, table: ShadowTable): void {
  shadow.tables.splice(placeOf(shadow, table.frame), 0, table);
}

export function removeTable(shadow: ShadowState, table: ShadowTable): void {
  const place = placeOf(shadow, table.frame);
  if (shadow.tables[place] === table) shadow.tables.splice(place, 1);
}

/** Index of the first table at or behind `frame`. */
function placeOf({ tables }: ShadowState, frame: number): number {
  let first = 0;
  let end = tables.length;
  while (first < end) {
    const middle = (first + end) >>> 1;
    if ((tables[middle]?.frame ?? 0) < frame) first = middle + 1;
    else end = middle;
  }
  return first;
}

/** Whether a root that the guest has not given back points straight to the table. */
export function isRootTable({ roots }: ShadowState, { frame }: ShadowTable): boolean {
  return roots.some(
    ({ shadowed, pdps }) => shadowed && pdps.some((pdp) => Math.floor(pdp / 4096) === frame),
  );
}

export function isPostponed(table: ShadowTable, index: number): boolean {
  return table.postponed.length > 0 && table.postponed.includes(index);
}
