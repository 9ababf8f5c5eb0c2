import type { Core } from '../core.ts';
import type { Answer } from '../device-model.ts';
import { pageAddress } from './ggtt.ts';
import { PPGTT_BITS, PPGTT_LEVELS, type PpgttLevel } from './ppgtt-levels.ts';

/** Where a walk starts: 4-level from one PML4, or 3-level from four page-directory pointers. */
export type PpgttRoot =
  | { readonly levels: 4; readonly pml4: number }
  | { readonly levels: 3; readonly pdps: readonly [number, number, number, number] };

export interface WalkLevel {
  /** `PML4E`, `PDPE`, `PDE`, `PTE`. */
  readonly level: string;
  /** Entry number in its table. */
  readonly index: number;
  /** Guest physical address of the table; for the pointers of a 3-level root 0. */
  readonly table: number;
  readonly entry: Answer;
}

export interface PpgttWalk {
  readonly levels: readonly WalkLevel[];
  readonly outcome: WalkOutcome;
}

export type WalkOutcome =
  | {
      readonly kind: 'mapped';
      /** Guest physical address. */
      readonly address: number;
      readonly pageSize: '4K' | '64K' | '2M';
      readonly writable: boolean;
      /** PAT index 0–7. */
      readonly pat: number;
    }
  | { readonly kind: 'not present' | 'unknown'; readonly level: string }
  | { readonly kind: 'invalid'; readonly level: string; readonly why: string };

/** Translates a PPGTT address (≤ 48 bits; ≤ 32 for a 3-level root) and reports every level on the way, for views. */
export function walkPpgtt(core: Core, root: PpgttRoot, address: number): PpgttWalk {
  const levels: WalkLevel[] = [];
  const outcome = translatePpgtt(core, root, address, 'look', levels);
  return { levels, outcome };
}

/**
 * Translates as the device does. `use`: a running guest's tables are read as they are now; `look`: for those who
 * only want to see. Levels are put into `levels` where it is given.
 */
export function translatePpgtt(
  core: Core,
  root: PpgttRoot,
  address: number,
  purpose: 'look' | 'use',
  levels?: WalkLevel[],
): WalkOutcome {
  let table: number;
  let depth = 0;
  if (root.levels === 4) {
    table = root.pml4;
  } else {
    const index = Math.floor(address / 2 ** 30) & 3;
    table = root.pdps[index] ?? 0;
    levels?.push({ level: 'PDPE', index, table: 0, entry: split(table) });
    // Root pointers have no present bit: "present" means not zero (gvt-facts §5.1).
    if (table === 0) return { kind: 'not present', level: 'PDPE' };
    depth = 2;
  }
  let ips = false;
  for (; depth < PPGTT_LEVELS.length; depth++) {
    const level = PPGTT_LEVELS[depth];
    if (level === undefined) break;
    const raw = Math.floor(address / level.span) % 512;
    // Of a table with 64 KiB pages only every sixteenth entry counts (gvt-facts §5.2).
    const index: number = level.name === 'PT' && ips ? raw & ~15 : raw;
    const at: number = table + index * 8;
    const { memory } = core;
    const entry: Answer = purpose === 'use' ? memory.fetchValue(at, 8) : memory.readValue(at, 8);
    levels?.push({ level: level.entry, index, table, entry });
    const outcome = judge(core, level, entry, address, ips);
    if (outcome) return outcome;
    ips = level.name === 'PD' && (entry.low & PPGTT_BITS.ips) !== 0;
    table = pageAddress(entry.low, entry.high);
  }
  return { kind: 'invalid', level: 'PTE', why: 'the walk has no end' };
}

/** The end of the walk, or undefined where the entry points to a table below. */
function judge(
  core: Core,
  level: PpgttLevel,
  entry: Answer,
  address: number,
  ips: boolean,
): WalkOutcome | undefined {
  if (!entry.known) return { kind: 'unknown', level: level.entry };
  if ((entry.low & PPGTT_BITS.present) === 0) return { kind: 'not present', level: level.entry };
  if (level.name === 'PT') return mapped(entry, address, ips ? '64K' : '4K');
  if (level.largePage && (entry.low & PPGTT_BITS.pageSize) !== 0) {
    if (level.largePage === '2M') return mapped(entry, address, '2M');
    return { kind: 'invalid', level: level.entry, why: '1G pages are not supported by GVT-g' };
  }
  if (level.name === 'PD' && (entry.low & PPGTT_BITS.ips) !== 0 && !allows64K(core)) {
    return { kind: 'invalid', level: 'PDE', why: '64K pages while 0x4080 bits 3:0 are not 0xf' };
  }
  return undefined;
}

/** GEN9_GAMW_ECO_DEV_RW_IA: 64K pages are on when all four walkers have them (gvt-facts §5.2). */
export function allows64K(core: Core): boolean {
  return (core.registers.get(0x4080) & 0xf) === 0xf;
}

const PAGE_BYTES = { '4K': 0x1000, '64K': 0x10000, '2M': 0x200000 } as const;

function mapped(entry: Answer, address: number, pageSize: '4K' | '64K' | '2M'): WalkOutcome {
  const bytes = PAGE_BYTES[pageSize];
  const frame = pageAddress(entry.low, entry.high);
  // PAT bit 2 sits at bit 7 of a PTE and at bit 12 of a 2M entry.
  const patHigh = pageSize === '2M' ? (entry.low >>> 12) & 1 : (entry.low >>> 7) & 1;
  const pat = patHigh * 4 + ((entry.low >>> 4) & 1) * 2 + ((entry.low >>> 3) & 1);
  return {
    kind: 'mapped',
    address: frame - (frame % bytes) + (address % bytes),
    pageSize,
    writable: (entry.low & PPGTT_BITS.writable) !== 0,
    pat,
  };
}

function split(pointer: number): Answer {
  return { low: pointer % 2 ** 32, high: Math.floor(pointer / 2 ** 32), known: true };
}
