import type { AccessRange } from '../patterns/access-range.ts';

/**
 * What stands where, by dword: how many there are elsewhere costs an access nothing. Says yes a little too often (to
 * whole dwords); who asks looks again.
 */
export class PlaceIndex<T> {
  readonly #items: T[] = [];
  readonly #spaces = new Map<number, Map<number, T[]>>();

  get isEmpty(): boolean {
    return this.#items.length === 0;
  }

  /** In the order in which they are to be answered. Ranges are short: a page at most. */
  add({ space, first, last }: AccessRange, item: T): void {
    this.#items.push(item);
    const dwords = this.#spaces.get(space) ?? new Map<number, T[]>();
    this.#spaces.set(space, dwords);
    for (let dword = dwordOf(first); dword <= dwordOf(last); dword++) {
      const there = dwords.get(dword);
      if (there === undefined) dwords.set(dword, [item]);
      else there.push(item);
    }
  }

  /** Those that an access of `size` bytes may touch, each once. */
  at(space: number, offset: number, size: number): readonly T[] {
    const dwords = this.#spaces.get(space);
    if (dwords === undefined) return [];
    const first = dwordOf(offset);
    const last = dwordOf(offset + Math.max(size, 1) - 1);
    if (first === last) return dwords.get(first) ?? [];
    const found = new Set<T>();
    for (let dword = first; dword <= last; dword++) {
      for (const item of dwords.get(dword) ?? []) found.add(item);
    }
    return found.size < 2 ? [...found] : this.#items.filter((item) => found.has(item));
  }
}

function dwordOf(offset: number): number {
  return Math.floor(offset / 4);
}
