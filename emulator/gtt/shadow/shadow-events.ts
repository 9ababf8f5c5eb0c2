import type { Core } from '../../core.ts';
import type { ShadowEvent } from '../../device-model.ts';
import type { ShadowTable } from './shadow-state.ts';

type ChangeTag = Extract<ShadowEvent, { kind: 'change' }>['tag'];
type GuestTag = Extract<ShadowEvent, { kind: 'guest-change' }>['tag'];

export function tellChange(core: Core, tag: ChangeTag, { frame, type }: ShadowTable): void {
  core.listener?.shadow?.({ kind: 'change', tag, frame, type });
}

export function tellMade(core: Core, kind: 'alloc' | 'free', { frame, type }: ShadowTable): void {
  core.listener?.shadow?.({ kind, frame, type });
}

export function tellGuestChange(
  core: Core,
  tag: GuestTag,
  { frame, type }: { readonly frame?: number; readonly type: number },
  [low, high]: readonly [number, number],
  index: number,
): void {
  if (!core.listener?.shadow) return;
  const place = frame === undefined ? {} : { frame };
  core.listener.shadow({ kind: 'guest-change', tag, ...place, type, low, high, index });
}

export function addReference(core: Core, table: ShadowTable): void {
  count(core, table, 'inc', 1);
}

/** How many are left. */
export function dropReference(core: Core, table: ShadowTable): number {
  count(core, table, 'dec', -1);
  return table.references;
}

function count(core: Core, table: ShadowTable, tag: 'inc' | 'dec', by: number): void {
  const before = table.references;
  table.references += by;
  const after = table.references;
  core.listener?.shadow?.({ kind: 'refcount', tag, frame: table.frame, before, after });
}
