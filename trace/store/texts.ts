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

const NO_PATTERN = new Uint8Array(0);

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
  readonly #coder = new NumberCoder();
  #count = 0;
  #last = -1;
  /** The last text's pattern. */
  #pattern = -1;
  #lastPattern: Uint8Array = NO_PATTERN;
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
    const splitter = this.#splitter;
    if (this.#pattern >= 0) {
      if (splitter.matches(this.#lastPattern, bytes, start, end)) return this.#pattern;
    }
    const { pattern, length } = splitter.split(bytes, start, end);
    this.#pattern = this.patterns.intern(pattern, 0, length);
    this.#lastPattern = this.patterns.get(this.#pattern);
    return this.#pattern;
  }

  /** Gives back what only `add` needs: nothing may be added afterwards. */
  trim(): void {
    this.patterns.trim();
    for (const list of [this.coded, this.firstRecords, this.starts]) list.trim();
  }

  get bytesUsed(): number {
    const { patterns, coded, firstRecords, starts } = this;
    return patterns.bytesUsed + coded.bytesUsed + firstRecords.bytesUsed + starts.bytesUsed;
  }
}
