import { RecordKind, Space } from '../record.ts';
import { OUTSIDE_READ, OUTSIDE_WRITE, SIZE_MASK, type TraceChunk, VALUE_UNKNOWN } from './chunk.ts';

/** Addresses of a log that turned out to be the device's. */
export interface Placement {
  /** First address of the log. */
  readonly from: number;
  /** Bytes. */
  readonly size: number;
  readonly space: Space;
}

const OUTSIDE = RecordKind.unknownAccess | (Space.memory << 4);
const MAPPING = RecordKind.mapping | (Space.memory << 4);
const KEPT_FLAGS = SIZE_MASK | VALUE_UNKNOWN;

/** What became of a log's accesses. */
export interface Placed {
  /** Accesses that are the device's now. */
  inside: number;
  /** Those that are not. */
  outside: number;
  /** Line and address of the first that is not. */
  firstLine: number;
  firstAddress: number;
}

/**
 * Many logs tell only at their end, or not before their middle, which addresses are the device's. Until then
 * accesses stand in the store as unknown ones; this gives those inside `placements` their space and offset, and
 * makes them accesses of the device. Mappings and accesses of unknown direction get space and offset only.
 */
export function placeAccesses(
  chunks: readonly TraceChunk[],
  placements: readonly Placement[],
): Placed {
  const placed: Placed = { inside: 0, outside: 0, firstLine: 0, firstAddress: 0 };
  for (const chunk of chunks) placeInChunk(chunk, placements, placed);
  return placed;
}

function placeInChunk(chunk: TraceChunk, placements: readonly Placement[], placed: Placed): void {
  const { kindSpace, sizeFlags, offset, offsetHigh, length } = chunk;
  let high = 0;
  for (let at = 0; at < length; at++) {
    const what = kindSpace[at] ?? 0;
    const above = offsetHigh === undefined ? 0 : (offsetHigh[at] ?? 0);
    high |= above;
    if (what !== OUTSIDE && what !== MAPPING) continue;
    const address = above * 2 ** 32 + (offset[at] ?? 0);
    const placement = placementOf(placements, address);
    if (placement === undefined) {
      if (what === OUTSIDE) countOutside(placed, address, chunk.line[at] ?? 0);
      continue;
    }
    const flags = sizeFlags[at] ?? 0;
    const kind = kindInside(what, flags);
    if (kind !== RecordKind.mapping) placed.inside++;
    kindSpace[at] = kind | (placement.space << 4);
    sizeFlags[at] = flags & KEPT_FLAGS;
    const inside = address - placement.from;
    offset[at] = inside % 2 ** 32;
    if (offsetHigh !== undefined) offsetHigh[at] = Math.floor(inside / 2 ** 32);
  }
  // Offsets in a BAR are small: a column that only told logs' address spaces apart is not needed any more.
  if (high !== 0 && chunk.offsetHigh?.every((value) => value === 0)) chunk.offsetHigh = undefined;
}

function kindInside(what: number, flags: number): number {
  if (what === MAPPING) return RecordKind.mapping;
  if ((flags & OUTSIDE_WRITE) !== 0) return RecordKind.write;
  return (flags & OUTSIDE_READ) !== 0 ? RecordKind.read : RecordKind.unknownAccess;
}

function countOutside(placed: Placed, address: number, line: number): void {
  if (placed.outside++ > 0) return;
  placed.firstLine = line;
  placed.firstAddress = address;
}

function placementOf(placements: readonly Placement[], address: number): Placement | undefined {
  for (const placement of placements) {
    if (address >= placement.from && address < placement.from + placement.size) return placement;
  }
  return undefined;
}
