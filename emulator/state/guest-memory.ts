import type { Answer } from '../device-model.ts';
import { FetchedLines } from './fetched-lines.ts';
import {
  EMPTY_PAGE,
  type GuestPage,
  hashPage,
  markKnown,
  newPage,
  OFFSET,
  PAGE,
  type PageView,
  pageNumberOf,
  valueBytes,
} from './guest-page.ts';
import type { StateHasher } from './hash.ts';
import type { MemorySource, PageWatcher } from './memory-source.ts';

export interface GuestMemorySnapshot {
  readonly pages: ReadonlyMap<number, GuestPage>;
  readonly ownBytes: number;
}

/** A word of `known`: all of its 32 bytes. */
const ALL = 0xffffffff;

/** Bytes of a line: the smallest part of guest memory that the device uses, and that recordings show. */
const LINE = 64;

/** Guest physical memory, of which only what somebody has shown or written is known. Addresses are ≤ 48 bits. */
export class GuestMemory {
  /** Set for a device under a running guest. */
  source: MemorySource | undefined;
  watcher: PageWatcher | undefined;
  readonly #line = new Uint8Array(LINE);
  readonly #watched = new Set<number>();
  /** The same bytes. */
  readonly #lineWords = new Uint32Array(this.#line.buffer);
  readonly #fetched = new FetchedLines();
  #pages = new Map<number, GuestPage>();
  #thawed = 0;
  /** The page written last, as most writes go to the same one as the write before; -1 for none. */
  #latestNumber = -1;
  #latest: GuestPage = newPage();
  #latestWatched = false;

  /** Bytes become known: shown by a recording, or written by guest or device. */
  write(address: number, bytes: Uint8Array): void {
    for (let done = 0; done < bytes.length; ) {
      const at = address + done;
      const start = at & OFFSET;
      const count = Math.min(PAGE - start, bytes.length - done);
      const page = this.#writable(pageNumberOf(at));
      const then = this.#latestWatched
        ? this.watcher?.before(this.#latestNumber, start, count, 'lines')
        : undefined;
      page.bytes.set(bytes.subarray(done, done + count), start);
      for (let i = start; i < start + count; i++) markKnown(page, i);
      then?.();
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
    if (this.#latestWatched) {
      this.#writeWatched(page, start, size, low, high);
      return;
    }
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

  #writeWatched(page: GuestPage, start: number, size: number, low: number, high: number): void {
    const then = this.watcher?.before(this.#latestNumber, start, size, 'value');
    page.bytes.set(valueBytes(size, low, high), start);
    for (let i = start; i < start + size; i++) markKnown(page, i);
    then?.();
  }

  /** Has the watcher see writes into this page from now on, or no longer. */
  watch(pageNumber: number, on: boolean): void {
    if (on) this.#watched.add(pageNumber);
    else this.#watched.delete(pageNumber);
    this.#latestNumber = -1;
  }

  isWatched(address: number): boolean {
    return this.#watched.size > 0 && this.#watched.has(pageNumberOf(address));
  }

  /** After a restore: these are the pages to be watched. */
  watchOnly(pageNumbers: Iterable<number>): void {
    this.#watched.clear();
    for (const pageNumber of pageNumbers) this.#watched.add(pageNumber);
    this.#latestNumber = -1;
  }

  /** The 8 bytes at a place of a page, of which all are known; undefined otherwise. Quicker than `readValue`. */
  knownPair(pageNumber: number, start: number): readonly [low: number, high: number] | undefined {
    const page = this.#pages.get(pageNumber);
    if (page === undefined) return undefined;
    const known = (page.known[start >>> 5] ?? 0) >>> (start & 31);
    if ((known & 0xff) !== 0xff) return undefined;
    return [page.words[start >>> 2] ?? 0, page.words[(start >>> 2) + 1] ?? 0];
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

  /** A page is written in bulk next: what is returned is to be called when the bytes are in place. */
  announceWrite(pageNumber: number): (() => void) | undefined {
    if (!this.#watched.has(pageNumber)) return undefined;
    return this.watcher?.before(pageNumber, 0, PAGE, 'lines');
  }

  /** The byte, or -1 where it is unknown. */
  byte(address: number): number {
    const page = this.#pages.get(pageNumberOf(address));
    if (!page) return -1;
    const at = address & OFFSET;
    if ((((page.known[at >>> 5] ?? 0) >>> (at & 31)) & 1) === 0) return -1;
    return page.bytes[at] ?? -1;
  }

  /** Pages of which something is known, by number. */
  get pages(): Pick<ReadonlySet<number>, 'has' | 'size'> {
    return this.#pages;
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
    this.#fetched.forget();
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
    for (let at = address - (address & (LINE - 1)); at < address + size; at += LINE) {
      if (!this.#fetched.isNew(at, source.turn)) continue;
      if (!source.readLine(at, line) || this.#holds(at, this.#lineWords)) continue;
      this.write(at, line);
      source.lineShown(at, line);
    }
  }

  /** Whether all bytes of the line are known, and are these. */
  #holds(address: number, line: Uint32Array): boolean {
    const page = this.#pages.get(pageNumberOf(address));
    if (!page) return false;
    const start = address & OFFSET;
    if (page.known[start >>> 5] !== ALL || page.known[(start >>> 5) + 1] !== ALL) return false;
    const first = start >>> 2;
    for (let i = 0; i < line.length; i++) if (page.words[first + i] !== line[i]) return false;
    return true;
  }

  #writable(pageNumber: number): GuestPage {
    if (pageNumber !== this.#latestNumber) {
      this.#latest = this.#thawedPage(pageNumber);
      this.#latestNumber = pageNumber;
      this.#latestWatched = this.#watched.size > 0 && this.#watched.has(pageNumber);
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

export const UNKNOWN: Answer = { low: 0, high: 0, known: false };
