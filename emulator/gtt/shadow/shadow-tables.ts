import { type Core, fault, hex } from '../../core.ts';
import { decodeEntry, looksForeign } from './decode-entry.ts';
import { ENTRY_TYPE_NAMES, TABLE_TYPES, type TableType, TYPE } from './entry-types.ts';
import {
  addReference,
  dropReference,
  tellChange,
  tellGuestChange,
  tellMade,
} from './shadow-events.ts';
import {
  insertTable,
  isPostponed,
  isRootTable,
  removeTable,
  type ShadowTable,
  tableAt,
} from './shadow-state.ts';

export const ENTRIES = 512;
/** Of a table with 64K pages only every sixteenth entry counts (gvt-facts §5.2). */
export const STRIDE_64K = 16;

export type Pair = readonly [low: number, high: number];
const ABSENT: Pair = [0, 0];

/**
 * One more entry leads to the guest page: its shadow is made, with all that hangs below, or counted once more
 * (gvt-facts §5.4).
 */
export function acquireTable(core: Core, frame: number, type: TableType, ips: boolean): void {
  const { shadow } = core.state;
  const known = tableAt(shadow, frame);
  if (known) {
    if (known.type !== type) useOtherwise(core, known, type);
    known.ips = ips;
    addReference(core, known);
    return;
  }
  const table: ShadowTable = {
    frame,
    type,
    ips,
    references: 1,
    protected: true,
    postponed: [],
    stale: [],
  };
  insertTable(shadow, table);
  tellMade(core, 'alloc', table);
  protect(core, table, true);
  tellChange(core, 'born', table);
  populate(core, table);
  tellChange(core, 'new', table);
}

function populate(core: Core, table: ShadowTable): void {
  for (let index = 0; index < ENTRIES; index++) {
    const entry = core.memory.knownPair(table.frame, index * 8);
    if (entry) takeEntry(core, table, index, entry);
  }
}

/** One entry less leads to the table at `frame`. The last one takes it away, with what only it led to. */
export function releaseTable(core: Core, frame: number): void {
  const table = tableAt(core.state.shadow, frame);
  if (!table) return;
  tellChange(core, 'die', table);
  if (dropReference(core, table) > 0) return;
  for (let index = 0; index < ENTRIES; index++)
    dropEntry(core, table, shadowEntry(core, table, index));
  tellChange(core, 'release', table);
  discardTable(core, table);
}

/** Takes a table out of the books, whoever still refers to it. */
export function discardTable(core: Core, table: ShadowTable): void {
  tellMade(core, 'free', table);
  if (table.protected) protect(core, table, false);
  removeTable(core.state.shadow, table);
}

/** What the shadow holds, as the guest would write it: mostly what the guest has in its table. */
export function shadowEntry(core: Core, table: ShadowTable, index: number): Pair {
  if (isPostponed(table, index)) return ABSENT;
  const stale = table.stale.find((entry) => entry.index === index);
  if (stale) return [stale.low, stale.high];
  return core.memory.knownPair(table.frame, index * 8) ?? ABSENT;
}

/**
 * The guest's entry has become another one. The new sub-tree is added before the old one is released, so that no
 * count reaches 0 in between (gvt-facts §5.4).
 */
export function changeEntry(
  core: Core,
  table: ShadowTable,
  index: number,
  was: Pair,
  now: Pair,
): void {
  if (table.ips && index % STRIDE_64K !== 0) return;
  if ((now[0] & 1) !== 0) {
    tellGuestChange(core, 'add', table, now, index);
    takeEntry(core, table, index, now);
  }
  removeEntry(core, table, index, was);
}

export function removeEntry(core: Core, table: ShadowTable, index: number, was: Pair): void {
  tellGuestChange(core, 'remove', table, was, index);
  dropEntry(core, table, was);
}

