import type { Answer } from '../device-model.ts';
import { hashWords, type StateHasher } from './hash.ts';

const PAGE = 4096;

/**
 * One guest page. Which bytes are known is kept by the byte, since the guest's writes through the aperture are
 * smaller than the 64-byte lines in which recordings show memory. Frozen pages are shared with snapshots.
 */
interface GuestPage {
  readonly bytes: Uint8Array;
  /** Bit n of word n / 32: byte n is known. */
  readonly known: Uint32Array;
  frozen: boolean;
  hash: readonly [number, number, number, number] | undefined;
}

export interface GuestMemorySnapshot {
  readonly pages: ReadonlyMap<number, GuestPage>;
  readonly ownBytes: number;
}

/** Guest physical memory, of which only what somebody has shown or written is known. Addresses are ≤ 48 bits. */
export class GuestMemory {
  #pages = new Map<number, GuestPage>();
  #thawed = 0;

  /** Bytes become known: shown by a recording, or written by guest or device. */
  write(address: number, bytes: Uint8Array): void {
    for (let done = 0; done < bytes.length; ) {
      const at = address + done;
      const start = at % PAGE;
      const count = Math.min(PAGE - start, bytes.length - done);
      const page = this.#writable(Math.floor(at / PAGE));
      page.bytes.set(bytes.subarray(done, done + count), start);
      for (let i = start; i < start + count; i++) markKnown(page, i);
      done += count;
    }
  }

  /** A little-endian value of 1, 2, 4 or 8 bytes. */
  writeValue(address: number, size: number, low: number, high: number): void {
    const start = address % PAGE;
    if (start + size > PAGE) {
      this.write(address, valueBytes(size, low, high));
      return;
    }
    const page = this.#writable(Math.floor(address / PAGE));
    for (let i = 0; i < size; i++) {
      const word = i < 4 ? low >>> (i * 8) : high >>> ((i - 4) * 8);
      page.bytes[start + i] = word;
      markKnown(page, start + i);
    }
  }

  /** A little-endian value of 1 to 8 bytes; unknown where any of its bytes is. */
  readValue(address: number, size: number): Answer {
    let low = 0;
    let high = 0;
    for (let i = 0; i < size; i++) {
      const byte = this.byte(address + i);
      if (byte < 0) return UNKNOWN;
      if (i < 4) low |= byte << (i * 8);
      else high |= byte << ((i - 4) * 8);
    }
    return { low: low >>> 0, high: high >>> 0, known: true };
  }

  /** The byte, or -1 where it is unknown. */
  byte(address: number): number {
    const page = this.#pages.get(Math.floor(address / PAGE));
    if (!page) return -1;
    const at = address % PAGE;
    if ((((page.known[at >>> 5] ?? 0) >>> (at & 31)) & 1) === 0) return -1;
    return page.bytes[at] ?? -1;
  }

  /** How much of a 4 KiB page is known. */
  pageState(pageNumber: number): 'known' | 'partly known' | 'unknown' {
    const page = this.#pages.get(pageNumber);
    if (!page) return 'unknown';
    return page.known.every((word) => word === 0xffffffff) ? 'known' : 'partly known';
  }

  save(): GuestMemorySnapshot {
    for (const page of this.#pages.values()) page.frozen = true;
    const ownBytes = this.#thawed * (PAGE + 512) + this.#pages.size * 16;
    this.#thawed = 0;
    return { pages: new Map(this.#pages), ownBytes };
  }

  restore(snapshot: GuestMemorySnapshot): void {
    this.#pages = new Map(snapshot.pages);
    this.#thawed = 0;
  }

  hashInto(hasher: StateHasher): void {
    const numbers = [...this.#pages.keys()].sort((a, b) => a - b);
    hasher.number(numbers.length);
    for (const pageNumber of numbers) {
      const page = this.#pages.get(pageNumber);
      if (!page) continue;
      hasher.number(pageNumber);
      page.hash ??= hashPage(page);
      for (const word of page.hash) hasher.word(word);
    }
  }

  #writable(pageNumber: number): GuestPage {
    const page = this.#pages.get(pageNumber);
    if (page && !page.frozen) {
      page.hash = undefined;
      return page;
    }
    this.#thawed++;
    const copy: GuestPage = {
      bytes: page ? page.bytes.slice() : new Uint8Array(PAGE),
      known: page ? page.known.slice() : new Uint32Array(PAGE / 32),
      frozen: false,
      hash: undefined,
    };
    this.#pages.set(pageNumber, copy);
    return copy;
  }
}

export const UNKNOWN: Answer = { low: 0, high: 0, known: false };

function markKnown(page: GuestPage, at: number): void {
  page.known[at >>> 5] = (page.known[at >>> 5] ?? 0) | (1 << (at & 31));
}

function hashPage(page: GuestPage): readonly [number, number, number, number] {
  const [a, b] = hashWords(new Uint32Array(page.bytes.buffer, page.bytes.byteOffset, PAGE / 4));
  const [c, d] = hashWords(page.known);
  return [a, b, c, d];
}

function valueBytes(size: number, low: number, high: number): Uint8Array {
  const bytes = new Uint8Array(size);
  for (let i = 0; i < size; i++) {
    bytes[i] = i < 4 ? low >>> (i * 8) : high >>> ((i - 4) * 8);
  }
  return bytes;
}
