import { literal } from '../text/line-cursor.ts';
import { type TextLine, textOf } from '../text/line-text.ts';
import { encodeUtf8 } from '../text/utf8.ts';
import type { ReaderTarget } from '../trace-reader.ts';
import { type EventName, isNamed } from './event-head.ts';

const MARK = literal('tracing_mark_write');
const LESS_THAN = 60;

/** Frames of a stack that are kept: no kernel stack is deeper. */
const MOST_FRAMES = 128;

/** What stands between events: headers, lost events, call stacks, marks. */
export class OtherLines {
  readonly #target: ReaderTarget;
  #frames: string[] = [];
  #inStack = false;

  constructor(target: ReaderTarget) {
    this.#target = target;
  }

  /** False where a line is none of these. */
  read(line: TextLine): boolean {
    const text = textOf(line);
    if (text.startsWith('=> ')) return this.#frame(text);
    this.endStack();
    const buffer = /^# entries-in-buffer\/entries-written: (\d+)\/(\d+)/.exec(text);
    if (buffer !== null) this.#overrun(Number(buffer[1]), Number(buffer[2]), line.number);
    const lost = /\[LOST (\d+) EVENTS\]/.exec(text);
    if (lost !== null) this.#lost(line, `${lost[1]} events`);
    return lost !== null || /^(#|cpus=\d+$|version = \d+$|Dumping ftrace|-{3,}$)/.test(text);
  }

  /** Marks and call stacks are events as well. True where it was one. */
  event(bytes: Uint8Array, name: EventName, end: number, line: number): boolean {
    // `<stack trace>` stands where an event's name would.
    if (bytes[name.start] === LESS_THAN) {
      this.#inStack = true;
      return true;
    }
    if (!isNamed(bytes, name, MARK)) return false;
    let start = name.end + 1;
    while (start < end && bytes[start] === 32) start++;
    this.#target.store.appendNote(bytes, start, end, line);
    return true;
  }

  /** Gives the frames that were read to the record before them. */
  endStack(): void {
    if (!this.#inStack && this.#frames.length === 0) return;
    const frames = this.#frames;
    this.#inStack = false;
    this.#frames = [];
    if (frames.length === 0 || this.#target.store.length === 0) return;
    const bytes = encodeUtf8(frames.join(' < '));
    this.#target.store.setStack(bytes, 0, bytes.length);
  }

  /** ` => function`, ` => function+0x10/0x80 [i915] <address>`. */
  #frame(text: string): boolean {
    const name = /^=> ([^ +<]+)/.exec(text)?.[1];
    if (name === undefined) return false;
    if (this.#frames.length < MOST_FRAMES) this.#frames.push(name);
    return true;
  }

  #overrun(kept: number, written: number, line: number): void {
    if (written <= kept) return;
    this.#target.diagnostics.warning(
      line,
      `The kernel's buffer kept ${kept} of ${written} events: the oldest are lost, and the trace begins in the middle.`,
    );
  }

  #lost(line: TextLine, what: string): void {
    this.#target.diagnostics.warning(
      line.number,
      `The tracer lost ${what} before this line: the device saw more than the log shows.`,
    );
    this.#target.store.appendNote(line.bytes, line.start, line.end, line.number);
  }
}
