import { Space } from '../../trace/index.ts';
import type { AccessRange } from '../patterns/access-range.ts';
import { BAR0_BYTES, GGTT_OFFSET, REGISTER_BYTES } from '../register-directory.ts';

export const READ = 1;
export const WRITE = 2;

const PAGE_SHIFT = 12;
const PAGE_MASK = 0xfff;
/** An access from here on may end in the next page. */
const LAST_INSIDE = PAGE_MASK - 15;
const GGTT_ENTRIES = (BAR0_BYTES - GGTT_OFFSET) >>> 3;

interface RestRange extends AccessRange {
  readonly directions: number;
}

/**
 * Which accesses any breakpoint cares for: one load per record, however many breakpoints there are. Says yes a
 * little too often (to whole dwords and entries); who asks looks again.
 */
export class AccessMap {
  #isEmpty = true;
  #registers: Uint8Array | undefined;
  #entries: Uint8Array | undefined;
  readonly #rest: RestRange[] = [];
  /** Directions that somebody cares for anywhere in a space. */
  readonly #spaces = new Uint8Array(16);
  /** Directions that somebody cares for in each 4 KiB of BAR0: where most accesses are passed over. */
  readonly #pages = new Uint8Array(BAR0_BYTES >>> PAGE_SHIFT);

  /** By dword of the registers: not 0 where somebody cares; undefined where nobody does. */
  get registers(): Uint8Array | undefined {
    return this.#registers;
  }

  /** The same by GGTT entry. */
  get entries(): Uint8Array | undefined {
    return this.#entries;
  }

  get isEmpty(): boolean {
    return this.#isEmpty;
  }

  /** Directions that somebody cares for anywhere in a space. */
  directionsIn(space: number): number {
    return this.#spaces[space] ?? 0;
  }

  /** `directions`: READ, WRITE or both. */
  add(range: AccessRange, directions: number): void {
    const { space, first, last } = range;
    if (directions !== 0) this.#isEmpty = false;
    setBits(this.#spaces, space, space, directions);
    if (space !== Space.mmio) {
      this.#rest.push({ ...range, directions });
      return;
    }
    const lastPage = Math.min(last, BAR0_BYTES - 1) >>> PAGE_SHIFT;
    setBits(this.#pages, first >>> PAGE_SHIFT, lastPage, directions);
    if (first < REGISTER_BYTES) {
      this.#registers ??= new Uint8Array(REGISTER_BYTES >>> 2);
      setBits(this.#registers, first >>> 2, Math.min(last, REGISTER_BYTES - 1) >>> 2, directions);
    }
    if (last >= GGTT_OFFSET) {
      this.#entries ??= new Uint8Array(GGTT_ENTRIES);
      const from = Math.max(0, first - GGTT_OFFSET) >>> 3;
      const to = (Math.min(last, BAR0_BYTES - 1) - GGTT_OFFSET) >>> 3;
      setBits(this.#entries, from, to, directions);
    }
    if (last >= REGISTER_BYTES && first < GGTT_OFFSET) this.#rest.push({ ...range, directions });
  }

  /** Whether nobody can care for an access of BAR0, as far as its page says. */
  isFar(offset: number, directions: number): boolean {
    if ((offset & PAGE_MASK) > LAST_INSIDE) return false;
    return ((this.#pages[offset >>> PAGE_SHIFT] ?? 0) & directions) === 0;
  }

  /** Directions that somebody cares for at this place. */
  at(space: number, offset: number, size: number): number {
    if (space === Space.mmio) {
      if (offset < REGISTER_BYTES) return dwordBits(this.#registers, offset, size);
      if (offset >= GGTT_OFFSET) return this.#entryBits(offset, size);
      // Neither register nor entry, but it may reach into the first entry.
      if (offset + size > GGTT_OFFSET)
        return this.#restBits(space, offset, size) | this.#entryBits(GGTT_OFFSET, 1);
    }
    return this.#restBits(space, offset, size);
  }

  #entryBits(offset: number, size: number): number {
    const map = this.#entries;
    if (map === undefined) return 0;
    const bits = map[(offset - GGTT_OFFSET) >>> 3] ?? 0;
    return (offset & 7) + size > 8
      ? bits | (map[(offset + size - 1 - GGTT_OFFSET) >>> 3] ?? 0)
      : bits;
  }

  #restBits(space: number, offset: number, size: number): number {
    let found = 0;
    for (const { space: wanted, first, last, directions } of this.#rest) {
      if (wanted === space && offset <= last && offset + size > first) found |= directions;
    }
    return found;
  }
}

function dwordBits(map: Uint8Array | undefined, offset: number, size: number): number {
  if (map === undefined) return 0;
  const bits = map[offset >>> 2] ?? 0;
  // An access of 8 bytes, or one that is not aligned, touches two dwords.
  return (offset & 3) + size > 4 ? bits | (map[(offset + size - 1) >>> 2] ?? 0) : bits;
}

function setBits(map: Uint8Array, first: number, last: number, bits: number): void {
  for (let index = first; index <= last; index++) map[index] = (map[index] ?? 0) | bits;
}
