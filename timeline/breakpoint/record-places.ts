import { RecordKind, Space, type TraceStore } from '../../trace/index.ts';
import { AccessMap, READ, WRITE } from './access-map.ts';
import type { ArmedBreakpoint } from './armed-breakpoint.ts';

/** Which records breakpoints can be hit at as far as the trace itself shows: their numbers, kinds and offsets. */
export class RecordPlaces {
  readonly #store: TraceStore;
  readonly #map = new AccessMap();
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
    const map = this.#map;
    for (let at = from; at < end; ) {
      const chunk = this.#store.chunks[at >>> 16];
      if (chunk === undefined) return end;
      const { kindSpace, offset, offsetHigh, sizeFlags } = chunk;
      const base = at - (at & 0xffff);
      const stop = Math.min(chunk.length, end - base);
      for (let i = at - base; i < stop; i++) {
        const what = kindSpace[i] ?? 0;
        const kind = what & 0x0f;
        if (kind !== RecordKind.read && kind !== RecordKind.write) continue;
        const high = offsetHigh === undefined ? 0 : (offsetHigh[i] ?? 0) * 2 ** 32;
        const wanted = map.at(what >>> 4, high + (offset[i] ?? 0), (sizeFlags[i] ?? 0) & 0x0f);
        if ((wanted & (kind === RecordKind.read ? READ : WRITE)) !== 0) return base + i;
      }
      at = base + stop;
      if (stop < chunk.length) break;
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

const WHOLE_APERTURE = { space: Space.aperture, first: 0, last: 2 ** 32 - 1 };
