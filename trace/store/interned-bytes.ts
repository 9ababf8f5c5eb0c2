import { ByteHeap } from './growing.ts';

/** Longest search for an equal string. A file made to collide costs memory for its own strings, not time. */
const MAX_PROBES = 64;

/** Byte strings, each kept once. Numbers count from 0 in the order of first occurrence. */
export class InternedBytes {
  readonly #heap = new ByteHeap();
  /** Numbers plus one, by hash. */
  #slots = new Uint32Array(64);
  #hashes = new Uint32Array(64);
  #filled = 0;
  #last = -1;

  get count(): number {
    return this.#heap.count;
  }

  /** The number of the string in `bytes[start, end)`. */
  intern(bytes: Uint8Array, start: number, end: number): number {
    // Neighbours are mostly equal.
    if (this.#last >= 0 && this.#heap.equals(this.#last, bytes, start, end)) return this.#last;
    const hash = hashBytes(bytes, start, end);
    const mask = this.#slots.length - 1;
    let slot = hash & mask;
    let probes = 0;
    for (let id = this.#slots[slot] ?? 0; id !== 0; id = this.#slots[slot] ?? 0) {
      if (this.#hashes[slot] === hash && this.#heap.equals(id - 1, bytes, start, end)) {
        this.#last = id - 1;
        return id - 1;
      }
      if (++probes === MAX_PROBES) break;
      slot = (slot + 1) & mask;
    }
    const number = this.#heap.add(bytes, start, end);
    this.#last = number;
    if (probes === MAX_PROBES) return number;
    this.#slots[slot] = number + 1;
    this.#hashes[slot] = hash;
    if (++this.#filled * 2 > mask) this.#grow();
    return number;
  }

  /** The string itself, not a copy: not to be changed. */
  get(number: number): Uint8Array {
    return this.#heap.get(number);
  }

  /** Gives back what only `intern` needs: nothing may be added afterwards. */
  trim(): void {
    this.#heap.trim();
    this.#slots = new Uint32Array(0);
    this.#hashes = new Uint32Array(0);
  }

  get bytesUsed(): number {
    return this.#heap.bytesUsed + this.#slots.byteLength + this.#hashes.byteLength;
  }

  #grow(): void {
    const slots = this.#slots;
    const hashes = this.#hashes;
    const mask = slots.length * 2 - 1;
    this.#slots = new Uint32Array(slots.length * 2);
    this.#hashes = new Uint32Array(slots.length * 2);
    for (let i = 0; i < slots.length; i++) {
      const id = slots[i] ?? 0;
      if (id === 0) continue;
      const hash = hashes[i] ?? 0;
      let slot = hash & mask;
      while (this.#slots[slot] !== 0) slot = (slot + 1) & mask;
      this.#slots[slot] = id;
      this.#hashes[slot] = hash;
    }
  }
}

/** FNV-1a, four bytes at a time. */
function hashBytes(bytes: Uint8Array, start: number, end: number): number {
  let hash = 0x811c9dc5 ^ (end - start);
  let at = start;
  for (; at + 4 <= end; at += 4) {
    const pair = (bytes[at] ?? 0) | ((bytes[at + 1] ?? 0) << 8);
    const next = (bytes[at + 2] ?? 0) | ((bytes[at + 3] ?? 0) << 8);
    hash = Math.imul(hash ^ (pair | (next << 16)), 0x01000193);
    // The product's low bits know nothing of the upper bytes; the slot is taken from the low bits.
    hash ^= hash >>> 15;
  }
  for (; at < end; at++) hash = Math.imul(hash ^ (bytes[at] ?? 0), 0x01000193);
  return (hash ^ (hash >>> 13)) >>> 0;
}
