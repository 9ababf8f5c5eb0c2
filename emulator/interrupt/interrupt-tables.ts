import { BDW, GEN9 } from '../gen8/row-helpers.ts';
import type { PlatformTables } from '../mmio/register-map.ts';
import type { Platform } from '../mmio/register-row.ts';

/** A register group: ISR +0x0, IMR +0x4, IIR +0x8, IER +0xc from its base (gvt-facts §7.1). */
export interface InterruptGroup {
  readonly id: string;
  /** For people. */
  readonly name: string;
  readonly base: number;
  /** Bits of the group that one bit of the master register stands for. */
  readonly masters: readonly { readonly bit: number; readonly mask: number }[];
}

export const MASTER_INTERRUPT = 0x44200;
/** The only bit of the master register that a guest can change. */
export const MASTER_ENABLE = 0x80000000;

const ALL = 0xffffffff;
const LOW = 0x0000ffff;
const HIGH = 0xffff0000;

export const INTERRUPT_GROUPS = [
  {
    id: 'gt0',
    name: 'GT0 (RCS, BCS)',
    base: 0x44300,
    masters: [
      { bit: 0, mask: LOW },
      { bit: 1, mask: HIGH },
    ],
  },
  {
    id: 'gt1',
    name: 'GT1 (VCS0, VCS1)',
    base: 0x44310,
    masters: [
      { bit: 2, mask: LOW },
      { bit: 3, mask: HIGH },
    ],
  },
  { id: 'gt2', name: 'GT2 (PM, GuC)', base: 0x44320, masters: [{ bit: 4, mask: ALL }] },
  { id: 'gt3', name: 'GT3 (VECS)', base: 0x44330, masters: [{ bit: 6, mask: ALL }] },
  { id: 'pipe-a', name: 'DE pipe A', base: 0x44400, masters: [{ bit: 16, mask: ALL }] },
  { id: 'pipe-b', name: 'DE pipe B', base: 0x44410, masters: [{ bit: 17, mask: ALL }] },
  { id: 'pipe-c', name: 'DE pipe C', base: 0x44420, masters: [{ bit: 18, mask: ALL }] },
  { id: 'de-port', name: 'DE port', base: 0x44440, masters: [{ bit: 20, mask: ALL }] },
  { id: 'de-misc', name: 'DE misc', base: 0x44460, masters: [{ bit: 22, mask: ALL }] },
  { id: 'pch', name: 'PCH (south display)', base: 0xc4000, masters: [{ bit: 23, mask: ALL }] },
  { id: 'pcu', name: 'PCU', base: 0x444e0, masters: [{ bit: 30, mask: ALL }] },
] as const satisfies readonly InterruptGroup[];

export type InterruptGroupId = (typeof INTERRUPT_GROUPS)[number]['id'];

/** An event that the model can raise (gvt-facts §7.2). */
export interface InterruptEventRow {
  readonly id: string;
  /** As GVT-g's traces call it, whole. */
  readonly name: string;
  readonly group: InterruptGroupId;
  readonly bit: number;
  /** All if absent. An event that stands elsewhere on Broadwell has two rows. */
  readonly platforms?: readonly Platform[];
  /** The engine that must be there. */
  readonly engine?: 'VCS1';
  /** Why nothing in a vGPU causes it, and the section that says so; absent where something does. */
  readonly silent?: string;
}

