import type { Core } from '../core.ts';
import type { Answer } from '../device-model.ts';
import { ENTRY_TYPE_NAMES } from '../gtt/shadow/entry-types.ts';
import type { ShadowTable } from '../gtt/shadow/shadow-state.ts';
import { isExact } from '../gtt/shadow/shadow-tables.ts';

/** What GVT-g keeps of the guest's page tables (gvt-facts §5.4). */
export interface ShadowValue {
  readonly roots: readonly ShadowRootValue[];
  /** Guest pages that are page tables, in order of their addresses. */
  readonly tables: readonly ShadowTableValue[];
}

export interface ShadowRootValue {
  /** `root L3`, `root L4`. */
  readonly type: string;
  /** Guest physical addresses; 0 for none. */
  readonly pdps: readonly number[];
  readonly references: number;
  /** Engines whose present context uses it. */
  readonly engines: readonly string[];
  /** Its tree is shadowed; false after a reset, until work uses it again. */
  readonly shadowed: boolean;
}

export interface ShadowTableValue {
  /** Guest physical address of the page. */
  readonly address: number;
  /** `PTE table` … `PML4 table`. */
  readonly type: string;
  /** It holds 64K pages. */
  readonly pages64K: boolean;
  /** Entries and root pointers that lead here. */
  readonly references: number;
  /** Guest writes into the page are seen. */
  readonly protected: boolean;
  /** False where the recording may have left out that the table is none any more. */
  readonly certain: boolean;
  /** Entries of which half is written: the shadow has scratch until work is submitted. */
  readonly pending: readonly ShadowEntryValue[];
  /** Entries that the guest changed in a way that was refused. */
  readonly refused: readonly ShadowEntryValue[];
}

/** An entry in which guest and shadow part. */
export interface ShadowEntryValue {
  readonly index: number;
  /** As the guest's page has it now. */
  readonly guest: Answer;
  /** As the shadow has it, in the guest's addresses. */
  readonly shadow: Answer;
}

const NOTHING: Answer = { low: 0, high: 0, known: true };

export function shadowViews(core: Core): ShadowValue {
  const { engines } = core.registers.map.tables;
  const { roots, tables } = core.state.shadow;
  return {
    roots: roots.map(({ type, pdps, references, users, shadowed }) => ({
      type: ENTRY_TYPE_NAMES[type],
      pdps: [...pdps],
      references,
      engines: users.map((user) => engines[user]?.name ?? ''),
      shadowed,
    })),
    tables: tables.map((table) => tableView(core, table)),
  };
}

function tableView(core: Core, table: ShadowTable): ShadowTableValue {
  const address = table.frame * 4096;
  const entry = (index: number, shadow: Answer): ShadowEntryValue => {
    return { index, guest: core.memory.readValue(address + index * 8, 8), shadow };
  };
  return {
    address,
    type: ENTRY_TYPE_NAMES[table.type],
    pages64K: table.ips,
    references: table.references,
    protected: table.protected,
    certain: isExact(core, table),
    pending: table.postponed.map((index) => entry(index, NOTHING)),
    refused: table.stale.map(({ index, low, high }) => entry(index, { low, high, known: true })),
  };
}
