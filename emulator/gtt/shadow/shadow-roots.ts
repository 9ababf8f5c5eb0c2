import { type Core, fault, hex } from '../../core.ts';
import { hasQuirk } from '../../quirks.ts';
import { ENTRY_TYPE_NAMES, ROOT_TABLE, type RootType, TYPE } from './entry-types.ts';
import { tellGuestChange } from './shadow-events.ts';
import type { ShadowRoot } from './shadow-state.ts';
import { acquireTable, describe, discardTable, releaseTable } from './shadow-tables.ts';
import { syncPostponed } from './shadow-writes.ts';

/** Of a 4-level root only the first pointer counts (gvt-facts §5.1). */
function pointersOf(type: RootType, pdps: readonly number[]): readonly number[] {
  return type === TYPE.rootL4 ? pdps.slice(0, 1) : pdps;
}

function findRoot(core: Core, type: RootType, pdps: readonly number[]): ShadowRoot | undefined {
  const wanted = pointersOf(type, pdps);
  return core.state.shadow.roots.find(
    (root) => root.type === type && wanted.every((pdp, index) => root.pdps[index] === pdp),
  );
}

/**
 * The guest announced a PPGTT (g2v create), or work uses one: its tree is shadowed, once for each distinct root
 * (gvt-facts §5.4). A root that cannot be shadowed is not there afterwards; the guest does not hear of it (§3).
 */
export function acquireRoot(
  core: Core,
  type: RootType,
  pdps: readonly number[],
): ShadowRoot | undefined {
  const known = findRoot(core, type, pdps);
  if (known) {
    known.references++;
    return known;
  }
  const problem = refusal(core, type, pdps);
  if (problem !== undefined) {
    if (!hasQuirk(core.config, 'g2v-failure-silent')) {
      const message = () => `${nameOf(type, pdps)}: ${problem}`;
      fault(core, 'ppgtt-create-failed', message, { guest: pdps[0] ?? 0 });
    }
    return undefined;
  }
  const root: ShadowRoot = {
    type,
    pdps: [...pointersOf(type, pdps)],
    references: 1,
    users: [],
    shadowed: false,
  };
  core.state.shadow.roots.push(root);
  shadowTree(core, root);
  return root;
}

/** The guest takes a PPGTT back (g2v destroy). */
export function destroyRoot(core: Core, type: RootType, pdps: readonly number[]): void {
  const root = findRoot(core, type, pdps);
  if (!root) {
    const message = () => `${nameOf(type, pdps)} was never created`;
    fault(core, 'ppgtt-unknown-root', message, { guest: pdps[0] ?? 0 });
    return;
  }
  if (root.users.length > 0 && root.references <= root.users.length + 1) {
    const message = () =>
      `${nameOf(type, pdps)} goes while ${root.users.length} context(s) run on it`;
    fault(core, 'ppgtt-pinned', message, { guest: root.pdps[0] ?? 0 });
  }
  releaseRoot(core, root);
}

export function releaseRoot(core: Core, root: ShadowRoot): void {
  root.references--;
  if (root.references > 0) return;
  const { shadow } = core.state;
  dropTree(core, root);
  shadow.roots = shadow.roots.filter((other) => other !== root);
}

/** Work of an engine is loaded: its root is pinned, and what the guest wrote by halves is taken over. */
export function useRoot(core: Core, engine: number, type: RootType, pdps: readonly number[]): void {
  leaveRoot(core, engine);
  syncPostponed(core);
  if (isAtZero(core, type, pdps)) return;
  const root = acquireRoot(core, type, pdps);
  if (!root) return;
  root.users.push(engine);
  if (!root.shadowed) shadowTree(core, root);
  const { shadow } = core.state;
  shadow.roots = [...shadow.roots.filter((other) => other !== root), root];
}

/** To hardware a root at address 0 is one like any other; there is no shadow that GVT-g could keep of it. */
function isAtZero(core: Core, type: RootType, pdps: readonly number[]): boolean {
  if (core.config.policy === 'gvt-g') return false;
  return pointersOf(type, pdps).every((pdp) => pdp === 0);
}

/** The engine's context is done with, or gone. */
export function leaveRoot(core: Core, engine: number): void {
  for (const root of core.state.shadow.roots) {
    const at = root.users.indexOf(engine);
    if (at < 0) continue;
    root.users.splice(at, 1);
    releaseRoot(core, root);
    return;
  }
}

/** A reset of all engines: trees go, roots stay, and are shadowed again when work uses them (gvt-facts §12.3). */
export function invalidateRoots(core: Core): void {
  for (const root of core.state.shadow.roots) dropTree(core, root);
}

/** A full reset: nothing stays. Tables that are left over had a count that did not reach 0. */
export function destroyAllRoots(core: Core): void {
  const { shadow } = core.state;
  invalidateRoots(core);
  shadow.roots = [];
  for (const table of [...shadow.tables]) {
    const message = () => `${describe(table)} is left with ${table.references} reference(s)`;
    fault(core, 'page-table-leak', message, { guest: table.frame * 4096 });
    discardTable(core, table);
  }
}

function shadowTree(core: Core, root: ShadowRoot): void {
  makeRoom(core, root);
  root.pdps.forEach((pdp, index) => {
    // Root pointers have no present bit: "present" means not zero.
    if (pdp === 0) return;
    tellGuestChange(core, 'shadow_ppgtt_mm', root, pair(pdp), index);
    acquireTable(core, Math.floor(pdp / 4096), ROOT_TABLE[root.type], false);
    tellGuestChange(core, 'populate root pointer', root, pair(pdp), index);
  });
  root.shadowed = true;
}

function dropTree(core: Core, root: ShadowRoot): void {
  if (!root.shadowed) return;
  root.shadowed = false;
  root.pdps.forEach((pdp, index) => {
    if (pdp === 0) return;
    releaseTable(core, Math.floor(pdp / 4096));
    tellGuestChange(core, 'destroy root pointer', root, [0, 0], index);
  });
}

/** Where the host's memory for shadows is used up, the least recently used trees go first (gvt-facts §5.4). */
function makeRoom(core: Core, forRoot: ShadowRoot): void {
  const { shadow } = core.state;
  const most = core.config.shadowTables ?? Number.POSITIVE_INFINITY;
  for (const root of shadow.roots) {
    if (shadow.tables.length < most) return;
    if (root !== forRoot && root.users.length === 0) dropTree(core, root);
  }
}

function refusal(core: Core, type: RootType, pdps: readonly number[]): string | undefined {
  const pointers = pointersOf(type, pdps);
  if (pointers.every((pdp) => pdp === 0)) return 'it has no page-directory pointer';
  const lost = pointers.find(
    (pdp) => pdp !== 0 && core.services?.isBacked(Math.floor(pdp / 4096)) === false,
  );
  if (lost !== undefined) return `the guest has no memory at ${hex(lost)}`;
  return undefined;
}

function nameOf(type: RootType, pdps: readonly number[]): string {
  return `${ENTRY_TYPE_NAMES[type]} ${pointersOf(type, pdps).map(hex).join(' ')}`;
}

function pair(pdp: number): readonly [number, number] {
  return [pdp % 2 ** 32, Math.floor(pdp / 2 ** 32)];
}
