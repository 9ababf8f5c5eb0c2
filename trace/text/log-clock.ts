import type { ReaderTarget } from '../trace-reader.ts';

/** Later than this a time is no time since a machine was switched on, but one of the calendar. */
const CALENDAR_MICROS = 1e9 * 1e6;

/**
 * The times of a log that is in order, more or less. Times of the calendar start anew at the first one; others
 * stay as they are. Where a time runs back, the later one is kept.
 */
export class LogClock {
  readonly #target: ReaderTarget;
  #start: number | undefined;
  #ranBack = 0;
  #firstBack = 0;

  constructor(target: ReaderTarget) {
    this.#target = target;
  }

  advanceTo(micros: number, line: number): void {
    this.#start ??= this.#startAt(micros);
    if (this.#target.store.advanceTo(micros - this.#start)) return;
    if (this.#ranBack++ === 0) this.#firstBack = line;
  }

  /** The time of something that may stand a little out of order: an earlier one is no mistake. */
  follow(micros: number): void {
    this.#start ??= this.#startAt(micros);
    this.#target.store.advanceTo(micros - this.#start);
  }

  report(): void {
    if (this.#ranBack === 0) return;
    const times = this.#ranBack === 1 ? 'here' : `${this.#ranBack} times, first here`;
    this.#target.diagnostics.warning(
      this.#firstBack,
      `The time runs back ${times}; the later time was kept.`,
    );
  }

  #startAt(micros: number): number {
    if (micros < CALENDAR_MICROS || micros > 8.64e18 / 1000) return 0;
    const moment = new Date(Math.floor(micros / 1000)).toISOString();
    this.#target.device.addNote(`time 0 is ${moment}`);
    return micros;
  }
}
