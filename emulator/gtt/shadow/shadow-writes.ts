import { type Core, fault, hex } from '../../core.ts';
import type { PageWatcher } from '../../state/memory-source.ts';
import { isPostponed, type ShadowTable, tableAt } from './shadow-state.ts';
import {
  changeEntry,
  describe,
  isExact,
  type Pair,
  removeEntry,
  shadowEntry,
  unprotect,
} from './shadow-tables.ts';

/** Sees writes into pages that hold page tables. */
export function tableWatcher(core: Core): PageWatcher {
  return {
    before: (frame, start, size, how) => {
      const table = tableAt(core.state.shadow, frame);
      if (!table) return undefined;
      if (core.state.failsafe >= 0) return () => unprotect(core, table);
      if (how === 'lines' || !isExact(core, table)) return beforeLines(core, table, start, size);
      return beforeValue(core, table, start, size);
    },
  };
}

/** Makes memory watch just the pages whose tables are protected, as after a restore. */
export function watchTables(core: Core): void {
  const { tables } = core.state.shadow;
  core.memory.watchOnly(tables.filter((table) => table.protected).map(({ frame }) => frame));
}

/** Memory was shown: whole entries, of which those count that differ. */
function beforeLines(core: Core, table: ShadowTable, start: number, size: number): () => void {
  const first = start >>> 3;
  const entries: Pair[] = [];
  for (let at = first; at * 8 < start + size; at++) entries.push(shadowEntry(core, table, at));
  return () => {
    entries.forEach((was, step) => {
      const index = first + step;
      const now = core.memory.knownPair(table.frame, index * 8) ?? [0, 0];
      if (now[0] === was[0] && now[1] === was[1] && !isPostponed(table, index)) return;
      settle(table, index);
      changeEntry(core, table, index, was, now);
    });
  };
}

/**
 * A write of 8 bytes is an entry. One of 4 bytes is kept until work is submitted, and until then the shadow has
 * scratch. Other sizes are an error: the shadow keeps what it has (gvt-facts §5.4).
 */
function beforeValue(
  core: Core,
  table: ShadowTable,
  start: number,
  size: number,
): (() => void) | undefined {
  const index = start >>> 3;
  const was = shadowEntry(core, table, index);
  if (size === 8 && start % 8 === 0) {
    return () => {
      settle(table, index);
      changeEntry(core, table, index, was, core.memory.knownPair(table.frame, start) ?? [0, 0]);
    };
  }
  if (size === 4 && start % 4 === 0) {
    if (isPostponed(table, index)) return undefined;
    settle(table, index);
    return () => {
      table.postponed.push(index);
      removeEntry(core, table, index, was);
    };
  }
  if (!isPostponed(table, index) && !table.stale.some((entry) => entry.index === index)) {
    table.stale.push({ index, low: was[0], high: was[1] });
  }
  const message = () =>
    `${describe(table)}: ${size} bytes written at ${hex(start)}; the shadow keeps entry ${index}`;
  fault(core, 'page-table-write-size', message, { guest: table.frame * 4096 + start });
  return undefined;
}

/** The shadow's entry follows the guest's again. */
function settle(table: ShadowTable, index: number): void {
  if (table.postponed.length > 0) {
    table.postponed = table.postponed.filter((entry) => entry !== index);
  }
  if (table.stale.length > 0) table.stale = table.stale.filter((entry) => entry.index !== index);
}

/** Work is about to run: entries that were written by halves are taken over (post-shadow, gvt-facts §5.4). */
export function syncPostponed(core: Core): void {
  for (const table of [...core.state.shadow.tables]) {
    const { postponed } = table;
    table.postponed = [];
    for (const index of postponed) {
      const now = core.memory.knownPair(table.frame, index * 8) ?? [0, 0];
      changeEntry(core, table, index, [0, 0], now);
    }
  }
}

/** An engine wrote into a page that is a page table. GVT-g protects from the processor only, and would not see it. */
export function noteEngineWrite(core: Core, address: number, engine: string): void {
  const table = tableAt(core.state.shadow, Math.floor(address / 4096));
  if (!table || !isExact(core, table)) return;
  const message = () => `${engine} wrote to ${hex(address)}, which is in the ${describe(table)}`;
  fault(core, 'page-table-engine-write', message, { guest: address, engine });
}
