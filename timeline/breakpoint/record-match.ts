import { RecordKind, Space, type TraceStore } from '../../trace/index.ts';
import { GGTT_OFFSET, PAGE_BYTES, PTE_BYTES } from '../register-directory.ts';
import type { Playhead } from '../replay/playhead.ts';
import type { ArmedBreakpoint } from './armed-breakpoint.ts';
import type { WatchedTarget } from './watched-target.ts';

/** Whether a breakpoint on records or register accesses is hit by a record. */
export function isAtRecord(
  breakpoint: ArmedBreakpoint,
  store: TraceStore,
  record: number,
): boolean {
  if (breakpoint.record !== undefined) return breakpoint.record === record;
  const { matcher } = breakpoint;
  if (matcher === undefined || !isWanted(breakpoint, store.kind(record))) return false;
  return matcher.matches(store.space(record), store.offset(record), store.size(record));
}

/** Whether the access in `record` reads or writes what a data breakpoint watches. */
export function reaches(breakpoint: ArmedBreakpoint, playhead: Playhead, record: number): boolean {
  const { store } = playhead;
  const { target, access } = breakpoint;
  if (target === undefined || access === 'change') return false;
  if (!isWanted(breakpoint, store.kind(record))) return false;
  const space = store.space(record);
  if (target.space === 'memory') return reachesMemory(target, playhead, record, space);
  const own = target.space === 'mmio' ? Space.mmio : Space.config;
  return space === own && target.overlaps(store.offset(record), store.size(record));
}

/** Reads through the aperture only: writes to memory are heard from the device. */
function reachesMemory(
  target: WatchedTarget,
  { store, device }: Playhead,
  record: number,
  space: number,
): boolean {
  if (space !== Space.aperture || store.kind(record) !== RecordKind.read) return false;
  const address = store.offset(record);
  const index = Math.floor(address / PAGE_BYTES);
  const entry = device.peek('mmio', GGTT_OFFSET + index * PTE_BYTES, PTE_BYTES);
  if (!entry.known || (entry.low & 1) === 0) return false;
  const frame = ((entry.low & 0xfffff000) >>> 0) + (entry.high & 0x3fff) * 2 ** 32;
  return target.overlaps(frame + (address % PAGE_BYTES), store.size(record));
}

function isWanted({ access }: ArmedBreakpoint, kind: RecordKind): boolean {
  if (kind === RecordKind.read) return access === 'read' || access === 'readWrite';
  return kind === RecordKind.write && (access === 'write' || access === 'readWrite');
}
