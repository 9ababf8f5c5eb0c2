/** A list of u32 that grows by doubling. */
export class GrowingU32 {
  #items = new Uint32Array(64);
  #length = 0;

  get length(): number {
    return this.#length;
  }

  /** The item, or 0 past the end. */
  at(index: number): number {
    return this.#items[index] ?? 0;
  }

  push(value: number): void {
    if (this.#length === this.#items.length) {
      const larger = new Uint32Array(Math.max(64, this.#items.length * 2));
      larger.set(this.#items);
      this.#items = larger;
    }
    this.#items[this.#length++] = value;
  }

  /** Gives back the spare room; more may be added afterwards. */
  trim(): void {
    this.#items = this.#items.slice(0, this.#length);
  }

  get bytesUsed(): number {
    return this.#items.byteLength;
  }
}

/** Bytes that grow by doubling, with numbers in them of as many bytes as they need. */
export class GrowingBytes {
  #items = new Uint8Array(64);
  #length = 0;

  get length(): number {
    return this.#length;
  }

  /** A number below 2³², seven bits a byte, the lowest first. */
  pushVarint(value: number): void {
    if (this.#length + 5 > this.#items.length) {
      const larger = new Uint8Array(Math.max(64, this.#items.length * 2));
      larger.set(this.#items);
      this.#items = larger;
    }
    let rest = value >>> 0;
    for (; rest > 0x7f; rest >>>= 7) this.#items[this.#length++] = (rest & 0x7f) | 0x80;
    this.#items[this.#length++] = rest;
  }

  /** A reader of such numbers from this place on. */
  readAt(at: number): VarintReader {
    return new VarintReader(this.#items, at);
  }

  /** Gives back the spare room; more may be added afterwards. */
  trim(): void {
    this.#items = this.#items.slice(0, this.#length);
  }

  get bytesUsed(): number {
    return this.#items.byteLength;
  }
}

/** Reads numbers that GrowingBytes holds. */
export class VarintReader {
  readonly #bytes: Uint8Array;
  #at: number;

  constructor(bytes: Uint8Array, at: number) {
    this.#bytes = bytes;
    this.#at = at;
  }

  next(): number {
    let value = 0;
    for (let shift = 0; ; shift += 7) {
      const byte = this.#bytes[this.#at++] ?? 0;
      value |= (byte & 0x7f) << shift;
      if (byte < 0x80) return value >>> 0;
    }
  }
}

/** Bits of a place within a segment. */
const PLACE_BITS = 18;
/** Bytes of an ordinary segment; a longer string gets one of its own size. */
const SEGMENT_BYTES = 2 ** PLACE_BITS;
const MOST_SEGMENTS = 2 ** (32 - PLACE_BITS);

/**
 * Byte strings, one after the other, in segments: nothing is copied when it grows. Each string stands in one
 * segment and is known by its number.
 */
export class ByteHeap {
  readonly #segments: Uint8Array[] = [];
  /** Bytes that each segment holds. */
  readonly #used: number[] = [];
  /** Of each string: its segment and its place there. It ends where the next begins, or its segment ends. */
  readonly #starts = new GrowingU32();
  #current = new Uint8Array(0);

  get count(): number {
    return this.#starts.length;
  }

  /**
   * Copies `bytes[start, end)` and returns its number.
   * @throws RangeError beyond 4 GiB
   */
  add(bytes: Uint8Array, start: number, end: number): number {
    const length = end - start;
    let last = this.#segments.length - 1;
    let used = this.#used[last] ?? 0;
    // What begins behind an ordinary segment's bytes could not be told from the beginning of the next.
    if (last < 0 || used + length > this.#current.length || used >= SEGMENT_BYTES) {
      this.#openSegment(length);
      last++;
      used = 0;
    }
    this.#current.set(bytes.subarray(start, end), used);
    this.#starts.push(last * SEGMENT_BYTES + used);
    this.#used[last] = used + length;
    return this.#starts.length - 1;
  }

  lengthOf(number: number): number {
    if (number >= this.#starts.length) return 0;
    const start = this.#starts.at(number);
    const segment = start >>> PLACE_BITS;
    const next = number + 1 < this.#starts.length ? this.#starts.at(number + 1) : 0;
    const isLast = next >>> PLACE_BITS !== segment || number + 1 === this.#starts.length;
    const end = isLast ? (this.#used[segment] ?? 0) : next % SEGMENT_BYTES;
    return end - (start % SEGMENT_BYTES);
  }

  /** The bytes themselves, not a copy: not to be changed. */
  get(number: number): Uint8Array {
    const start = this.#starts.at(number);
    const segment = this.#segments[start >>> PLACE_BITS];
    if (segment === undefined) return new Uint8Array(0);
    const place = start % SEGMENT_BYTES;
    return segment.subarray(place, place + this.lengthOf(number));
  }

  /** Whether string `number` equals `bytes[start, end)`. */
  equals(number: number, bytes: Uint8Array, start: number, end: number): boolean {
    const place = this.#starts.at(number);
    const segment = this.#segments[place >>> PLACE_BITS];
    if (segment === undefined || this.lengthOf(number) !== end - start) return false;
    const shift = (place % SEGMENT_BYTES) - start;
    for (let i = start; i < end; i++) if (bytes[i] !== segment[i + shift]) return false;
    return true;
  }

  /** Gives back the spare room; more may be added afterwards. */
  trim(): void {
    const last = this.#segments.length - 1;
    if (last >= 0) {
      this.#current = this.#current.slice(0, this.#used[last]);
      this.#segments[last] = this.#current;
    }
    this.#starts.trim();
  }

  get bytesUsed(): number {
    let sum = this.#starts.bytesUsed;
    for (const segment of this.#segments) sum += segment.byteLength;
    return sum;
  }

  #openSegment(length: number): void {
    if (this.#segments.length === MOST_SEGMENTS) {
      throw new RangeError('a trace cannot hold more than 4 GiB of contents');
    }
    // A small first segment, so that a scenario of thirty lines does not cost a quarter of a megabyte.
    const size = this.#segments.length === 0 ? 4096 : SEGMENT_BYTES;
    this.#current = new Uint8Array(Math.max(size, length));
    this.#segments.push(this.#current);
    this.#used.push(0);
  }
}
