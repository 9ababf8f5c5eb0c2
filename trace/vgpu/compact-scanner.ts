import { RecordKind, Space } from '../record.ts';
import { VALUE_UNKNOWN } from '../store/chunk.ts';
import type { StoreWriter } from '../store/store-writer.ts';
import { HEX_DIGIT } from '../text/numbers.ts';

/** Bytes of PCI Express configuration space. */
export const CONFIG_BYTES = 4096;

const LF = 10;
const CR = 13;
const BLANK = 32;
const AT_SIGN = 64;
const LETTER_A = 65;
const LETTER_C = 67;
const LETTER_R = 82;
const LETTER_W = 87;

/** Access sizes by their digit's character code; 0 for all others. */
const SIZE_OF_DIGIT = new Uint8Array(256);
for (const size of [1, 2, 4, 8]) SIZE_OF_DIGIT[0x30 + size] = size;

/**
 * The fast path for what a recording has millions of: access lines exactly as a machine writes them
 * (`W 4 002098 ffffffff`, with one blank between fields, and perhaps a call stack). It works on bytes and
 * makes no string and no object. At anything else it stops and leaves the line to the slow path, which accepts
 * more and says what is wrong.
 */
export class CompactScanner {
  readonly #store: StoreWriter;
  /** Line number of the next line. */
  line = 1;
  // Results of the field reader: kept here, since a function returns only one number.
  #low = 0;
  #high = 0;

  constructor(store: StoreWriter) {
    this.#store = store;
  }

  /** Reads lines from `at` on; returns where the first line starts that is not in this form, or `end`. */
  scan(bytes: Uint8Array, at: number, end: number): number {
    while (at < end) {
      const next = this.#accessLine(bytes, at, end);
      if (next < 0) return at;
      at = next;
      this.line++;
    }
    return at;
  }

  /** Returns where the next line starts, or −1 where this one is of another form; then nothing has been stored. */
  #accessLine(bytes: Uint8Array, at: number, end: number): number {
    let letter = bytes[at++] ?? 0;
    let space: number = Space.mmio;
    if (letter === LETTER_A || letter === LETTER_C) {
      space = letter === LETTER_A ? Space.aperture : Space.config;
      letter = bytes[at++] ?? 0;
    }
    const kind = letter === LETTER_W ? RecordKind.write : letter === LETTER_R ? RecordKind.read : 0;
    const size = SIZE_OF_DIGIT[bytes[at + 1] ?? 0] ?? 0;
    if (kind === 0 || size === 0 || bytes[at] !== BLANK || bytes[at + 2] !== BLANK) return -1;
    const offsetEnd = this.#hexField(bytes, at + 3, end);
    const offsetDigits = offsetEnd - at - 3;
    if (offsetDigits === 0 || offsetDigits > 16 || this.#high !== 0) return -1;
    const offset = this.#low;
    // Numbers out of range get their message from the slow path, here and below.
    if (space === Space.config && offset >>> 0 > CONFIG_BYTES - size) return -1;
    const stop = bytes[offsetEnd] ?? 0;
    if (stop === LF && kind === RecordKind.read && offsetEnd < end) {
      this.#store.append(kind | (space << 4), size | VALUE_UNKNOWN, offset, 0, this.line);
      return offsetEnd + 1;
    }
    if (stop !== BLANK) return -1;
    const valueEnd = this.#hexField(bytes, offsetEnd + 1, end);
    const digits = valueEnd - offsetEnd - 1;
    if (digits === 0 || digits > size * 2) return -1;
    return this.#finish(bytes, valueEnd, end, kind | (space << 4), size, offset);
  }

  /** The line's end, perhaps with a call stack before it; stores the record. */
  #finish(
    bytes: Uint8Array,
    at: number,
    end: number,
    kindSpace: number,
    size: number,
    offset: number,
  ): number {
    const low = this.#low;
    const high = this.#high;
    let next = at;
    let stackStart = 0;
    if (bytes[at] === BLANK) {
      stackStart = stackAt(bytes, at);
      if (stackStart < 0) return -1;
      next = bytes.indexOf(LF, stackStart);
    } else if (bytes[at] === CR) next++;
    if (next < 0 || next >= end || bytes[next] !== LF) return -1;
    this.#store.append(kindSpace, size, offset, low, this.line);
    if (high !== 0) this.#store.setHigh(high);
    if (stackStart > 0) {
      this.#store.setStack(bytes, stackStart, bytes[next - 1] === CR ? next - 1 : next);
    }
    return next + 1;
  }

  /** Reads hex digits into #low and #high; returns where they end. More than 16 lose the upper ones. */
  #hexField(bytes: Uint8Array, at: number, end: number): number {
    let low = 0;
    const eight = Math.min(at + 8, end);
    while (at < eight) {
      const digit = HEX_DIGIT[bytes[at] ?? 0] ?? -1;
      if (digit < 0) break;
      low = (low << 4) | digit;
      at++;
    }
    let high = 0;
    if (at === eight) {
      for (; at < end; at++) {
        const digit = HEX_DIGIT[bytes[at] ?? 0] ?? -1;
        if (digit < 0) break;
        high = (high << 4) | (low >>> 28);
        low = (low << 4) | digit;
      }
    }
    this.#low = low;
    this.#high = high;
    return at;
  }
}

/** Start of the stack in `  @ f0 < f1`, given where the blanks start; −1 where there is none. */
function stackAt(bytes: Uint8Array, at: number): number {
  if (bytes[at + 1] === AT_SIGN && bytes[at + 2] === BLANK) return at + 3;
  if (bytes[at + 1] === BLANK && bytes[at + 2] === AT_SIGN && bytes[at + 3] === BLANK)
    return at + 4;
  return -1;
}
