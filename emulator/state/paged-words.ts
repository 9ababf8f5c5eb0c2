import { hashWords, type StateHasher } from './hash.ts';

const WORDS_PER_PAGE = 1024;
const PAGE_SHIFT = 10;
const SAVE = 1;
const HASH = 2;

/** A page as a snapshot holds it; never written after it was made. */
interface SavedPage {
  readonly words: Uint32Array;
}

export interface PagedWordsSnapshot {
  readonly pages: readonly SavedPage[];
  /** Bytes copied for this snapshot alone. */
  readonly ownBytes: number;
}

/**
 * A flat array of 32-bit words with a map of dirty 4 KiB pages, so that a snapshot copies what changed since the
 * one before and shares the rest.
 */
export class PagedWords {
  readonly words: Uint32Array;
  readonly #dirty: Uint8Array;
  readonly #hashes: Uint32Array;
  #saved: SavedPage[];

  /** `length` in words, a multiple of 1,024. All words are 0. */
  constructor(length: number) {
    this.words = new Uint32Array(length);
    const pages = length >>> PAGE_SHIFT;
    this.#dirty = new Uint8Array(pages).fill(HASH);
    this.#hashes = new Uint32Array(pages * 2);
    this.#saved = new Array<SavedPage>(pages).fill(ZERO_PAGE);
  }

  get(index: number): number {
    return this.words[index] ?? 0;
  }

  set(index: number, value: number): void {
    this.words[index] = value;
    this.#dirty[index >>> PAGE_SHIFT] = SAVE | HASH;
  }

  /** Two words at an even index; where they are so already the page stays clean. */
  setPair(index: number, first: number, second: number): void {
    const { words } = this;
    if (words[index] === first && words[index + 1] === second) return;
    words[index] = first;
    words[index + 1] = second;
    this.#dirty[index >>> PAGE_SHIFT] = SAVE | HASH;
  }

  save(): PagedWordsSnapshot {
    const pages = this.#saved.slice();
    let copied = 0;
    for (let page = 0; page < pages.length; page++) {
      if (((this.#dirty[page] ?? 0) & SAVE) === 0) continue;
      pages[page] = { words: this.#page(page).slice() };
      this.#dirty[page] = (this.#dirty[page] ?? 0) & ~SAVE;
      copied++;
    }
    this.#saved = pages;
    return { pages, ownBytes: copied * 4096 + pages.length * 8 };
  }

  restore(snapshot: PagedWordsSnapshot): void {
    for (let page = 0; page < snapshot.pages.length; page++) {
      const saved = snapshot.pages[page];
      if (!saved) continue;
      const clean = ((this.#dirty[page] ?? 0) & SAVE) === 0;
      if (clean && this.#saved[page] === saved) continue;
      this.words.set(saved.words, page << PAGE_SHIFT);
      this.#dirty[page] = HASH;
    }
    this.#saved = snapshot.pages.slice();
  }

  hashInto(hasher: StateHasher): void {
    for (let page = 0; page < this.#dirty.length; page++) {
      if (((this.#dirty[page] ?? 0) & HASH) !== 0) {
        this.#hashes.set(hashWords(this.#page(page)), page * 2);
        this.#dirty[page] = (this.#dirty[page] ?? 0) & ~HASH;
      }
      hasher.word(this.#hashes[page * 2] ?? 0);
      hasher.word(this.#hashes[page * 2 + 1] ?? 0);
    }
  }

  #page(page: number): Uint32Array {
    return this.words.subarray(page << PAGE_SHIFT, (page + 1) << PAGE_SHIFT);
  }
}

const ZERO_PAGE: SavedPage = { words: new Uint32Array(WORDS_PER_PAGE) };
