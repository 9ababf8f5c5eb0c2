import type { Answer } from '../device-model.ts';
import { hashWords, type StateHasher } from './hash.ts';

const PAGE = 4096;
/** Bits of an address within its page; `&` keeps the low bits of numbers up to 2⁵³, and is quicker than `%`. */
const OFFSET = PAGE - 1;

/**
 * One guest page. Which bytes are known is kept by the byte, since the guest's writes through the aperture are
 * smaller than the 64-byte lines in which recordings show memory. Frozen pages are shared with snapshots.
 */
interface GuestPage {
  readonly bytes: Uint8Array;
  /** The same bytes; every machine that runs this is little-endian, as the guest is. */
  readonly words: Uint32Array;
  /** Bit n of word n / 32: byte n is known. */
  readonly known: Uint32Array;
  frozen: boolean;
  hash: readonly [number, number, number, number] | undefined;
}

/** A page to be looked at: its bytes, and bit n of word n / 32 of `known` for byte n. */
export interface PageView {
  readonly bytes: Uint8Array;
  /** The same bytes. */
  readonly words: Uint32Array;
  readonly known: Uint32Array;
}

export interface GuestMemorySnapshot {
  readonly pages: ReadonlyMap<number, GuestPage>;
  readonly ownBytes: number;
}

/** A word of `known`: all of its 32 bytes. */
const ALL = 0xffffffff;

/** Bytes of a line: the smallest part of guest memory that the device uses, and that recordings show. */
const LINE = 64;

/**
 * The memory of a running guest. Recordings have none: what they show is all there is. What the device is about to
 * use is copied from here line by line, so that a recording of those lines replays to the same state.
 */
export interface MemorySource {
  /** Copies the 64 bytes at `address`, a multiple of 64, into `into`. False where the guest has no memory. */
  readLine(address: number, into: Uint8Array): boolean;
  /** A line that the device now uses was not known, or differs from what was known of it. */
  lineShown(address: number, bytes: Uint8Array): void;
  /** The device writes; `address` is a guest physical one. */
  write(address: number, bytes: Uint8Array): void;
}

/** Guest physical memory, of which only what somebody has shown or written is known. Addresses are ≤ 48 bits. */
export class GuestMemory {
  /** Set for a device under a running guest. */
  source: MemorySource | undefined;
  readonly #line = new Uint8Array(LINE);
  #pages = new Map<number, GuestPage>();
  #thawed = 0;
  /** The page written last, as most writes go to the same one as the write before; -1 for none. */
  #latestNumber = -1;
  #latest: GuestPage = newPage();

  /** Bytes become known: shown by a recording, or written by guest or device. */
  write(address: number, bytes: Uint8Array): void {
    for (let done = 0; done < bytes.length; ) {
      const at = address + done;
      const start = at & OFFSET;
      const count = Math.min(PAGE - start, bytes.length - done);
      const page = this.#writable(pageNumberOf(at));
      page.bytes.set(bytes.subarray(done, done + count), start);
      for (let i = start; i < start + count; i++) markKnown(page, i);
      done += count;
    }
  }

  /** A little-endian value of 1, 2, 4 or 8 bytes. */
  writeValue(address: number, size: number, low: number, high: number): void {
    const start = address & OFFSET;
    if (start + size > PAGE) {
      this.write(address, valueBytes(size, low, high));
      return;
    }
    const page = this.#writable(pageNumberOf(address));
    if (size === 4 && (start & 3) === 0) {
      page.words[start >>> 2] = low;
      page.known[start >>> 5] = (page.known[start >>> 5] ?? 0) | (0xf << (start & 31));
      return;
    }
    for (let i = 0; i < size; i++) {
      const word = i < 4 ? low >>> (i * 8) : high >>> ((i - 4) * 8);
      page.bytes[start + i] = word;
      markKnown(page, start + i);
    }
  }

  /** A value that the device uses: as the guest's memory has it now, where there is a guest. */
  fetchValue(address: number, size: number): Answer {
    if (this.source !== undefined) this.#fetch(this.source, address, size);
    return this.readValue(address, size);
  }

  /** A value that the device, or the guest through it, writes. */
  storeValue(address: number, size: number, low: number, high: number): void {
    this.writeValue(address, size, low, high);
    this.source?.write(address, valueBytes(size, low, high));
  }

