import { RecordKind, Space, type TraceChunk } from '../../trace/index.ts';
import { REGISTER_BYTES } from '../register-directory.ts';
import { type AccessMap, READ, WRITE } from './access-map.ts';

/** Records of which it is known together what they access. A chunk has a whole number of such blocks. */
export const BLOCK = 1024;
/** Places that a block may access at most; others are looked through, record by record. */
const MOST_PLACES = 16;
const MANY = MOST_PLACES + 1;

const REGISTERS = REGISTER_BYTES / 4;
const PAGE = 4096;

/** What a chunk's blocks access, made when first asked for: a bus that is driven by hand is at few places. */
interface Summary {
  /** Of each block `MOST_PLACES`, as `placeOf` says. */
  readonly places: Uint32Array;
  /** Of each block: how many, and 1; 0 where nobody has asked, more than MANY where there are too many. */
  readonly counts: Uint8Array;
}

const summaries = new WeakMap<TraceChunk, Summary>();

/** Whether somebody may care for an access of the chunk's block with this number. */
export function mayBeWanted(chunk: TraceChunk, block: number, map: AccessMap): boolean {
  if (chunk.offsetHigh !== undefined || (block + 1) * BLOCK > chunk.length) return true;
  const summary = summaryOf(chunk);
  if (summary.counts[block] === 0) fill(summary, chunk, block);
  const count = (summary.counts[block] ?? 0) - 1;
  if (count > MOST_PLACES) return true;
  const first = block * MOST_PLACES;
  for (let at = first; at < first + count; at++) {
    if (isWanted(summary.places[at] ?? 0, map)) return true;
  }
  return false;
}

function summaryOf(chunk: TraceChunk): Summary {
  let summary = summaries.get(chunk);
  // A chunk that records are still added to gets room for more.
  const blocks = Math.floor(chunk.length / BLOCK);
  if (summary === undefined || summary.counts.length < blocks) {
    summary = { places: new Uint32Array(blocks * MOST_PLACES), counts: new Uint8Array(blocks) };
    summaries.set(chunk, summary);
  }
  return summary;
}

function fill({ places, counts }: Summary, chunk: TraceChunk, block: number): void {
  const { kindSpace, offset, sizeFlags } = chunk;
  const first = block * MOST_PLACES;
  let count = 0;
  const add = (place: number) => {
    for (let at = first; at < first + count; at++) if (places[at] === place) return;
    if (count < MOST_PLACES) places[first + count] = place;
    count++;
  };
  for (let i = block * BLOCK; i < (block + 1) * BLOCK && count <= MOST_PLACES; i++) {
    const what = kindSpace[i] ?? 0;
    const kind = what & 0x0f;
    if (kind !== RecordKind.read && kind !== RecordKind.write) continue;
    const at = offset[i] ?? 0;
    const place = placeOf(what, at);
    const last = placeOf(what, at + Math.max(1, (sizeFlags[i] ?? 0) & 0x0f) - 1);
    add(place);
    if (last !== place) add(last);
  }
  counts[block] = Math.min(count, MANY) + 1;
}

/** Where, in which space, and bit 0: a write. Registers by dword, all else of BAR0 by page; of another space all is one. */
function placeOf(what: number, offset: number): number {
  const space = what >>> 4;
  const isWrite = (what & 0x0f) === RecordKind.write ? 1 : 0;
  const where = space === Space.mmio ? whereOf(offset) : 0;
  return ((where << 5) | (space << 1) | isWrite) >>> 0;
}

function whereOf(offset: number): number {
  return offset < REGISTER_BYTES ? offset >>> 2 : REGISTERS + Math.floor(offset / PAGE);
}

function isWanted(place: number, map: AccessMap): boolean {
  const direction = (place & 1) !== 0 ? WRITE : READ;
  const space = (place >>> 1) & 0x0f;
  if (space !== Space.mmio) return (map.directionsIn(space) & direction) !== 0;
  const where = place >>> 5;
  if (where < REGISTERS) return (map.at(space, where * 4, 4) & direction) !== 0;
  return !map.isFar((where - REGISTERS) * PAGE, direction);
}
