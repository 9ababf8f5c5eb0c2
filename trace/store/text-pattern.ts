import { HEX_DIGIT } from '../text/numbers.ts';

/**
 * Texts of a log are few sentences with many numbers. A text's **pattern** is what is left when its numbers are taken
 * out: words of hexadecimal digits with a decimal digit among them, or as long as a dword is written. In their place
 * stand codes that say how they are written:
 * 0: without leading zeros; 1 to 8: with so many digits. Longer ones are pieces of eight digits, the first shorter.
 */
const MOST_DIGITS = 8;

/** Stands before a text that is kept as it is, since it has codes in it already, or too many numbers. */
const AS_IT_IS = 0x0b;
/** Codes are below this. */
const FIRST_PLAIN = MOST_DIGITS + 1;

/** More numbers than most lines have. */
export const MOST_NUMBERS = 64;
const LONGEST = 4096;

const ZERO = 48;
const NINE = 57;
const LETTER_A = 0x61;
const LETTER_X = 0x78;

/** Whether a byte is part of a word: a letter, digit, underscore, or of a character that is not ASCII. */
const IN_WORD = new Uint8Array(256).map((_, code) => {
  const letter = code | 0x20;
  const is = (code >= ZERO && code <= NINE) || (letter >= LETTER_A && letter <= 0x7a);
  return is || code === 0x5f || code >= 0x80 ? 1 : 0;
});

/** Value of a hexadecimal digit that is no capital letter, else −1. */
const LOWER_DIGIT = HEX_DIGIT.map((digit, code) => (code < LETTER_A && code > NINE ? -1 : digit));

/** Takes texts apart. */
export class TextSplitter {
  pattern = new Uint8Array(128);
  length = 0;
  /** The numbers, each below 2³². */
  readonly numbers = new Uint32Array(MOST_NUMBERS);
  count = 0;

  /** The result stands in the fields, until the next is taken apart. */
  split(bytes: Uint8Array, start: number, end: number): this {
    const room = end - start + 1;
    if (this.pattern.length < room) this.pattern = new Uint8Array(room * 2);
    this.length = 0;
    this.count = 0;
    if (end - start <= LONGEST && this.#takeApart(bytes, start, end)) return this;
    this.count = 0;
    this.pattern[0] = AS_IT_IS;
    this.pattern.set(bytes.subarray(start, end), 1);
    this.length = room;
    return this;
  }

  /**
   * Whether `pattern` makes this text of some numbers, which are `numbers` then: neighbours mostly have one pattern,
   * and this costs less than taking a text apart and looking for its pattern.
   */
  matches(pattern: Uint8Array, bytes: Uint8Array, start: number, end: number): boolean {
    if (pattern[0] === AS_IT_IS) return false;
    const { numbers } = this;
    let count = 0;
    let at = start;
    for (let i = 0; i < pattern.length; i++) {
      const code = pattern[i] ?? 0;
      if (code >= FIRST_PLAIN) {
        // Behind the text's end other bytes may be the same: it is looked at when all is done.
        if (bytes[at] !== code) return false;
        at++;
        continue;
      }
      const digits = at;
      const stop = Math.min(end, at + (code === 0 ? MOST_DIGITS : code));
      let value = 0;
      for (; at < stop; at++) {
        const digit = LOWER_DIGIT[bytes[at] ?? 0] ?? -1;
        if (digit < 0) break;
        value = (value << 4) | digit;
      }
      const length = at - digits;
      const isWritten = code === 0 ? length === 1 || bytes[digits] !== ZERO : length === code;
      if (length === 0 || !isWritten) return false;
      numbers[count++] = value;
    }
    this.count = count;
    return at === end;
  }

  #takeApart(bytes: Uint8Array, start: number, end: number): boolean {
    for (let at = start; at < end; ) {
      const code = bytes[at] ?? 0;
      if (code < FIRST_PLAIN || code === AS_IT_IS) return false;
      if (IN_WORD[code] === 0) {
        this.pattern[this.length++] = code;
        at++;
        continue;
      }
      const stop = endOfWord(bytes, at, end);
      if (!this.#word(bytes, at, stop)) return false;
      at = stop;
    }
    return true;
  }

  #word(bytes: Uint8Array, start: number, end: number): boolean {
    const isPrefixed = bytes[start] === ZERO && bytes[start + 1] === LETTER_X && end > start + 2;
    const digits = isPrefixed ? start + 2 : start;
    let decimals = 0;
    for (let at = digits; at < end; at++) {
      const code = bytes[at] ?? 0;
      if (code <= NINE) decimals++;
      // Capital letters would not come back.
      else if (code < LETTER_A || (HEX_DIGIT[code] ?? -1) < 0)
        return this.#plain(bytes, start, end);
    }
    const length = end - digits;
    if (decimals === 0 && length !== MOST_DIGITS) return this.#plain(bytes, start, end);
    this.#plain(bytes, start, digits);
    let stop = digits + (length % MOST_DIGITS || MOST_DIGITS);
    const zeros = bytes[digits] === ZERO && length > 1;
    // A dword in full is mostly one of many; behind 0x there are mostly no zeros.
    const isFull = length >= MOST_DIGITS && stop - digits === MOST_DIGITS && !isPrefixed;
    if (!this.#number(bytes, digits, stop, zeros || isFull)) return false;
    for (; stop < end; stop += MOST_DIGITS) {
      if (!this.#number(bytes, stop, stop + MOST_DIGITS, true)) return false;
    }
    return true;
  }

  #plain(bytes: Uint8Array, start: number, end: number): true {
    for (let at = start; at < end; at++) this.pattern[this.length++] = bytes[at] ?? 0;
    return true;
  }

  #number(bytes: Uint8Array, start: number, end: number, isPadded: boolean): boolean {
    if (this.count === MOST_NUMBERS) return false;
    let value = 0;
    for (let at = start; at < end; at++) value = (value << 4) | (HEX_DIGIT[bytes[at] ?? 0] ?? 0);
    this.numbers[this.count++] = value;
    this.pattern[this.length++] = isPadded ? end - start : 0;
    return true;
  }
}

function endOfWord(bytes: Uint8Array, start: number, end: number): number {
  let at = start + 1;
  while (at < end && IN_WORD[bytes[at] ?? 0] !== 0) at++;
  return at;
}

/** How many numbers a pattern takes. */
export function countNumbers(pattern: Uint8Array): number {
  if (pattern[0] === AS_IT_IS) return 0;
  let count = 0;
  for (let i = 0; i < pattern.length; i++) if ((pattern[i] ?? 0) < FIRST_PLAIN) count++;
  return count;
}

/** The text that a pattern makes of `numbers`. */
export function joinText(pattern: Uint8Array, numbers: ArrayLike<number>): Uint8Array {
  if (pattern[0] === AS_IT_IS) return pattern.slice(1);
  const text: number[] = [];
  let next = 0;
  for (let i = 0; i < pattern.length; i++) {
    const code = pattern[i] ?? 0;
    if (code >= FIRST_PLAIN) text.push(code);
    else {
      const digits = (numbers[next++] ?? 0).toString(16).padStart(code, '0');
      for (let at = 0; at < digits.length; at++) text.push(digits.charCodeAt(at));
    }
  }
  return new Uint8Array(text);
}