function takeEntry(core: Core, table: ShadowTable, index: number, [low, high]: Pair): void {
  if (table.ips && index % STRIDE_64K !== 0) return;
  const entry = decodeEntry(core, table.type, low, high);
  if (entry.kind === 'absent') return;
  if (looksForeign(low, high)) {
    if (!isExact(core, table)) return refuse(table, index);
    reportForeign(core, table, index, low, high);
  }
  if (entry.kind === 'refused') {
    refuse(table, index);
    reportRefused(core, table, index, entry.why);
  } else if (entry.kind === 'table') acquireTable(core, entry.frame, entry.type, entry.ips);
  else checkBacked(core, table, index, entry.frame, framesOf(table, entry.type));
}

function dropEntry(core: Core, table: ShadowTable, [low, high]: Pair): void {
  const row = TABLE_TYPES[table.type];
  if (row.next === undefined) return;
  const entry = decodeEntry(undefined, table.type, low, high);
  if (entry.kind === 'table') releaseTable(core, entry.frame);
}

function protect(core: Core, table: ShadowTable, on: boolean): void {
  table.protected = on;
  core.memory.watch(table.frame, on);
  core.services?.protectPage(table.frame, on);
}

/** After a write in failsafe mode: what happens to this page is no longer looked at (gvt-facts §2.4). */
export function unprotect(core: Core, table: ShadowTable): void {
  if (table.protected) protect(core, table, false);
}

/** How many frames a leaf maps: GVT-g shadows a 64K page, and a 2M one that is not all there, frame by frame. */
function framesOf(table: ShadowTable, type: number): number {
  if (type === TYPE.pte2m) return ENTRIES;
  return table.ips ? STRIDE_64K : 1;
}

function checkBacked(
  core: Core,
  table: ShadowTable,
  index: number,
  frame: number,
  count: number,
): void {
  const { services } = core;
  if (services === undefined) return;
  const first = frame - (frame % count);
  for (let at = first; at < first + count; at++) {
    if (services.isBacked(at) !== false) continue;
    const message = () =>
      `${describe(table)}, entry ${index}: maps guest ${hex(at * 4096)}, where the guest has no memory`;
    const place = { guest: table.frame * 4096 + index * 8, value: at * 4096 };
    fault(core, 'ppgtt-frame-unbacked', message, place);
    return;
  }
}

function reportRefused(core: Core, table: ShadowTable, index: number, why: string): void {
  const message = () => `${describe(table)}, entry ${index}: ${why}`;
  fault(core, 'ppgtt-entry', message, { guest: table.frame * 4096 + index * 8 });
}

/** The shadow has nothing here, whatever the guest has. */
function refuse(table: ShadowTable, index: number): void {
  table.stale.push({ index, low: 0, high: 0 });
}

function reportForeign(
  core: Core,
  table: ShadowTable,
  at: number,
  low: number,
  high: number,
): void {
  const digits = (word: number) => word.toString(16).padStart(8, '0');
  const message = () =>
    `${describe(table)}: entry ${at} became 0x${digits(high)}${digits(low)}, which is no entry`;
  const place = { guest: table.frame * 4096 + at * 8, value: low >>> 0 };
  fault(core, 'page-table-reused', message, place);
}

/** The guest uses a page as a table of another type than it is known for. */
function useOtherwise(core: Core, table: ShadowTable, type: TableType): void {
  if (isExact(core, table)) {
    const message = () => `${describe(table)} is used as a ${ENTRY_TYPE_NAMES[type]} as well`;
    fault(core, 'page-table-two-types', message, { guest: table.frame * 4096 });
    return;
  }
  // It has been given back, and nobody saw it.
  for (let index = 0; index < ENTRIES; index++)
    dropEntry(core, table, shadowEntry(core, table, index));
  table.type = type;
  populate(core, table);
}

/**
 * Whether the books are right for this table: a hypervisor shows each write of a live guest, or a root that the guest still holds
 * points to it. A recording shows only what engines used: a table may have left its tree since.
 */
export function isExact(core: Core, table: ShadowTable): boolean {
  return core.services?.seesWrites === true || isRootTable(core.state.shadow, table);
}

export function describe({ frame, type }: ShadowTable): string {
  return `${ENTRY_TYPE_NAMES[type]} at guest ${hex(frame * 4096)}`;
}
