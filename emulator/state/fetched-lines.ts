const LINE_BITS = 6;
/** Lines that are remembered: page tables and a batch or two. A power of two. */
const PLACES = 512;

/**
 * Which lines of a running guest's memory were copied since the guest ran last: an engine looks at the same page tables
 * for every command. It may forget, and is no part of the device's state.
 */
export class FetchedLines {
  /** Addresses, each at the place that its line number leads to; -1 for none. */
  readonly #addresses = new Float64Array(PLACES).fill(-1);
  readonly #turns = new Float64Array(PLACES);

  /** Whether the line at `address` is not known to have been copied in this turn; from now on it is. */
  isNew(address: number, turn: number): boolean {
    const place = (address >>> LINE_BITS) & (PLACES - 1);
    if (this.#addresses[place] === address && this.#turns[place] === turn) return false;
    this.#addresses[place] = address;
    this.#turns[place] = turn;
    return true;
  }

  forget(): void {
    this.#addresses.fill(-1);
  }
}
