import type { CommandEvent, Fault } from '../../emulator/index.ts';
import { isSameMoment, type Moment, startOf } from '../moment.ts';
import { hex } from '../register-directory.ts';
import type { Replayer } from '../replay/replayer.ts';
import type { FaultList, FaultRecord } from './scenario-result.ts';

type Pending = Omit<FaultRecord, 'moment' | 'line' | 'timeNs'>;

const DEFAULT_LIMIT = 1000;

/**
 * Keeps faults with their moments. Only when replay has returned from an event does it know which one it was, so a
 * fault interrupts it, and `settle` is called each time that it returns.
 */
export class FaultCollector {
  readonly #replayer: Replayer;
  readonly #limit: number;
  readonly #byCheck: Record<string, number> = {};
  readonly #shown: FaultRecord[] = [];
  #pending: Pending[] = [];
  #command: CommandEvent | undefined;
  /** The event in which it is executed. */
  #at: Moment = startOf(0);
  #count = 0;

  /** `limit`: faults that are kept; all are counted. */
  constructor(replayer: Replayer, limit = DEFAULT_LIMIT) {
    this.#replayer = replayer;
    this.#limit = limit;
  }

  command(event: CommandEvent): void {
    this.#command = event;
    this.#at = this.#replayer.moment;
  }

  fault({ check, message, address, ...evidence }: Fault): void {
    this.#count++;
    this.#byCheck[check] = (this.#byCheck[check] ?? 0) + 1;
    if (this.#shown.length + this.#pending.length >= this.#limit) return;
    // Work is done event by event, so that the replayer's moment is that of the present one.
    const isInIt = this.#at.event > 0 && isSameMoment(this.#at, this.#replayer.moment);
    const command = isInIt && this.#command !== undefined ? commandText(this.#command) : undefined;
    this.#pending.push({
      check,
      message,
      evidence,
      ...(address === undefined ? {} : { address }),
      ...(command === undefined ? {} : { command }),
    });
    this.#replayer.interrupt();
  }

  /** Replay has returned: what is pending happened in its last event. */
  settle(): void {
    if (this.#pending.length === 0) return;
    const moment = this.#replayer.last;
    const { store } = this.#replayer;
    const line = store.line(moment.record);
    const timeNs = store.timeNs(moment.record);
    for (const pending of this.#pending) this.#shown.push({ moment, line, timeNs, ...pending });
    this.#pending = [];
  }

  list(): FaultList {
    return { count: this.#count, byCheck: this.#byCheck, shown: this.#shown };
  }
}

function commandText({ engine, name, level, space, address }: CommandEvent): string {
  return `${engine} ${name} at ${space} ${hex(address)} (${level})`;
}
