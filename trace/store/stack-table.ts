import { decodeUtf8 } from '../text/utf8.ts';
import { ByteHeap } from './growing.ts';

const NO_STACK: readonly string[] = [];

/** Longest search for an equal stack. A file made to collide costs memory for its own stacks, not time. */
const MAX_PROBES = 64;

/**
 * Call stacks, each kept once: a driver's hundreds of thousands of accesses come from a few hundred places.
 * Ids count from 1; 0 means none.
 */
export class StackTable {
  readonly #heap = new ByteHeap();
  readonly #decoded = new Map<number, readonly string[]>();
  #slots = new Uint32Array(64);
  #hashes = new Uint32Array(64);
  #filled = 0;
  #last = 0;

  get count(): number {
    return this.#heap.count;
  }

  /** The id of the stack written as `f0 < f1 < …` in `bytes[start, end)`. */
  intern(bytes: Uint8Array, start: number, end: number): number {
    // Neighbouring accesses mostly come from one place.
    if (this.#last > 0 && this.#heap.equals(this.#last - 1, bytes, start, end)) return this.#last;
    const hash = hashBytes(bytes, start, end);
    const mask = this.#slots.length - 1;
    let slot = hash & mask;
    let probes = 0;
    for (let id = this.#slots[slot] ?? 0; id !== 0; id = this.#slots[slot] ?? 0) {
      if (this.#hashes[slot] === hash && this.#heap.equals(id - 1, bytes, start, end)) {
        this.#last = id;
        return id;
      }
      if (++probes === MAX_PROBES) break;
      slot = (slot + 1) & mask;
    }
    const id = this.#heap.add(bytes, start, end) + 1;
    this.#last = id;
    if (probes === MAX_PROBES) return id;
    this.#slots[slot] = id;
    this.#hashes[slot] = hash;
    if (++this.#filled * 2 > mask) this.#grow();
    return id;
  }

  /** Function names, innermost first. */
  frames(id: number): readonly string[] {
    if (id === 0) return NO_STACK;
    let frames = this.#decoded.get(id);
    if (frames === undefined) {
      // The fast path of a reader leaves it to us to cut off a comment.
      const [text = ''] = decodeUtf8(this.#heap.get(id - 1)).split(/[ \t]\/\//);
      frames = text.split('<').flatMap((part) => (part.trim() === '' ? [] : [part.trim()]));
      this.#decoded.set(id, frames);
    }
    return frames;
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
