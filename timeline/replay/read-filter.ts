import { RecordKind, Space, type TraceStore } from '../../trace/index.ts';

/** GPIO pins: an I²C bus driven bit by bit makes hundreds of thousands of reads that would hide all others. */
const GPIO_FIRST = 0xc5010;
const GPIO_LAST = 0xc5027;

/**
 * Which reads of BAR0 are scored: not those of the GPIO pins, and a read only once where the scored read before
 * it had the same offset, size and value and nothing was written in between (polls). Records must be asked about
 * in order, all of them.
 */
export class ReadFilter {
  readonly #store: TraceStore;
  #offset = -1;
  #size = 0;
  #low = 0;
  #high = 0;
  #written = true;
  #followed = 0;

  constructor(store: TraceStore) {
    this.#store = store;
  }

  noteWrite(): void {
    this.#written = true;
  }

  /** Takes note of the writes before `record`, those since it was asked last. */
  followTo(record: number): void {
    for (; this.#followed < record; this.#followed++) {
      if (this.#store.kind(this.#followed) !== RecordKind.write) continue;
      if (this.#store.space(this.#followed) !== Space.io) this.noteWrite();
    }
  }

  /** Whether the read in `record` is scored. */
  takes(record: number): boolean {
    const store = this.#store;
    if (store.kind(record) !== RecordKind.read || store.space(record) !== Space.mmio) return false;
    const offset = store.offset(record);
    if (offset >= GPIO_FIRST && offset <= GPIO_LAST) return false;
    const [size, low, high] = [store.size(record), store.low(record), store.high(record)];
    const same =
      offset === this.#offset && size === this.#size && low === this.#low && high === this.#high;
    if (same && !this.#written) return false;
    this.#offset = offset;
    this.#size = size;
    this.#low = low;
    this.#high = high;
    this.#written = false;
    return true;
  }
}
