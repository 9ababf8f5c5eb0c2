import { hashWords } from './hash.ts';

export const PAGE = 4096;
/** Bits of an address within its page; `&` keeps the low bits of numbers up to 2⁵³, and is quicker than `%`. */
export const OFFSET = PAGE - 1;

/**
 * One guest page. Which bytes are known is kept by the byte, since the guest's writes through the aperture are
 * smaller than the 64-byte lines in which recordings show memory. Frozen pages are shared with snapshots.
 */
export interface GuestPage {
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

/** Bytes and what is known of them, in one buffer: pages are made by the thousand, and each buffer has its price. */
export function newPage(from?: GuestPage): GuestPage {
  const buffer = from ? from.bytes.buffer.slice(0) : new ArrayBuffer(PAGE + PAGE / 8);
  return {
    bytes: new Uint8Array(buffer, 0, PAGE),
    words: new Uint32Array(buffer, 0, PAGE / 4),
    known: new Uint32Array(buffer, PAGE),
    frozen: false,
    hash: undefined,
  };
}

/** One of which nothing is known. */
export const EMPTY_PAGE = newPage();

export function pageNumberOf(address: number): number {
  return (address - (address & OFFSET)) / PAGE;
}

export function markKnown(page: GuestPage, at: number): void {
  page.known[at >>> 5] = (page.known[at >>> 5] ?? 0) | (1 << (at & 31));
}

export function hashPage(page: GuestPage): readonly [number, number, number, number] {
  const [a, b] = hashWords(page.words);
  const [c, d] = hashWords(page.known);
  return [a, b, c, d];
}

/** A value's bytes, little-endian; `high` is the upper dword of 8 bytes. */
export function valueBytes(size: number, low: number, high: number): Uint8Array {
  const bytes = new Uint8Array(size);
  for (let i = 0; i < size; i++) {
    bytes[i] = i < 4 ? low >>> (i * 8) : high >>> ((i - 4) * 8);
  }
  return bytes;
}
