import type { ReaderTarget } from '../trace-reader.ts';

/** Reads of as many processors may be on their way. */
const MOST_OPEN = 1024;

/**
 * KVM shows a read that goes on to user space twice: as unsatisfied, without a value, and when it is answered. The
 * second is the access; the first only tells that one is to come.
 */
export class UnsatisfiedReads {
  /** By address and size, those that wait, with how many there are; and the line of the first of them. */
  readonly #open = new Map<number, number>();
  readonly #lines = new Map<number, number>();
  #asked = 0;
  #answered = 0;

  ask(address: number, size: number, line: number): void {
    this.#asked++;
    const key = keyOf(address, size);
    const waiting = this.#open.get(key) ?? 0;
    if (waiting === 0 && this.#open.size === MOST_OPEN) return;
    if (waiting === 0) this.#lines.set(key, line);
    this.#open.set(key, waiting + 1);
  }

  answer(address: number, size: number): void {
    if (this.#open.size === 0) return;
    const key = keyOf(address, size);
    const waiting = this.#open.get(key) ?? 0;
    if (waiting === 0) return;
    this.#answered++;
    if (waiting === 1) {
      this.#open.delete(key);
      this.#lines.delete(key);
    } else this.#open.set(key, waiting - 1);
  }

  report({ device, diagnostics }: ReaderTarget): void {
    if (this.#asked === 0) return;
    device.addNote(`unsatisfied reads: ${this.#asked}, of which ${this.#answered} are answered`);
    const lost = this.#asked - this.#answered;
    if (lost === 0) return;
    const reads = lost === 1 ? '1 unsatisfied read has' : `${lost} unsatisfied reads have`;
    // Maps are in the order in which they were filled.
    const [first = 0] = this.#lines.values();
    diagnostics.warning(
      first,
      `${reads} no answer in this log: the device saw more than it shows.`,
    );
  }
}

/** One number for both: an address has up to 48 bits, a size is below 16. */
function keyOf(address: number, size: number): number {
  return address * 16 + size;
}
