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
      const larger = new Uint32Array(this.#items.length * 2);
      larger.set(this.#items);
      this.#items = larger;
    }
    this.#items[this.#length++] = value;
  }

  /** Gives back the spare room. */
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
      const larger = new Uint8Array(this.#items.length * 2);
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

  /** Gives back the spare room; nothing may be added afterwards. */
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

/** Bytes of an ordinary segment; a longer string gets one of its own size. */
const SEGMENT_BYTES = 262_144;

/**
 * Byte strings, one after the other, in segments: nothing is copied when it grows. Each string stands in one
 * segment and is known by its number.
 */
export class ByteHeap {
  readonly #segments: Uint8Array[] = [];
  readonly #segmentOf = new GrowingU32();
  readonly #starts = new GrowingU32();
  readonly #lengths = new GrowingU32();
  #current = new Uint8Array(0);
  #used = 0;

  get count(): number {
    return this.#starts.length;
  }

  /** Copies `bytes[start, end)` and returns its number. */
  add(bytes: Uint8Array, start: number, end: number): number {
    const length = end - start;
    if (this.#used + length > this.#current.length) this.#openSegment(length);
    this.#current.set(bytes.subarray(start, end), this.#used);
    this.#segmentOf.push(this.#segments.length - 1);
    this.#starts.push(this.#used);
    this.#lengths.push(length);
    this.#used += length;
    return this.#starts.length - 1;
  }

  lengthOf(number: number): number {
    return this.#lengths.at(number);
  }

  /** The bytes themselves, not a copy: not to be changed. */
  get(number: number): Uint8Array {
    const segment = this.#segments[this.#segmentOf.at(number)];
    if (segment === undefined) return new Uint8Array(0);
    const start = this.#starts.at(number);
    return segment.subarray(start, start + this.#lengths.at(number));
  }

  /** Whether string `number` equals `bytes[start, end)`. */
  equals(number: number, bytes: Uint8Array, start: number, end: number): boolean {
    const length = this.#lengths.at(number);
    const segment = this.#segments[this.#segmentOf.at(number)];
    if (segment === undefined || length !== end - start) return false;
    const shift = this.#starts.at(number) - start;
    for (let i = start; i < end; i++) if (bytes[i] !== segment[i + shift]) return false;
    return true;
  }

  /** Gives back the spare room; more may be added afterwards. */
  trim(): void {
    if (this.#segments.length > 0 && this.#used < this.#current.length) {
      this.#current = this.#current.slice(0, this.#used);
      this.#segments[this.#segments.length - 1] = this.#current;
    }
    for (const list of [this.#segmentOf, this.#starts, this.#lengths]) list.trim();
  }

  get bytesUsed(): number {
    let sum = 0;
    for (const segment of this.#segments) sum += segment.byteLength;
    for (const list of [this.#segmentOf, this.#starts, this.#lengths]) sum += list.bytesUsed;
    return sum;
  }

  #openSegment(length: number): void {
    // A small first segment, so that a scenario of thirty lines does not cost a quarter of a megabyte.
    const size = this.#segments.length === 0 ? 4096 : SEGMENT_BYTES;
    this.#current = new Uint8Array(Math.max(size, length));
    this.#segments.push(this.#current);
    this.#used = 0;
  }
}
