import type { DebugProtocol as Dap } from '@vscode/debugprotocol';
import type { LogEntry } from '../timeline/index.ts';
import type { EventSink } from './event-sink.ts';

/** Messages of one run that are passed on; a log point on a polled register would otherwise drown the client. */
export const MAX_LOG_MESSAGES = 10_000;

export type LogPlace = (entry: LogEntry) => { source: Dap.Source; line: number };

/** Log points' messages on their way to the console. */
export class LogOutput {
  readonly #send: EventSink;
  readonly #placeOf: LogPlace;
  #inRun = 0;

  constructor(send: EventSink, placeOf: LogPlace) {
    this.#send = send;
    this.#placeOf = placeOf;
  }

  add(entry: LogEntry): void {
    this.#inRun++;
    if (this.#inRun > MAX_LOG_MESSAGES) return;
    this.#send('output', {
      category: 'console',
      output: `${entry.text}\n`,
      ...this.#placeOf(entry),
    });
  }

  /** Says how many messages were left out, and counts the next run afresh. */
  endRun(): void {
    const left = this.#inRun - MAX_LOG_MESSAGES;
    this.#inRun = 0;
    if (left <= 0) return;
    const output = `${left} more log messages of this run were left out; a condition makes them fewer.\n`;
    this.#send('output', { category: 'important', output });
  }
}
