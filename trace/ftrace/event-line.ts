import { EventHead } from './event-head.ts';
import { type EventRow, rowOf } from './event-rows.ts';

/** A line of a log, and what its head says. One is used for many lines, hence without objects of its own. */
export class EventLine {
  start = 0;
  end = 0;
  /** 1-based line number. */
  number = 0;
  /** Whether it has the head of an event; without, `head` has no meaning. */
  isEvent = false;
  readonly head = new EventHead();
  row: EventRow | undefined;

  read(bytes: Uint8Array, start: number, end: number, number: number): void {
    this.start = start;
    this.end = end;
    this.number = number;
    this.isEvent = this.head.read(bytes, start, end);
    this.row = this.isEvent ? rowOf(bytes, this.head.name) : undefined;
  }

  /** Its bytes have been moved. */
  shift(by: number): void {
    this.start += by;
    this.end += by;
    this.head.shift(by);
  }
}
