import { countBefore } from './count-before.ts';
import { ByteHeap, GrowingU32 } from './growing.ts';

/**
 * Contents of memory, which belong to single records. Few records have any, so they are found by bisection over the
 * ascending list of those that do.
 */
export class Payloads {
  readonly #records = new GrowingU32();
  readonly #heap = new ByteHeap();
  /** Where the last look-up ended: replay asks in ascending order. */
  #cursor = 0;

  /** `record` must be larger than any before it. */
  add(record: number, bytes: Uint8Array, start: number, end: number): void {
    this.#records.push(record);
    this.#heap.add(bytes, start, end);
  }

  /** The record's bytes (not a copy), or undefined where it has none. */
  get(record: number): Uint8Array | undefined {
    const at = this.#find(record);
    return at < 0 ? undefined : this.#heap.get(at);
  }

  /** Number of bytes the record has; 0 where it has none. */
  lengthOf(record: number): number {
    const at = this.#find(record);
    return at < 0 ? 0 : this.#heap.lengthOf(at);
  }

  trim(): void {
    this.#records.trim();
    this.#heap.trim();
  }

  get bytesUsed(): number {
    return this.#records.bytesUsed + this.#heap.bytesUsed;
  }

  #find(record: number): number {
    const count = this.#records.length;
    for (let at = this.#cursor; at < this.#cursor + 2 && at < count; at++) {
      if (this.#records.at(at) === record) {
        this.#cursor = at;
        return at;
      }
    }
    const found = countBefore(count, (at) => this.#records.at(at) < record);
    if (found >= count || this.#records.at(found) !== record) return -1;
    this.#cursor = found;
    return found;
  }
}
