import { GrowingBytes, GrowingU32 } from './growing.ts';
import { InternedBytes } from './interned-bytes.ts';
import { NumberCoder } from './number-coder.ts';
import { TextSplitter } from './text-pattern.ts';
import {
  AS_EXPECTED,
  BLOCK_TEXTS,
  type CodedTexts,
  NEXT_RECORD,
  PATTERN_SHIFT,
  TextReader,
} from './text-reader.ts';

interface Recent {
  readonly number: number;
  readonly pattern: Uint8Array;
}

/** Patterns that a text is compared with before it is taken apart. */
const MOST_RECENT = 8;

/**
 * Texts of records: few sentences, with numbers that count or stay. Each sentence is kept once, as a pattern; a text
 * is its pattern's number and those of its numbers that are not as the texts before let expect.
 */
export class Texts implements CodedTexts {
  readonly patterns = new InternedBytes();
  readonly coded = new GrowingBytes();
  readonly firstRecords = new GrowingU32();
  readonly starts = new GrowingU32();
  readonly #splitter = new TextSplitter();
  #coder = new NumberCoder();
  #count = 0;
  #last = -1;
  /** Patterns of the texts before, the last one's first: a log mostly goes on with one of a few. */
  readonly #recent: Recent[] = [];
  #reader: TextReader | undefined;

  get count(): number {
    return this.#count;
  }

  /** `bytes[start, end)` is the text of `record`, which must be larger than any before it. */
  add(record: number, bytes: Uint8Array, start: number, end: number): void {
    if (this.#count++ % BLOCK_TEXTS === 0) {
      this.#coder.forget();
      this.firstRecords.push(record);
      this.starts.push(this.coded.length);
      this.#last = record - 1;
    }
    const number = this.#patternOf(bytes, start, end);
    const { numbers, count } = this.#splitter;
    const isExpected = this.#coder.expects(number, numbers, count);
    const skipped = record - this.#last - 1;
    this.#last = record;
    // Of 2³⁰ patterns there are not enough bytes in any file.
    this.coded.pushVarint(
      (number << PATTERN_SHIFT) |
        (isExpected ? AS_EXPECTED : 0) |
        (skipped === 0 ? NEXT_RECORD : 0),
    );
    if (skipped > 0) this.coded.pushVarint(skipped);
    this.#coder.write(number, numbers, count, isExpected ? undefined : this.coded);
  }

  /** The record's text, or undefined where it has none. Nothing may be added afterwards. */
  get(record: number): Uint8Array | undefined {
    this.#reader ??= new TextReader(this);
    return this.#reader.get(record);
  }

  /** The pattern's number; the text's numbers stand in the splitter then. */
  #patternOf(bytes: Uint8Array, start: number, end: number): number {
    const [splitter, recent] = [this.#splitter, this.#recent];
    for (let i = 0; i < recent.length; i++) {
      const known = recent[i];
      if (known === undefined || !splitter.matches(known.pattern, bytes, start, end)) continue;
      for (let behind = i; behind > 0; behind--) recent[behind] = recent[behind - 1] ?? known;
      recent[0] = known;
      return known.number;
    }
    const { pattern, length } = splitter.split(bytes, start, end);
    const number = this.patterns.intern(pattern, 0, length);
    recent.unshift({ number, pattern: this.patterns.get(number) });
    if (recent.length > MOST_RECENT) recent.pop();
    return number;
  }

  /** Gives back what only `add` needs: nothing may be added afterwards. */
  trim(): void {
    this.#coder = new NumberCoder();
    this.patterns.trim();
    for (const list of [this.coded, this.firstRecords, this.starts]) list.trim();
  }

  get bytesUsed(): number {
    const { patterns, coded, firstRecords, starts } = this;
    return patterns.bytesUsed + coded.bytesUsed + firstRecords.bytesUsed + starts.bytesUsed;
  }
}
