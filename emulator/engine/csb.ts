import { fault, hex } from '../core.ts';
import { translateGgtt } from '../gtt/ggtt.ts';
import { eventRow, raiseEvent } from '../interrupt/events.ts';
import type { InterruptEventId } from '../interrupt/interrupt-tables.ts';
import { hasQuirk } from '../quirks.ts';
import { type Engine, RING, ringGet, ringSet } from './engine.ts';
import { statusPage, writeGpu } from './gpu-memory.ts';

/** Low dword of a context status entry (gvt-facts §6.4). */
export const CSB = {
  idleToActive: 1 << 0,
  preempted: 1 << 1,
  elementSwitch: 1 << 2,
  activeToIdle: 1 << 3,
  contextComplete: 1 << 4,
  liteRestore: 1 << 15,
} as const;

export const CSB_ENTRIES = 6;
/** Write pointer before anything has been written since a reset. */
const NOTHING_WRITTEN = 7;
/** In the status page: entries from dword 0x10 on, write pointer in dword 0x1f (gvt-facts §6.4). */
export const PAGE_ENTRIES = 0x40;
export const PAGE_POINTER = 0x7c;

/**
 * Writes a context status entry, in the registers and, which is what drivers read, in the status page; the entry
 * before the pointer.
 */
export function writeStatusEntry(engine: Engine, status: number, contextId: number): void {
  const pointer = ringGet(engine, RING.csbPointer);
  const last = pointer & 7;
  const at = last === NOTHING_WRITTEN ? 0 : (last + 1) % CSB_ENTRIES;
  ringSet(engine, RING.csb + at * 8, status);
  ringSet(engine, RING.csb + at * 8 + 4, contextId);
  ringSet(engine, RING.csbPointer, (pointer & ~7) | at);
  writeToPage(engine, PAGE_ENTRIES + at * 8, status, 'CSB entry');
  writeToPage(engine, PAGE_ENTRIES + at * 8 + 4, contextId, 'CSB entry');
  writeToPage(engine, PAGE_POINTER, at, 'CSB write pointer');
}

function writeToPage(engine: Engine, offset: number, value: number, what: string): void {
  const page = statusPage(engine);
  if (page === undefined) return;
  if (translateGgtt(engine.core, page) === undefined) {
    const { core, row } = engine;
    fault(
      core,
      'gpu-page-fault',
      () => `${row.name}: the ${what} is lost, as the status page ${hex(page)} is not mapped`,
      { engine: row.name, graphics: page, space: 'ggtt' },
    );
    return;
  }
  writeGpu(engine, 'ggtt', page + offset, 4, value, 0);
}

export function raiseContextSwitch(engine: Engine): void {
  raiseEngineEvent(engine, 'context-switch');
}

/**
 * An event of this engine, by the interrupt table's names (gvt-facts §7.2). The engine's own IMR is looked at first:
 * i915 masks an engine's user interrupts there while nobody waits, and must not get them. GVT-g does not look, so
 * that its guests get some for nothing (gvt-facts §7.3).
 */
export function raiseEngineEvent(engine: Engine, what: 'user' | 'notify' | 'context-switch'): void {
  const { core, row } = engine;
  const id = EVENT_IDS[row.name]?.[what];
  if (id === undefined) return;
  const { name, bit } = eventRow(engine.core, id);
  const tested = hasQuirk(core.config, 'ring-imr-render-bits') ? bit % 16 : bit;
  const ignored = hasQuirk(core.config, 'ring-imr-ignored');
  if (ignored || ((ringGet(engine, RING.imr) >>> tested) & 1) === 0) {
    raiseEvent(core, id);
    return;
  }
  const why = `${row.name}.RING_IMR masks bit ${tested}`;
  core.listener?.interrupt?.({ kind: 'event', name, delivered: false, why });
  const evidence = { register: row.base + RING.imr, value: ringGet(engine, RING.imr) };
  const message = () => `${name} was dropped: ${why}`;
  fault(core, 'ring-event-masked', message, { ...evidence, engine: row.name });
}

type EngineEvents = Readonly<Record<'user' | 'notify' | 'context-switch', InterruptEventId>>;

const EVENT_IDS: Readonly<Record<string, EngineEvents>> = Object.fromEntries(
  (['rcs0', 'bcs0', 'vcs0', 'vcs1', 'vecs0'] as const).map((name) => [
    name.toUpperCase(),
    {
      user: `${name}-user`,
      notify: `${name}-notify`,
      'context-switch': `${name}-context-switch`,
    } as const,
  ]),
);
