/** Nanoseconds of guest time that an instruction takes: 100 million instructions a second. */
const INSTRUCTION_NS = 10;

/** What a snapshot keeps of the clock. */
export interface ClockState {
  readonly instructions: number;
  readonly skipped: number;
}

/**
 * The guest's time: instructions executed, and the time in which it had nothing to do, which is skipped. The host's
 * clock has no part in it.
 */
export class GuestClock {
  /** Reads the processor's 32-bit counter. */
  readonly #counter: () => number;
  #last: number;
  #instructions = 0;
  #skipped = 0;

  constructor(counter: () => number) {
    this.#counter = counter;
    this.#last = counter();
  }

  /** Nanoseconds since the guest was switched on. */
  get now(): number {
    const counter = this.#counter();
    this.#instructions += (counter - this.#last) >>> 0;
    this.#last = counter;
    return this.#instructions * INSTRUCTION_NS + this.#skipped;
  }

  /** Lets idle time pass, up to `ns`. */
  skipTo(ns: number): void {
    this.#skipped += Math.max(0, Math.ceil(ns - this.now));
  }

  save(): ClockState {
    void this.now;
    return { instructions: this.#instructions, skipped: this.#skipped };
  }

  /** The processor's counter is already the restored one. */
  restore({ instructions, skipped }: ClockState): void {
    this.#last = this.#counter();
    this.#instructions = instructions;
    this.#skipped = skipped;
  }
}
