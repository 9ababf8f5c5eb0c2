import { decodeUtf8 } from '../text/utf8.ts';

const OPEN = 91;
const STAMP = /^\[(\d{4}-\d{2}-\d{2}) (\d{2}:\d{2}:\d{2})\.(\d{6})\]/;
const STAMP_BYTES = 28;
/** `[2026-11-22 10:11:19.` */
const SECOND_BYTES = 21;
const CLOSE = 93;
const ZERO = 48;

/** Reads times of the calendar as SPDK writes them. Most lines are of the same second as the line before. */
export class StampReader {
  readonly #second = new Uint8Array(SECOND_BYTES);
  #micros = -1;

  /** Microseconds of `[2026-11-22 10:11:19.611636]` at a line's beginning; −1 where there is none. */
  read(bytes: Uint8Array, start: number, end: number): number {
    if (bytes[start] !== OPEN) return -1;
    const isSame = this.#micros >= 0 && end - start >= STAMP_BYTES && this.#isSame(bytes, start);
    const fraction = isSame ? fractionOf(bytes, start + SECOND_BYTES) : -1;
    return fraction >= 0 ? this.#micros + fraction : this.#parse(bytes, start, end);
  }

  #isSame(bytes: Uint8Array, start: number): boolean {
    // Seconds differ at their end.
    for (let i = SECOND_BYTES - 1; i >= 0; i--) {
      if (bytes[start + i] !== this.#second[i]) return false;
    }
    return true;
  }

  #parse(bytes: Uint8Array, start: number, end: number): number {
    const match = STAMP.exec(decodeUtf8(bytes, start, Math.min(end, start + STAMP_BYTES)));
    if (match === null) return -1;
    const millis = Date.parse(`${match[1]}T${match[2]}Z`);
    if (Number.isNaN(millis)) return -1;
    this.#micros = millis * 1000;
    this.#second.set(bytes.subarray(start, start + SECOND_BYTES));
    return this.#micros + Number(match[3]);
  }
}

/** Six digits and a bracket; −1 where there is anything else. */
function fractionOf(bytes: Uint8Array, at: number): number {
  let value = 0;
  for (let i = at; i < at + 6; i++) {
    const digit = (bytes[i] ?? 0) - ZERO;
    if (digit < 0 || digit > 9) return -1;
    value = value * 10 + digit;
  }
  return bytes[at + 6] === CLOSE ? value : -1;
}
