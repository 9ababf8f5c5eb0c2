import { HEX_DIGIT } from '../text/numbers.ts';

const LF = 10;
const CR = 13;
const BLANK = 32;
const DOT = 46;
const ZERO = 48;
const NINE = 57;
const LETTER_R = 82;
const LETTER_W = 87;
const LETTER_X = 120;

/**
 * Reads one access line, `R|W width seconds map 0xADDRESS 0xVALUE 0xPC pid`, from bytes, without making
 * strings. Runs of blanks are accepted: people re-align logs. The fields hold the line that was read last.
 */
export class AccessScanner {
  isWrite = false;
  /** Bytes. */
  size = 0;
  micros = 0;
  map = 0;
  /** Guest physical; below 2⁴⁸. */
  address = 0;
  low = 0;
  high = 0;
  #bytes: Uint8Array = new Uint8Array(0);
  #at = 0;
  #end = 0;

  /** Returns where the next line starts, or −1 where `bytes[at, end)` does not begin with an access line. */
  scan(bytes: Uint8Array, at: number, end: number): number {
    const letter = bytes[at];
    if (letter !== LETTER_R && letter !== LETTER_W) return -1;
    this.isWrite = letter === LETTER_W;
    this.#bytes = bytes;
    this.#at = at + 1;
    this.#end = end;
    const size = this.#blanks() ? this.#decimal() : -1;
    if (size !== 4 && size !== 8 && size !== 1 && size !== 2) return -1;
    this.size = size;
    if (!this.#blanks() || !this.#seconds() || !this.#blanks()) return -1;
    this.map = this.#decimal();
    if (this.map < 0 || !this.#blanks() || !this.#hexadecimal()) return -1;
    this.address = (this.high >>> 0) * 2 ** 32 + (this.low >>> 0);
    if (this.address >= 2 ** 48) return -1;
    if (!this.#blanks() || !this.#hexadecimal()) return -1;
    return this.#rest();
  }

  /** Program counter and process: 0 in all logs that were seen, but they must be there. */
  #rest(): number {
    const { low, high } = this;
    if (!this.#blanks() || !this.#hexadecimal() || !this.#blanks() || this.#decimal() < 0)
      return -1;
    this.low = low;
    this.high = high;
    while (this.#at < this.#end) {
      const code = this.#bytes[this.#at++];
      if (code === LF) return this.#at;
      if (code !== BLANK && code !== CR) return -1;
    }
    return this.#end;
  }

  #blanks(): boolean {
    const start = this.#at;
    while (this.#at < this.#end && this.#bytes[this.#at] === BLANK) this.#at++;
    return this.#at > start;
  }

  /** Up to nine digits; −1 where there are none or more. */
  #decimal(): number {
    const start = this.#at;
    let value = 0;
    for (; this.#at < this.#end; this.#at++) {
      const code = this.#bytes[this.#at] ?? 0;
      if (code < ZERO || code > NINE) break;
      value = value * 10 + (code - ZERO);
    }
    const digits = this.#at - start;
    return digits === 0 || digits > 9 ? -1 : value;
  }

  #seconds(): boolean {
    const whole = this.#decimal();
    if (whole < 0 || this.#at >= this.#end || this.#bytes[this.#at] !== DOT) return false;
    const start = ++this.#at;
    const fraction = this.#decimal();
    if (fraction < 0 || this.#at - start !== 6) return false;
    this.micros = whole * 1_000_000 + fraction;
    return true;
  }

  /** `0x` and up to sixteen digits, into `low` and `high`. */
  #hexadecimal(): boolean {
    const bytes = this.#bytes;
    let at = this.#at;
    if (bytes[at] !== ZERO || bytes[at + 1] !== LETTER_X) return false;
    at += 2;
    const start = at;
    let low = 0;
    let high = 0;
    for (; at < this.#end; at++) {
      const digit = HEX_DIGIT[bytes[at] ?? 0] ?? -1;
      if (digit < 0) break;
      high = (high << 4) | (low >>> 28);
      low = (low << 4) | digit;
    }
    this.#at = at;
    this.low = low;
    this.high = high;
    return at > start && at - start <= 16;
  }
}
