const TAB = 9;
const BLANK = 32;
const DOT = 46;
const ZERO = 48;
const NINE = 57;
const COLON = 58;
const LESS_THAN = 60;
const OPEN = 91;
const CLOSE = 93;

/** A decimal number of more digits is none. */
const MOST_DIGITS = 15;
/** Places behind the point of the seconds. */
const MOST_PLACES = 9;

/** Where an event's name stands in the bytes of its line. */
export interface EventName {
  readonly start: number;
  readonly end: number;
}

/**
 * The head of an event's line, `TASK-PID [CPU] FLAGS SECONDS: EVENT: `, also without flags; a task's name may hold
 * anything. It is read for every line of a log, hence by itself and without objects.
 */
export class EventHead {
  /** Time that the line tells, in microseconds. */
  micros = 0;
  /** Where the event's text begins. */
  at = 0;
  readonly #name = { start: 0, end: 0 };

  get name(): EventName {
    return this.#name;
  }

  /** The bytes that it was read from have been moved. */
  shift(by: number): void {
    this.at += by;
    this.#name.start += by;
    this.#name.end += by;
  }

  /** False where the line does not begin so; then nothing here has a meaning. */
  read(bytes: Uint8Array, start: number, end: number): boolean {
    let at = behindCpu(bytes, start, end);
    if (at < 0) return false;
    const blank = at;
    at = skipBlanks(bytes, at, end);
    if (at === blank) return false;
    if (!isDigit(bytes[at] ?? 0) || at === end) {
      while (at < end && bytes[at] !== BLANK) at++;
      at = skipBlanks(bytes, at, end);
    }
    at = this.#seconds(bytes, at, end);
    if (at < 0 || at >= end || bytes[at] !== COLON) return false;
    const colon = at + 1;
    at = skipBlanks(bytes, colon, end);
    return at > colon && this.#event(bytes, at, end);
  }

  /** Decimal seconds with at least one place; what is behind the sixth is cut off. Returns where they end, or −1. */
  #seconds(bytes: Uint8Array, start: number, end: number): number {
    let at = start;
    let whole = 0;
    for (; at < end && isDigit(bytes[at] ?? 0); at++) whole = whole * 10 + (bytes[at] ?? 0) - ZERO;
    if (at === start || at - start > MOST_DIGITS || at === end || bytes[at] !== DOT) return -1;
    const point = ++at;
    let fraction = 0;
    for (; at < end && isDigit(bytes[at] ?? 0); at++) {
      fraction = fraction * 10 + (bytes[at] ?? 0) - ZERO;
    }
    const places = at - point;
    if (places === 0 || places > MOST_PLACES) return -1;
    if (places !== 6) fraction = Math.floor(fraction * 10 ** (6 - places));
    this.micros = whole * 1_000_000 + fraction;
    return at;
  }

  /** `EVENT: `, perhaps with its system before it, as in `kvm:kvm_mmio: `. */
  #event(bytes: Uint8Array, start: number, end: number): boolean {
    const name = this.#name;
    name.start = start;
    this.at = start;
    if (start < end && bytes[start] === LESS_THAN) {
      // `<stack trace>`
      name.end = end;
      return true;
    }
    let at = start;
    while (at < end && bytes[at] !== COLON) at++;
    if (at >= end) return false;
    name.end = at++;
    if (at < end && bytes[at] !== BLANK) {
      name.start = at;
      while (at < end && bytes[at] !== COLON) at++;
      if (at >= end) return false;
      name.end = at++;
    }
    this.at = skipBlanks(bytes, at, end);
    return name.end > name.start;
  }
}

export function isNamed(bytes: Uint8Array, { start, end }: EventName, name: Uint8Array): boolean {
  if (end - start !== name.length) return false;
  for (let i = 0; i < name.length; i++) if (bytes[start + i] !== name[i]) return false;
  return true;
}

/** Behind the first `[CPU]`, whose number has two digits at least; −1 where there is none. */
function behindCpu(bytes: Uint8Array, start: number, end: number): number {
  for (let at = start; at < end; at++) {
    if (bytes[at] !== OPEN) continue;
    let last = at + 1;
    while (last < end && isDigit(bytes[last] ?? 0)) last++;
    const digits = last - at - 1;
    if (digits < 2 || digits > MOST_DIGITS) continue;
    if (last < end && bytes[last] === CLOSE) return last + 1;
  }
  return -1;
}

function skipBlanks(bytes: Uint8Array, start: number, end: number): number {
  let at = start;
  while (at < end && (bytes[at] === BLANK || bytes[at] === TAB)) at++;
  return at;
}

function isDigit(code: number): boolean {
  return code >= ZERO && code <= NINE;
}
