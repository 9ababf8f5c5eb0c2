import { isBefore, type Moment } from '../moment.ts';
import type { FaultEntry } from '../session.ts';

/** Which faults have been told: each once, however often its moment is passed. */
export class FaultChronicle {
  #last: Moment | undefined;

  /** Those that have not been told yet; they count as told from now on. `entries` in the order of their moments. */
  take(entries: readonly FaultEntry[]): readonly FaultEntry[] {
    const last = this.#last;
    const fresh = entries.filter(({ moment }) => last === undefined || isBefore(last, moment));
    this.#last = fresh.at(-1)?.moment ?? last;
    return fresh;
  }

  /** The past from `moment` on was edited: what comes later may be told again. */
  dropFrom(moment: Moment): void {
    if (this.#last !== undefined && isBefore(moment, this.#last)) this.#last = moment;
  }
}
