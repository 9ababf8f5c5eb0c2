import { RecordKind, Space, type TraceChunk, type TraceStore } from '../../trace/index.ts';
import { AccessMap, READ, WRITE } from './access-map.ts';
import { BLOCK, mayBeWanted } from './access-summary.ts';
import type { ArmedBreakpoint } from './armed-breakpoint.ts';

/** Which records breakpoints can be hit at as far as the trace itself shows: their numbers, kinds and offsets. */
export class RecordPlaces {
  readonly #store: TraceStore;
  readonly #map = new AccessMap();
  /** By a record's kind and space: which of READ and WRITE it is; 0 where nobody cares for such. */
  readonly #directions: Uint8Array;
  /** Of record breakpoints, ascending. */
  readonly #records: readonly number[];

  constructor(store: TraceStore, breakpoints: readonly ArmedBreakpoint[]) {
    this.#store = store;
    const records = new Set<number>();
    for (const breakpoint of breakpoints) {
      if (breakpoint.record !== undefined) records.add(breakpoint.record);
      this.#mark(breakpoint);
    }
    this.#records = [...records].sort((a, b) => a - b);
    this.#directions = directionsOf(this.#map);
  }

  /** First record from `from` on, before `end`, that must be looked at; `end` where there is none. */
  next(from: number, end: number): number {
    const limit = Math.min(end, this.#nextRecord(from));
    return this.#map.isEmpty ? limit : this.#nextAccess(from, limit);
  }

  #nextRecord(from: number): number {
    for (const record of this.#records) if (record >= from) return record;
    return Number.POSITIVE_INFINITY;
  }

  #nextAccess(from: number, end: number): number {
    for (let at = from; at < end; ) {
      const chunk = this.#store.chunks[at >>> 16];
      const first = at & 0xffff;
      if (chunk === undefined || first >= chunk.length) return end;
      const block = Math.floor(first / BLOCK);
      const base = at - first;
      const stop = Math.min((block + 1) * BLOCK, chunk.length, end - base);
      if (mayBeWanted(chunk, block, this.#map)) {
        const found = this.#nextOfChunk(chunk, first, stop);
        if (found < stop) return base + found;
      }
      at = base + stop;
    }
    return end;
  }

  /** The same in a chunk, by places in it. */
  #nextOfChunk(chunk: TraceChunk, from: number, end: number): number {
    const map = this.#map;
    const directions = this.#directions;
    const { kindSpace, offset, offsetHigh, sizeFlags } = chunk;
    for (let at = from; at < end; at++) {
      const what = kindSpace[at] ?? 0;
      const direction = directions[what] ?? 0;
      if (direction === 0) continue;
      const low = offset[at] ?? 0;
      const isLow = offsetHigh === undefined && what >>> 4 === Space.mmio;
      if (isLow && map.isFar(low, direction)) continue;
      const high = offsetHigh === undefined ? 0 : (offsetHigh[at] ?? 0) * 2 ** 32;
      const wanted = map.at(what >>> 4, high + low, (sizeFlags[at] ?? 0) & 0x0f);
      if ((wanted & direction) !== 0) return at;
    }
    return end;
  }

  #mark({ access, matcher, target }: ArmedBreakpoint): void {
    // Changes are heard from the device.
    if (access === 'change') return;
    const directions = (access === 'write' ? 0 : READ) | (access === 'read' ? 0 : WRITE);
    for (const range of matcher?.ranges ?? []) this.#map.add(range, directions);
    if (target === undefined) return;
    if (target.range !== undefined) this.#map.add(target.range, directions);
    // Where a read through the aperture leads is known only when it happens; writes are heard from the device.
    else if ((directions & READ) !== 0) this.#map.add(WHOLE_APERTURE, READ);
  }
}

function directionsOf(map: AccessMap): Uint8Array {
  const directions = new Uint8Array(256);
  for (let space = 0; space < 16; space++) {
    directions[RecordKind.read | (space << 4)] = map.directionsIn(space) & READ;
    directions[RecordKind.write | (space << 4)] = map.directionsIn(space) & WRITE;
  }
  return directions;
}

const WHOLE_APERTURE = { space: Space.aperture, first: 0, last: 2 ** 32 - 1 };
