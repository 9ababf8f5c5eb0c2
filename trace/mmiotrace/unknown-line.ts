import { RecordKind, Space } from '../record.ts';
import { VALUE_UNKNOWN } from '../store/chunk.ts';
import { packKind, type StoreWriter } from '../store/store-writer.ts';
import { LineCursor, literal } from '../text/line-cursor.ts';
import type { TextLine } from '../text/line-text.ts';
import type { LogClock } from '../text/log-clock.ts';
import { HEX_DIGIT, type U64 } from '../text/numbers.ts';

const KEYWORD = literal('UNKNOWN');
const COMMA = 44;
/** Ten million seconds: longer than any machine was traced. */
const MOST_MICROS = 1e13;
/** Digits of an instruction's bytes that fit a value. */
const MOST_DIGITS = 8;

const KIND = packKind(RecordKind.unknownAccess, Space.memory);

/** An access of which only the place is known; what is known of the instruction stands where the value would. */
export function appendUnknown(store: StoreWriter, address: number, code: U64, line: number): void {
  store.appendWide(KIND, VALUE_UNKNOWN, address, code, line);
}

/**
 * Reads `UNKNOWN SECONDS MAP 0xADDRESS OPCODE …` without making strings: a log can hold millions of these. What does
 * not look just like that is left to whoever reads lines as text.
 */
export class UnknownLines {
  readonly #cursor = new LineCursor();
  readonly #code = { low: 0, high: 0 };

  /** False where the line is none of these, or a strange one; then nothing has been done. */
  read(line: TextLine, store: StoreWriter, clock: LogClock): boolean {
    const cursor = this.#cursor;
    cursor.open(line.bytes, line.start, line.end);
    if (!cursor.take(KEYWORD) || !cursor.blanks()) return false;
    const micros = cursor.seconds();
    if (micros <= 0 || micros >= MOST_MICROS || !cursor.blanks()) return false;
    if (cursor.decimal() < 0 || !cursor.blanks()) return false;
    const address = cursor.address();
    if (address < 0 || !cursor.blanks() || !this.#instruction()) return false;
    clock.follow(micros);
    appendUnknown(store, address, this.#code, line.number);
    return true;
  }

  /** Bytes with commas between them, up to the next blank. */
  #instruction(): boolean {
    const { bytes, end, at: start } = this.#cursor;
    let [at, digits, low] = [start, 0, 0];
    for (; at < end; at++) {
      const byte = bytes[at] ?? 0;
      const digit = HEX_DIGIT[byte] ?? -1;
      if (digit < 0 && byte !== COMMA) break;
      if (digit < 0) continue;
      low = (low << 4) | digit;
      digits++;
    }
    this.#cursor.at = at;
    this.#code.low = low >>> 0;
    return digits > 0 && digits <= MOST_DIGITS && (at === end || this.#cursor.blanks());
  }
}
