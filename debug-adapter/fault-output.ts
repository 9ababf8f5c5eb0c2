import { checkLabel, checkRow } from '../emulator/index.ts';
import { type FaultEntry, guestName, type Moment } from '../timeline/index.ts';
import type { EventSink, Events } from './event-sink.ts';

/** Faults of one check that are listed in a session; a guest that polls would fill the console. */
export const LISTED_FAULTS = 5;

export type FaultPlace = (moment: Moment) => Pick<Events['output'], 'source' | 'line'>;

/** Faults on their way to the console: the first of each check, then how many more there were. */
export class FaultOutput {
  readonly #send: EventSink;
  readonly #placeOf: FaultPlace;
  readonly #listed = new Map<string, number>();
  /** Of the present run, by check. */
  #left = new Map<string, number>();

  constructor(send: EventSink, placeOf: FaultPlace) {
    this.#send = send;
    this.#placeOf = placeOf;
  }

  /** Checks that are off by default are what correct guests break all the time: they are not listed. */
  add({ moment, fault: { check, message, whose } }: FaultEntry): void {
    const row = checkRow(check);
    if (row === undefined || !row.on) return;
    const listed = this.#listed.get(check) ?? 0;
    if (listed >= LISTED_FAULTS) {
      this.#left.set(check, (this.#left.get(check) ?? 0) + 1);
      return;
    }
    this.#listed.set(check, listed + 1);
    const guest = whose === undefined ? '' : `${guestName(whose)}: `;
    const output = `${guest}${checkLabel(row)}: ${message}\n`;
    this.#send('output', { category: 'console', output, ...this.#placeOf(moment) });
  }

  endRun(): void {
    if (this.#left.size === 0) return;
    const counts = [...this.#left].map(([check, count]) => `${count} × ${check}`);
    this.#left = new Map();
    const output = `More faults, not listed: ${counts.join(', ')}.\n`;
    this.#send('output', { category: 'console', output });
  }
}
