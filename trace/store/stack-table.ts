import { decodeUtf8 } from '../text/utf8.ts';
import { ByteHeap } from './growing.ts';

const NO_STACK: readonly string[] = [];

/**
 * Call stacks, each kept once: a driver's hundreds of thousands of accesses come from a few hundred places.
 * Ids count from 1; 0 means none.
 */
export class StackTable {
  readonly #heap = new ByteHeap();
  readonly #decoded = new Map<number, readonly string[]>();
  #slots = new Uint32Array(1024);
  #hashes = new Uint32Array(1024);
  #last = 0;

  get count(): number {
    return this.#heap.count;
  }

  /** The id of the stack written as `f0 < f1 < …` in `bytes[start, end)`. */
  intern(bytes: Uint8Array, start: number, end: number): number {
    // Neighbouring accesses mostly come from one place.
    if (this.#last > 0 && this.#heap.equals(this.#last - 1, bytes, start, end)) return this.#last;
    const hash = hashSamples(bytes, start, end);
    const mask = this.#slots.length - 1;
    let slot = hash & mask;
    for (let id = this.#slots[slot] ?? 0; id !== 0; id = this.#slots[slot] ?? 0) {
      if (this.#hashes[slot] === hash && this.#heap.equals(id - 1, bytes, start, end)) {
        this.#last = id;
        return id;
      }
      slot = (slot + 1) & mask;
    }
    const id = this.#heap.add(bytes, start, end) + 1;
    this.#slots[slot] = id;
    this.#hashes[slot] = hash;
    this.#last = id;
    if (id * 2 > mask) this.#grow();
    return id;
  }

  /** Function names, innermost first. */
  frames(id: number): readonly string[] {
    if (id === 0) return NO_STACK;
    let frames = this.#decoded.get(id);
    if (frames === undefined) {
      const text = decodeUtf8(this.#heap.get(id - 1));
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

/**
 * FNV-1a over the first 64 bytes and every fourth one after, with the length. Stacks differ at their inner
 * end; what collides is told apart by comparing all bytes.
 */
function hashSamples(bytes: Uint8Array, start: number, end: number): number {
  let hash = 0x811c9dc5 ^ (end - start);
  const dense = Math.min(end, start + 64);
  for (let i = start; i < dense; i++) hash = Math.imul(hash ^ (bytes[i] ?? 0), 0x01000193);
  for (let i = dense; i < end; i += 4) hash = Math.imul(hash ^ (bytes[i] ?? 0), 0x01000193);
  return hash >>> 0;
}
