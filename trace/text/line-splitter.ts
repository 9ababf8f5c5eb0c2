import type { DiagnosticList } from '../diagnostic.ts';

/** Longest line that is read, in bytes. */
export const MAX_LINE_BYTES = 1_048_576;

const LF = 10;

/** What a format does with its lines. */
export interface LineConsumer {
  /**
   * `bytes[start, end)` holds whole lines, each with its LF (the file's last line may lack it). `line` is the
   * number of the first. Returns how many lines there were.
   */
  lines(bytes: Uint8Array, start: number, end: number, line: number): number;
  /** All lines have been seen; `lines` is their number. */
  end(lines: number): void;
}

/**
 * Cuts a stream into blocks of whole lines without copying: only a line that lies across two pieces of the
 * stream is put together in a buffer of its own.
 */
export class LineSplitter {
  readonly #consumer: LineConsumer;
  readonly #diagnostics: DiagnosticList;
  readonly #longest: number;
  #carry = new Uint8Array(256);
  #carried = 0;
  /** Inside a line that is too long: drop bytes up to its LF. */
  #dropping = false;
  #line = 1;

  /** `longest`: bytes of the longest line that is read. */
  constructor(consumer: LineConsumer, diagnostics: DiagnosticList, longest = MAX_LINE_BYTES) {
    this.#consumer = consumer;
    this.#diagnostics = diagnostics;
    this.#longest = longest;
  }

  push(bytes: Uint8Array): void {
    let start = 0;
    if (this.#carried > 0 || this.#dropping) {
      const lf = bytes.indexOf(LF);
      if (lf < 0) {
        this.#keep(bytes, 0);
        return;
      }
      this.#keep(bytes.subarray(0, lf + 1), 0);
      this.#flush();
      start = lf + 1;
    }
    const last = bytes.lastIndexOf(LF);
    if (last >= start) this.#hand(bytes, start, last + 1);
    this.#keep(bytes, Math.max(start, last + 1));
  }

  end(): void {
    this.#flush();
    this.#consumer.end(this.#line - 1);
  }

  #hand(bytes: Uint8Array, start: number, end: number): void {
    this.#line += this.#consumer.lines(bytes, start, end, this.#line);
  }

  #keep(bytes: Uint8Array, from: number): void {
    const length = bytes.length - from;
    if (length <= 0 || this.#dropping) return;
    if (this.#carried + length > this.#longest) {
      const limit = `${this.#longest / 1024} KiB`;
      this.#diagnostics.error(this.#line, `This line is longer than ${limit} and was left out.`);
      this.#dropping = true;
      this.#carried = 0;
      return;
    }
    if (this.#carried + length > this.#carry.length) {
      const larger = new Uint8Array(Math.max(this.#carried + length, this.#carry.length * 2));
      larger.set(this.#carry.subarray(0, this.#carried));
      this.#carry = larger;
    }
    this.#carry.set(bytes.subarray(from), this.#carried);
    this.#carried += length;
  }

  #flush(): void {
    if (this.#dropping) this.#line++;
    else if (this.#carried > 0) this.#hand(this.#carry, 0, this.#carried);
    this.#dropping = false;
    this.#carried = 0;
  }
}
