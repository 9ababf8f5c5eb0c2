import { countBefore } from './count-before.ts';
import type { GrowingBytes, GrowingU32, VarintReader } from './growing.ts';
import type { InternedBytes } from './interned-bytes.ts';
import { NumberCoder } from './number-coder.ts';
import { countNumbers, joinText, MOST_NUMBERS } from './text-pattern.ts';

/** Texts of a block: to read one, those before it in its block have to be passed over. */
export const BLOCK_TEXTS = 256;

/** Bits of what each text begins with; above them is its pattern's number. */
export const AS_EXPECTED = 1;
export const NEXT_RECORD = 2;
export const PATTERN_SHIFT = 2;

/**
 * Each text is: its pattern's number, and the bits; how many records were skipped, if any; its numbers, if they are
 * not as expected.
 */
export interface CodedTexts {
  readonly patterns: InternedBytes;
  readonly coded: GrowingBytes;
  /** By block: its first text's record, and where it stands in `coded`. */
  readonly firstRecords: GrowingU32;
  readonly starts: GrowingU32;
  readonly count: number;
}

/** Finds and decodes texts. Those who read in order, as most do, go on from where they are. */
export class TextReader {
  readonly #texts: CodedTexts;
  readonly #coder = new NumberCoder();
  readonly #numbers = new Uint32Array(MOST_NUMBERS);
  /** How many numbers each pattern takes. */
  readonly #counts = new Map<number, number>();
  #block = -1;
  #coded: VarintReader;
  /** Texts of the block that have not been decoded yet. */
  #left = 0;
  /** Records of the text that was decoded last, and of the one before it in the block. */
  #record = -1;
  #before = -1;
  #pattern = 0;
  #text: Uint8Array | undefined;

  constructor(texts: CodedTexts) {
    this.#texts = texts;
    this.#coded = texts.coded.readAt(0);
  }

  /** The record's text, or undefined where it has none. */
  get(record: number): Uint8Array | undefined {
    if (!this.#isInBlock(record)) {
      const block = this.#find(record);
      if (block < 0) return undefined;
      this.#open(block);
    } else if (record <= this.#before) this.#open(this.#block);
    while (this.#record < record && this.#left > 0) this.#next();
    if (this.#record !== record) return undefined;
    this.#text ??= joinText(this.#texts.patterns.get(this.#pattern), this.#numbers);
    return this.#text;
  }

  #isInBlock(record: number): boolean {
    const { firstRecords } = this.#texts;
    if (this.#block < 0 || record < firstRecords.at(this.#block)) return false;
    return this.#block + 1 === firstRecords.length || record < firstRecords.at(this.#block + 1);
  }

  /** The last block that begins at the record or before it; −1 where none does. */
  #find(record: number): number {
    const { firstRecords } = this.#texts;
    return countBefore(firstRecords.length, (block) => firstRecords.at(block) <= record) - 1;
  }

  #open(block: number): void {
    const { coded, firstRecords, starts, count } = this.#texts;
    this.#block = block;
    this.#coded = coded.readAt(starts.at(block));
    this.#left = Math.min(BLOCK_TEXTS, count - block * BLOCK_TEXTS);
    this.#record = firstRecords.at(block) - 1;
    this.#before = this.#record;
    this.#coder.forget();
  }

  #next(): void {
    const coded = this.#coded;
    const begin = coded.next();
    const skipped = (begin & NEXT_RECORD) === 0 ? coded.next() : 0;
    this.#before = this.#record;
    this.#record += skipped + 1;
    this.#left--;
    this.#pattern = begin >>> PATTERN_SHIFT;
    this.#text = undefined;
    const isExpected = (begin & AS_EXPECTED) !== 0;
    const count = this.#countOf(this.#pattern);
    this.#coder.read(this.#pattern, this.#numbers, count, isExpected ? undefined : coded);
  }

  #countOf(pattern: number): number {
    let count = this.#counts.get(pattern);
    if (count === undefined) {
      count = countNumbers(this.#texts.patterns.get(pattern));
      this.#counts.set(pattern, count);
    }
    return count;
  }
}
