import { fault, hex } from '../core.ts';
import type { Answer } from '../device-model.ts';
import { translateGgtt } from '../gtt/ggtt.ts';
import { hasHalf } from '../gtt/ggtt-halves.ts';
import { type PpgttRoot, translatePpgtt } from '../gtt/ppgtt-walk.ts';
import { noteEngineWrite } from '../gtt/shadow/shadow-writes.ts';
import { hasQuirk } from '../quirks.ts';
import { UNKNOWN } from '../state/guest-memory.ts';
import { decodeDescriptor } from './descriptor.ts';
import { type Engine, PPGTT_ENABLE, RING, ringGet, usesExeclists } from './engine.ts';
import type { GpuSpace } from './engine-state.ts';
import { noteEffect } from './pace.ts';

/** Where a graphics address leads: guest physical address, or why nowhere. */
export type Translation = number | 'not mapped' | 'unknown';

/**
 * The space that a command's PPGTT bit names. Without execlists and with PPGTT switched off there is only the GGTT,
 * as for guests of the first KVMGT release (gvt-facts §6, §10.2).
 */
export function spaceFor(engine: Engine, ppgtt: boolean): GpuSpace {
  if (!ppgtt) return 'ggtt';
  if (usesExeclists(engine)) return 'ppgtt';
  return (ringGet(engine, RING.mode) & PPGTT_ENABLE) !== 0 ? 'ppgtt' : 'ggtt';
}

/** Root of the page tables that the engine has loaded (gvt-facts §5.1: PDP0 alone counts in a 4-level context). */
export function rootOf(engine: Engine): PpgttRoot {
  const pdp = (n: number) => {
    const at = RING.pageDirectories + n * 8;
    return (ringGet(engine, at + 4) & 0xffff) * 2 ** 32 + ringGet(engine, at);
  };
  const running = engine.state.running;
  const descriptor = running?.elements[running.current];
  const fourLevels = descriptor !== undefined && decodeDescriptor(descriptor).addressing === 3;
  if (fourLevels) return { levels: 4, pml4: pdp(0) };
  return { levels: 3, pdps: [pdp(0), pdp(1), pdp(2), pdp(3)] };
}

export function translate(engine: Engine, space: GpuSpace, address: number): Translation {
  const found = lookUp(engine, space, address);
  const { core, row } = engine;
  const { listener } = core;
  if (typeof found === 'number' && listener?.addressTranslated) {
    const first = hasQuirk(core.config, 'gma-translate-ring-0');
    const name = first ? (core.registers.map.tables.engines[0]?.name ?? row.name) : row.name;
    listener.addressTranslated({ engine: name, space, address, physical: found });
  }
  return found;
}

function lookUp(engine: Engine, space: GpuSpace, address: number): Translation {
  if (space === 'ggtt') return translateGgtt(engine.core, address) ?? 'not mapped';
  const outcome = translatePpgtt(engine.core, rootOf(engine), address, 'use');
  if (outcome.kind === 'mapped') return outcome.address;
  return outcome.kind === 'unknown' ? 'unknown' : 'not mapped';
}

/**
 * A value of 4 or 8 bytes, aligned. Where it is not to be had the engine stalls: on memory that nobody has shown,
 * or on a page fault.
 */
export function readGpu(engine: Engine, space: GpuSpace, address: number, size: number): Answer {
  if (goesOverPage(address, size)) {
    const low = readGpu(engine, space, address, 4);
    const high = low.known ? readGpu(engine, space, address + 4, 4) : UNKNOWN;
    return high.known ? { low: low.low, high: high.low, known: true } : UNKNOWN;
  }
  const at = translate(engine, space, address);
  if (at === 'not mapped') {
    stallOn(engine, 'page fault');
    reportUnmapped(engine, 'read', space, address);
    return UNKNOWN;
  }
  const answer = at === 'unknown' ? UNKNOWN : engine.core.memory.fetchValue(at, size);
  if (!answer.known) {
    stallOn(engine, 'memory unknown');
    const name = engine.row.name;
    fault(
      engine.core,
      'memory-unknown',
      () => `${name} needs ${space} ${hex(address)}, which the recording does not show`,
      { engine: name, graphics: address, space },
    );
  }
  return answer;
}

/** Writes 4 or 8 bytes, aligned. What is not mapped is lost, with a fault. False where it was. */
export function writeGpu(
  engine: Engine,
  space: GpuSpace,
  address: number,
  size: number,
  low: number,
  high: number,
): boolean {
  if (goesOverPage(address, size)) {
    const first = writeGpu(engine, space, address, 4, low, 0);
    return writeGpu(engine, space, address + 4, 4, high, 0) && first;
  }
  const { core, row } = engine;
  const at = translate(engine, space, address);
  if (typeof at !== 'number') {
    if (at === 'unknown') {
      stallOn(engine, 'memory unknown');
      const message = () => `${row.name} cannot translate ${space} ${hex(address)}`;
      fault(core, 'memory-unknown', message, { engine: row.name, graphics: address, space });
    } else reportUnmapped(engine, 'write', space, address);
    return false;
  }
  core.memory.storeValue(at, size, low, high);
  noteEffect(engine);
  const { listener } = core;
  if (!listener) return true;
  if (core.memory.isWatched(at)) noteEngineWrite(core, at, row.name);
  for (let done = 0; done < size; done += 4) {
    const value = done === 0 ? low : high;
    const place = { engine: row.name, space, address: address + done, physical: at + done };
    listener.deviceWrite?.({ ...place, value: value >>> 0 });
  }
  listener.memoryWritten?.(at, size);
  return true;
}

/** Its two dwords are in pages that need not be neighbours in guest memory. */
function goesOverPage(address: number, size: number): boolean {
  return size === 8 && address % 4096 === 4092;
}

/** Status page of the engine (HWS_PGA), in the GGTT; undefined where the driver gave none. */
export function statusPage(engine: Engine): number | undefined {
  const address = ringGet(engine, RING.statusPage) & 0xfffff000;
  return address === 0 ? undefined : address >>> 0;
}

function stallOn({ state }: Engine, why: 'page fault' | 'memory unknown'): void {
  state.stall = why;
}

/** Nothing is mapped there; in the GGTT perhaps only for want of an entry's other half. */
export function reportUnmapped(
  engine: Engine,
  what: 'read' | 'write',
  space: GpuSpace,
  address: number,
): void {
  const { core, row } = engine;
  const half = space === 'ggtt' && hasHalf(core.state.ggttHalves, Math.floor(address / 4096));
  const why = half ? 'of whose entry only one half was written' : 'which is not mapped';
  fault(
    core,
    half ? 'ggtt-half-entry' : 'gpu-page-fault',
    () => `${row.name}: ${what} of ${space} ${hex(address)}, ${why}`,
    { engine: row.name, graphics: address, space },
  );
}
