import { HEX_DIGIT } from './numbers.ts';
import { encodeUtf8 } from './utf8.ts';

const TAB = 9;
const BLANK = 32;
const DOT = 46;
const ZERO = 48;
const NINE = 57;
const LETTER_X = 0x78;

/** Largest address that a store can hold, plus one. */
const ADDRESSES = 2 ** 48;

/** A fixed piece of a line, as bytes. */
export type Literal = Uint8Array;

export function literal(text: string): Literal {
  return encodeUtf8(text);
}

/**
 * Reads the fields of one line from its bytes without making strings or objects. Each method passes over what
 * it reads; where it cannot, it says so, and the position is of no more use.
 */
export class LineCursor {
  bytes: Uint8Array = new Uint8Array(0);
  at = 0;
  end = 0;
  /** Halves of the number that `hexadecimal` read last; unsigned. */
  low = 0;
  high = 0;

  open(bytes: Uint8Array, at: number, end: number): void {
    this.bytes = bytes;
    this.at = at;
    this.end = end;
  }

  get atEnd(): boolean {
    return this.at >= this.end;
  }

  /** The byte here; 0 at the end. */
  get code(): number {
    return this.at < this.end ? (this.bytes[this.at] ?? 0) : 0;
  }

  /** Passes over `text` where it stands here; else stays. */
  take(text: Literal): boolean {
    const { bytes, at } = this;
    const { length } = text;
    if (at + length > this.end) return false;
    for (let i = 0; i < length; i++) if (bytes[at + i] !== text[i]) return false;
    this.at = at + length;
    return true;
  }

  takeCode(code: number): boolean {
    if (this.code !== code) return false;
    this.at++;
    return true;
  }

  /** At least one blank or tab. */
  blanks(): boolean {
    const start = this.at;
    this.skipBlanks();
    return this.at > start;
  }

  skipBlanks(): void {
    while (this.at < this.end) {
      const code = this.bytes[this.at];
      if (code !== BLANK && code !== TAB) return;
      this.at++;
    }
  }

  /** Whether nothing but blanks follows. */
  ends(): boolean {
    this.skipBlanks();
    return this.atEnd;
  }

  /** Passes over all bytes up to the next `code`; false where there is none. */
  find(code: number): boolean {
    const found = this.bytes.indexOf(code, this.at);
    if (found < 0 || found >= this.end) return false;
    this.at = found;
    return true;
  }

  /** Up to fifteen digits; −1 where there are none or more. */
  decimal(): number {
    const start = this.at;
    let value = 0;
    for (; this.at < this.end; this.at++) {
      const code = this.bytes[this.at] ?? 0;
      if (code < ZERO || code > NINE) break;
      value = value * 10 + (code - ZERO);
    }
    const digits = this.at - start;
    return digits === 0 || digits > 15 ? -1 : value;
  }

  /** Up to sixteen digits, with or without `0x`, into `low` and `high`. */
  hexadecimal(): boolean {
    const { bytes, end } = this;
    let { at } = this;
    if (bytes[at] === ZERO && ((bytes[at + 1] ?? 0) | 0x20) === LETTER_X && at + 2 < end) at += 2;
    const start = at;
    let low = 0;
    let high = 0;
    for (; at < end; at++) {
      const digit = HEX_DIGIT[bytes[at] ?? 0] ?? -1;
      if (digit < 0) break;
      high = (high << 4) | (low >>> 28);
      low = (low << 4) | digit;
    }
    this.at = at;
    this.low = low >>> 0;
    this.high = high >>> 0;
    return at > start && at - start <= 16;
  }

  /** A hexadecimal number below 2⁴⁸; −1 where there is none. */
  address(): number {
    if (!this.hexadecimal()) return -1;
    const value = this.high * 2 ** 32 + this.low;
    return value < ADDRESSES ? value : -1;
  }

  /** Decimal seconds with at least one digit behind the point, in whole microseconds; −1 where there are none. */
  seconds(): number {
    const whole = this.decimal();
    if (whole < 0 || !this.takeCode(DOT)) return -1;
    const start = this.at;
    let fraction = this.decimal();
    const digits = this.at - start;
    if (fraction < 0 || digits > 9) return -1;
    if (digits !== 6) fraction = Math.floor(fraction * 10 ** (6 - digits));
    return whole * 1_000_000 + fraction;
  }
}
