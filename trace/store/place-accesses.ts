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
const KEPT_FLAGS = SIZE_MASK | VALUE_UNKNOWN;

/**
 * Many logs tell only at their end, or not before their middle, which addresses are the device's. Until then
 * accesses stand in the store as unknown ones; this gives those inside `placements` their space and offset, and
 * makes them accesses of the device. Returns how many.
 */
export function placeAccesses(
  chunks: readonly TraceChunk[],
  placements: readonly Placement[],
): number {
  let placed = 0;
  if (placements.length === 0) return 0;
  for (const chunk of chunks) placed += placeInChunk(chunk, placements);
  return placed;
}

function placeInChunk(chunk: TraceChunk, placements: readonly Placement[]): number {
  const { kindSpace, sizeFlags, offset, offsetHigh, length } = chunk;
  let placed = 0;
  let high = 0;
  for (let at = 0; at < length; at++) {
    const flags = sizeFlags[at] ?? 0;
    const above = offsetHigh === undefined ? 0 : (offsetHigh[at] ?? 0);
    high |= above;
    if (kindSpace[at] !== OUTSIDE || (flags & (OUTSIDE_READ | OUTSIDE_WRITE)) === 0) continue;
    const address = above * 2 ** 32 + (offset[at] ?? 0);
    const placement = placementOf(placements, address);
    if (placement === undefined) continue;
    const inside = address - placement.from;
    const kind = (flags & OUTSIDE_WRITE) === 0 ? RecordKind.read : RecordKind.write;
    kindSpace[at] = kind | (placement.space << 4);
    sizeFlags[at] = flags & KEPT_FLAGS;
    offset[at] = inside % 2 ** 32;
    if (offsetHigh !== undefined) offsetHigh[at] = Math.floor(inside / 2 ** 32);
    placed++;
  }
  // Offsets in a BAR are small: a column that only told logs' address spaces apart is not needed any more.
  if (high !== 0 && chunk.offsetHigh?.every((value) => value === 0)) chunk.offsetHigh = undefined;
  return placed;
}

function placementOf(placements: readonly Placement[], address: number): Placement | undefined {
  for (const placement of placements) {
    if (address >= placement.from && address < placement.from + placement.size) return placement;
  }
  return undefined;
}