  /** A little-endian value of 1 to 8 bytes; unknown where any of its bytes is. For those who only look. */
  readValue(address: number, size: number): Answer {
    if (size === 4 && (address & 3) === 0) return this.#readWord(address);
    if (size === 8 && (address & 7) === 0) {
      const [first, second] = [this.#readWord(address), this.#readWord(address + 4)];
      if (!first.known || !second.known) return UNKNOWN;
      return { low: first.low, high: second.low, known: true };
    }
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

  #readWord(address: number): Answer {
    const page = this.#pages.get(pageNumberOf(address));
    if (!page) return UNKNOWN;
    const at = address & OFFSET;
    const known = ((page.known[at >>> 5] ?? 0) >>> (at & 31)) & 0xf;
    if (known !== 0xf) return UNKNOWN;
    return { low: page.words[at >>> 2] ?? 0, high: 0, known: true };
  }

  /**
   * A page for those who look at much of it; undefined where nothing of it is known. It is valid until the next call
   * or write. Of a running guest it is what its memory holds now, and nothing is recorded of that.
   */
  viewPage(pageNumber: number): PageView | undefined {
    if (this.source === undefined) return this.#pages.get(pageNumber);
    const view = newPage();
    for (let at = 0; at < PAGE; at += LINE) {
      const line = view.bytes.subarray(at, at + LINE);
      if (this.source.readLine(pageNumber * PAGE + at, line))
        view.known.fill(ALL, at >>> 5, (at + LINE) >>> 5);
    }
    return view;
  }

  /**
   * Makes bytes within a page ready for the device's use, as `fetchValue` does. False where some of them are
   * unknown.
   */
  fetchRange(address: number, count: number): boolean {
    if (this.source !== undefined) this.#fetch(this.source, address, count);
    const page = this.#pages.get(pageNumberOf(address));
    if (!page) return false;
    const end = (address & OFFSET) + count;
    for (let at = address & OFFSET; at < end; at++) {
      const known = page.known[at >>> 5] ?? 0;
      if (known === ALL) at |= 31;
      else if (((known >>> (at & 31)) & 1) === 0) return false;
    }
    return true;
  }

  /**
   * A page as the device holds it, to be read and, if `writing`, written in bulk: who writes marks bytes known and
   * tells a running guest. Valid until a snapshot is taken or restored.
   */
  openPage(pageNumber: number, writing: boolean): PageView {
    if (writing) return this.#writable(pageNumber);
    return this.#pages.get(pageNumber) ?? EMPTY_PAGE;
  }

  /** The byte, or -1 where it is unknown. */
  byte(address: number): number {
    const page = this.#pages.get(pageNumberOf(address));
    if (!page) return -1;
    const at = address & OFFSET;
    if ((((page.known[at >>> 5] ?? 0) >>> (at & 31)) & 1) === 0) return -1;
    return page.bytes[at] ?? -1;
  }

  /** How much of a 4 KiB page is known. */
  pageState(pageNumber: number): 'known' | 'partly known' | 'unknown' {
    const page = this.#pages.get(pageNumber);
    if (!page) return 'unknown';
    return page.known.every((word) => word === ALL) ? 'known' : 'partly known';
  }

  save(): GuestMemorySnapshot {
    for (const page of this.#pages.values()) page.frozen = true;
    const ownBytes = this.#thawed * (PAGE + 512) + this.#pages.size * 16;
    this.#thawed = 0;
    this.#latestNumber = -1;
    return { pages: new Map(this.#pages), ownBytes };
  }

  restore(snapshot: GuestMemorySnapshot): void {
    this.#pages = new Map(snapshot.pages);
    this.#thawed = 0;
    this.#latestNumber = -1;
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

  #fetch(source: MemorySource, address: number, size: number): void {
    const line = this.#line;
    for (let at = address - (address % LINE); at < address + size; at += LINE) {
      if (!source.readLine(at, line) || this.#holds(at, line)) continue;
      this.write(at, line);
      source.lineShown(at, line);
    }
  }

  /** Whether all bytes of the line are known, and are these. */
  #holds(address: number, line: Uint8Array): boolean {
    const page = this.#pages.get(pageNumberOf(address));
    if (!page) return false;
    const start = address & OFFSET;
    if (page.known[start >>> 5] !== ALL || page.known[(start >>> 5) + 1] !== ALL) return false;
    for (let i = 0; i < LINE; i++) if (page.bytes[start + i] !== line[i]) return false;
    return true;
  }

  #writable(pageNumber: number): GuestPage {
    if (pageNumber !== this.#latestNumber) {
      this.#latest = this.#thawedPage(pageNumber);
      this.#latestNumber = pageNumber;
    }
    this.#latest.hash = undefined;
    return this.#latest;
  }

  #thawedPage(pageNumber: number): GuestPage {
    const page = this.#pages.get(pageNumber);
    if (page && !page.frozen) return page;
    this.#thawed++;
    const copy = newPage(page);
    this.#pages.set(pageNumber, copy);
    return copy;
  }
}

function newPage(from?: GuestPage): GuestPage {
  const bytes = from ? from.bytes.slice() : new Uint8Array(PAGE);
  return {
    bytes,
    words: new Uint32Array(bytes.buffer),
    known: from ? from.known.slice() : new Uint32Array(PAGE / 32),
    frozen: false,
    hash: undefined,
  };
}

const EMPTY_PAGE = newPage();

export const UNKNOWN: Answer = { low: 0, high: 0, known: false };

function pageNumberOf(address: number): number {
  return (address - (address & OFFSET)) / PAGE;
}

function markKnown(page: GuestPage, at: number): void {
  page.known[at >>> 5] = (page.known[at >>> 5] ?? 0) | (1 << (at & 31));
}

function hashPage(page: GuestPage): readonly [number, number, number, number] {
  const [a, b] = hashWords(page.words);
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