const ROWS = [
  { id: 'rcs0-user', name: 'RCS0 user interrupt', group: 'gt0', bit: 0 },
  { id: 'rcs0-notify', name: 'RCS0 PIPE_CONTROL notify', group: 'gt0', bit: 4 },
  { id: 'rcs0-context-switch', name: 'RCS0 context switch', group: 'gt0', bit: 8 },
  { id: 'bcs0-user', name: 'BCS0 user interrupt', group: 'gt0', bit: 16 },
  { id: 'bcs0-notify', name: 'BCS0 MI_FLUSH_DW notify', group: 'gt0', bit: 20 },
  { id: 'bcs0-context-switch', name: 'BCS0 context switch', group: 'gt0', bit: 24 },
  { id: 'vcs0-user', name: 'VCS0 user interrupt', group: 'gt1', bit: 0 },
  { id: 'vcs0-notify', name: 'VCS0 MI_FLUSH_DW notify', group: 'gt1', bit: 4 },
  { id: 'vcs0-context-switch', name: 'VCS0 context switch', group: 'gt1', bit: 8 },
  { id: 'vcs1-user', name: 'VCS1 user interrupt', group: 'gt1', bit: 16, engine: 'VCS1' },
  { id: 'vcs1-notify', name: 'VCS1 MI_FLUSH_DW notify', group: 'gt1', bit: 20, engine: 'VCS1' },
  { id: 'vcs1-context-switch', name: 'VCS1 context switch', group: 'gt1', bit: 24, engine: 'VCS1' },
  { id: 'vecs0-user', name: 'VECS0 user interrupt', group: 'gt3', bit: 0 },
  { id: 'vecs0-notify', name: 'VECS0 MI_FLUSH_DW notify', group: 'gt3', bit: 4 },
  { id: 'vecs0-context-switch', name: 'VECS0 context switch', group: 'gt3', bit: 8 },
  { id: 'pipe-a-vblank', name: 'pipe A vblank', group: 'pipe-a', bit: 0 },
  {
    id: 'pipe-a-plane1-flip',
    name: 'pipe A plane 1 flip done',
    group: 'pipe-a',
    bit: 3,
    platforms: GEN9,
  },
  {
    id: 'pipe-a-plane1-flip',
    name: 'pipe A primary flip done',
    group: 'pipe-a',
    bit: 4,
    platforms: BDW,
  },
  {
    id: 'pipe-a-plane2-flip',
    name: 'pipe A plane 2 flip done',
    group: 'pipe-a',
    bit: 4,
    platforms: GEN9,
  },
  {
    id: 'pipe-a-plane2-flip',
    name: 'pipe A sprite flip done',
    group: 'pipe-a',
    bit: 5,
    platforms: BDW,
  },
  { id: 'pipe-b-vblank', name: 'pipe B vblank', group: 'pipe-b', bit: 0 },
  {
    id: 'pipe-b-plane1-flip',
    name: 'pipe B plane 1 flip done',
    group: 'pipe-b',
    bit: 3,
    platforms: GEN9,
  },
  {
    id: 'pipe-b-plane1-flip',
    name: 'pipe B primary flip done',
    group: 'pipe-b',
    bit: 4,
    platforms: BDW,
  },
  {
    id: 'pipe-b-plane2-flip',
    name: 'pipe B plane 2 flip done',
    group: 'pipe-b',
    bit: 4,
    platforms: GEN9,
  },
  {
    id: 'pipe-b-plane2-flip',
    name: 'pipe B sprite flip done',
    group: 'pipe-b',
    bit: 5,
    platforms: BDW,
  },
  { id: 'pipe-c-vblank', name: 'pipe C vblank', group: 'pipe-c', bit: 0 },
  {
    id: 'pipe-c-plane1-flip',
    name: 'pipe C plane 1 flip done',
    group: 'pipe-c',
    bit: 3,
    platforms: GEN9,
  },
  {
    id: 'pipe-c-plane1-flip',
    name: 'pipe C primary flip done',
    group: 'pipe-c',
    bit: 4,
    platforms: BDW,
  },
  {
    id: 'pipe-c-plane2-flip',
    name: 'pipe C plane 2 flip done',
    group: 'pipe-c',
    bit: 4,
    platforms: GEN9,
  },
  {
    id: 'pipe-c-plane2-flip',
    name: 'pipe C sprite flip done',
    group: 'pipe-c',
    bit: 5,
    platforms: BDW,
  },
  { id: 'aux-a', name: 'AUX channel A done', group: 'de-port', bit: 0 },
  {
    id: 'hotplug-a',
    name: 'DP A hotplug',
    group: 'de-port',
    bit: 3,
    silent: 'a monitor at port A is plugged on Broxton only (gvt-facts §9)',
  },
  { id: 'aux-b', name: 'AUX channel B done', group: 'de-port', bit: 25, platforms: GEN9 },
  { id: 'aux-b', name: 'AUX channel B done', group: 'pch', bit: 25, platforms: BDW },
  { id: 'aux-c', name: 'AUX channel C done', group: 'de-port', bit: 26, platforms: GEN9 },
  { id: 'aux-c', name: 'AUX channel C done', group: 'pch', bit: 26, platforms: BDW },
  { id: 'aux-d', name: 'AUX channel D done', group: 'de-port', bit: 27, platforms: GEN9 },
  { id: 'aux-d', name: 'AUX channel D done', group: 'pch', bit: 27, platforms: BDW },
  {
    id: 'gse',
    name: 'GSE',
    group: 'de-misc',
    bit: 0,
    silent: 'the OpRegion has no ASLE mailbox, and SWSCI answers within the write (gvt-facts §1.5)',
  },
  { id: 'gmbus', name: 'GMBUS', group: 'pch', bit: 17 },
  {
    id: 'hotplug-crt',
    name: 'CRT hotplug',
    group: 'pch',
    bit: 19,
    silent:
      'the VBT says that there is no CRT, and monitors are DisplayPort ones (gvt-facts §1.5, §9)',
  },
  { id: 'hotplug-b', name: 'DP B hotplug', group: 'pch', bit: 21 },
  { id: 'hotplug-c', name: 'DP C hotplug', group: 'pch', bit: 22 },
  { id: 'hotplug-d', name: 'DP D hotplug', group: 'pch', bit: 23 },
  {
    id: 'thermal',
    name: 'thermal',
    group: 'pcu',
    bit: 24,
    silent: 'a vGPU has no temperature, and no handshake sets it off (gvt-facts §8)',
  },
  {
    id: 'pcode-mailbox',
    name: 'pcode mailbox',
    group: 'pcu',
    bit: 25,
    silent: 'the mailbox answers within the write, and says so there (gvt-facts §8)',
  },
] as const satisfies readonly InterruptEventRow[];

export type InterruptEventId = (typeof ROWS)[number]['id'];

/** All rows; what one part has says `interruptEvents`. */
export const INTERRUPT_EVENTS: readonly InterruptEventRow[] = ROWS;

const known = new Map<PlatformTables, ReadonlyMap<string, InterruptEventRow>>();

/** What a part can raise, by id. */
export function interruptEvents(tables: PlatformTables): ReadonlyMap<string, InterruptEventRow> {
  const found = known.get(tables);
  if (found) return found;
  const here = INTERRUPT_EVENTS.filter(
    ({ platforms, engine }) =>
      (platforms?.includes(tables.platform) ?? true) &&
      (engine === undefined || tables.engines.some(({ name }) => name === engine)),
  );
  const events = new Map(here.map((row) => [row.id, row]));
  known.set(tables, events);
  return events;
}
