import type { GrowingBytes, VarintReader } from './growing.ts';

/** Numbers beyond these are always written: a mask has as many bits as a varint takes. */
const MASKED = 32;
/** What went on by no more than this is taken to count, and to go on counting. */
const SMALL_STEP = 64;

/**
 * What each number of each pattern is expected to be next: what it was, and one step on where it counts. Only what is
 * not as expected is written.
 */
export class NumberCoder {
  /** By pattern: where its numbers are in the lists, if `#blocks` says that it is of this block. */
  #places = new Uint32Array(64);
  #blocks = new Uint32Array(64);
  #block = 1;
  #used = 0;
  #expected = new Uint32Array(64);
  #steps = new Int32Array(64);

  /** Nothing is expected any more but zeros. */
  forget(): void {
    this.#block++;
    this.#used = 0;
  }

  /** Whether all numbers of a text are as expected. */
  expects(pattern: number, numbers: Uint32Array, count: number): boolean {
    const place = this.#placeOf(pattern, count);
    const expected = this.#expected;
    for (let i = 0; i < count; i++) if (numbers[i] !== expected[place + i]) return false;
    return true;
  }

  /** Learns from the numbers of a text, and writes to `out`, if given, which of them were not as expected. */
  write(pattern: number, numbers: Uint32Array, count: number, out: GrowingBytes | undefined): void {
    const place = this.#placeOf(pattern, count);
    if (out !== undefined) this.#writeUnexpected(place, numbers, count, out);
    for (let i = 0; i < count; i++) this.#learn(place + i, numbers[i] ?? 0);
  }

  #writeUnexpected(place: number, numbers: Uint32Array, count: number, out: GrowingBytes): void {
    const expected = this.#expected;
    let mask = 0;
    for (let i = 0; i < count && i < MASKED; i++) {
      if (numbers[i] !== expected[place + i]) mask |= 1 << i;
    }
    out.pushVarint(mask);
    for (let i = 0; i < count; i++) {
      if (i < MASKED && (mask & (1 << i)) === 0) continue;
      const by = ((numbers[i] ?? 0) - (expected[place + i] ?? 0)) | 0;
      out.pushVarint((by << 1) ^ (by >> 31));
    }
  }

  /** The reverse: `from` is undefined where all are as expected. */
  read(pattern: number, numbers: Uint32Array, count: number, from: VarintReader | undefined): void {
    const place = this.#placeOf(pattern, count);
    const mask = from?.next() ?? 0;
    for (let i = 0; i < count; i++) {
      let number = this.#expected[place + i] ?? 0;
      if (from !== undefined && (i >= MASKED || (mask & (1 << i)) !== 0)) {
        const by = from.next();
        number = (number + ((by >>> 1) ^ -(by & 1))) >>> 0;
      }
      numbers[i] = number;
      this.#learn(place + i, number);
    }
  }

  #learn(place: number, number: number): void {
    const step = this.#steps[place] ?? 0;
    const by = (number - ((this.#expected[place] ?? 0) - step)) | 0;
    const next = by >= -SMALL_STEP && by <= SMALL_STEP ? by : step;
    this.#steps[place] = next;
    this.#expected[place] = number + next;
  }

  #placeOf(pattern: number, count: number): number {
    if (this.#blocks[pattern] === this.#block) return this.#places[pattern] ?? 0;
    const place = this.#used;
    this.#used += count;
    if (this.#used > this.#expected.length) this.#grow();
    this.#expected.fill(0, place, this.#used);
    this.#steps.fill(0, place, this.#used);
    if (pattern >= this.#blocks.length) this.#growPatterns(pattern + 1);
    this.#blocks[pattern] = this.#block;
    this.#places[pattern] = place;
    return place;
  }

  #growPatterns(least: number): void {
    const places = new Uint32Array(least * 2);
    const blocks = new Uint32Array(least * 2);
    places.set(this.#places);
    blocks.set(this.#blocks);
    this.#places = places;
    this.#blocks = blocks;
  }

  #grow(): void {
    const expected = new Uint32Array(this.#used * 2);
    const steps = new Int32Array(this.#used * 2);
    expected.set(this.#expected);
    steps.set(this.#steps);
    this.#expected = expected;
    this.#steps = steps;
  }
}
