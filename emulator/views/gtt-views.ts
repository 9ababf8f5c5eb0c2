import { type Core, hex } from '../core.ts';
import type { Answer } from '../device-model.ts';
import { GGTT_ENTRIES, type GgttEntry, ggttEntry } from '../gtt/ggtt.ts';
import { type PpgttRoot, type PpgttWalk, walkPpgtt } from '../gtt/ppgtt-walk.ts';
import { ownerOf } from '../partition.ts';
import type { PteValue, WalkStepValue } from './view-types.ts';

const PAGE = 4096;

/** Entries `start` to `start + count`, cut to the table. */
export function pteViews(core: Core, start: number, count: number): PteValue[] {
  const end = Math.min(start + count, GGTT_ENTRIES);
  const views: PteValue[] = [];
  for (let index = Math.max(0, start); index < end; index++) views.push(pteView(core, index));
  return views;
}

function pteView(core: Core, index: number): PteValue {
  const entry = ggttEntry(core, index);
  return {
    index,
    graphicsAddress: index * PAGE,
    entry: answer(entry),
    present: entry.present,
    frame: entry.page,
    owner: ownerOf(core.config.partition, index * PAGE),
    target: targetOf(core, entry),
  };
}

function targetOf(core: Core, entry: GgttEntry): string {
  if (entry.partial) return 'half written: scratch';
  if (!entry.present) return 'not present';
  return core.memory.pageState(entry.page / PAGE);
}

/** Where a graphics address leads, in one step. */
export function walkGgtt(core: Core, address: number): WalkStepValue[] {
  const index = Math.floor(address / PAGE);
  if (index < 0 || index >= GGTT_ENTRIES) return [];
  const entry = ggttEntry(core, index);
  const leads = entry.present && !entry.partial;
  const result = leads
    ? `maps guest ${hex(entry.page + (address % PAGE))}, page ${targetOf(core, entry)}`
    : targetOf(core, entry);
  return [{ level: 'GGTT PTE', index, tableAddress: 0, entry: answer(entry), result }];
}

/** Every level from a root, which is the address of a PML4; without one the PDPs that the guest last announced. */
export function walkPpgttFrom(core: Core, address: number, root?: number): WalkStepValue[] {
  return walkPpgttOf(core, rootOf(core, root), address);
}

export function walkPpgttOf(core: Core, root: PpgttRoot, address: number): WalkStepValue[] {
  return walkSteps(walkPpgtt(core, root, address));
}

/** PVINFO's pdp[0..3] hold the roots of the latest create (gvt-facts §3). */
function rootOf(core: Core, root: number | undefined): PpgttRoot {
  if (root !== undefined) return { levels: 4, pml4: root };
  const pdp = (n: number) => {
    const at = 0x78838 + n * 8;
    return core.registers.get(at + 4) * 2 ** 32 + core.registers.get(at);
  };
  const threeLevel = core.registers.get(0x78818) === 2;
  if (threeLevel) return { levels: 3, pdps: [pdp(0), pdp(1), pdp(2), pdp(3)] };
  return { levels: 4, pml4: pdp(0) };
}

function walkSteps({ levels, outcome }: PpgttWalk): WalkStepValue[] {
  return levels.map(({ level, index, table, entry }, depth) => ({
    level,
    index,
    tableAddress: table,
    entry,
    result: depth < levels.length - 1 ? 'leads on' : outcomeText(outcome),
  }));
}

function outcomeText(outcome: PpgttWalk['outcome']): string {
  switch (outcome.kind) {
    case 'mapped': {
      const access = outcome.writable ? 'writable' : 'read-only';
      return `maps guest ${hex(outcome.address)} (${outcome.pageSize}, ${access}, PAT ${outcome.pat})`;
    }
    case 'invalid':
      return `invalid: ${outcome.why}`;
    default:
      return outcome.kind;
  }
}

function answer(entry: GgttEntry): Answer {
  return { low: entry.low, high: entry.high, known: true };
}
