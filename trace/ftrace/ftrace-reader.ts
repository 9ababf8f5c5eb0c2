import { LineCursor } from '../text/line-cursor.ts';
import { type LineConsumer, LineSplitter } from '../text/line-splitter.ts';
import { quote, textOf, trimLine } from '../text/line-text.ts';
import { LogClock } from '../text/log-clock.ts';
import { decodeUtf8 } from '../text/utf8.ts';
import type { ReaderTarget, TraceReader } from '../trace-reader.ts';
import type { EventLine } from './event-line.ts';
import { HeldLines } from './held-lines.ts';
import { OtherLines } from './other-lines.ts';
import { ResultEvents } from './result-events.ts';
import { AccessSources } from './sources.ts';

const LF = 10;
const CR = 13;
const NO_BYTES = new Uint8Array(0);

/** Reader of the kernel's ftrace as text: trace, trace_pipe, and what trace-cmd report shows. */
export function createFtraceReader(target: ReaderTarget): TraceReader {
  return new LineSplitter(new FtraceLines(target), target.diagnostics);
}

class FtraceLines implements LineConsumer {
  readonly #target: ReaderTarget;
  readonly #cursor = new LineCursor();
  readonly #clock: LogClock;
  readonly #sources: AccessSources;
  readonly #results: ResultEvents;
  readonly #others: OtherLines;
  readonly #held: HeldLines;

  constructor(target: ReaderTarget) {
    this.#target = target;
    this.#clock = new LogClock(target);
    this.#sources = new AccessSources(target);
    this.#results = new ResultEvents(target);
    this.#held = new HeldLines((vgpu) => this.#results.isAbout(vgpu));
    this.#others = new OtherLines(target);
  }

  lines(bytes: Uint8Array, start: number, end: number, line: number): number {
    let number = line;
    for (let at = start; at < end; number++) {
      // gvt_command's text ends with a line end of its own: an empty line follows.
      const lf = bytes[at] === LF ? at : bytes.indexOf(LF, at);
      const stop = lf < 0 || lf >= end ? end : lf;
      const last = bytes[stop - 1] === CR && stop > at ? stop - 1 : stop;
      if (last > at) this.#take(bytes, at, last, number);
      at = stop + 1;
    }
    this.#held.settle(bytes);
    return number - line;
  }

  end(): void {
    this.#release(NO_BYTES);
    this.#others.endStack();
    this.#sources.place();
    this.#results.report();
    this.#clock.report();
  }

  /** A line behind a submission is read when all that belongs to it has been seen. */
  #take(bytes: Uint8Array, start: number, end: number, number: number): void {
    const held = this.#held;
    const line = held.next();
    line.read(bytes, start, end, number);
    if (held.holding) {
      if (held.hold(bytes, line)) return;
      this.#release(bytes);
    }
    this.#line(bytes, line);
    const { submission } = this.#sources;
    if (submission !== undefined) held.begin(submission.images);
    else held.beginChange(bytes, line);
  }

  #release(bytes: Uint8Array): void {
    if (!this.#held.holding) return;
    this.#results.showMemory(this.#held.end(), this.#sources.submission?.line ?? 0);
    this.#sources.appendSubmission();
    this.#held.release(bytes, (held, line) => this.#line(held, line));
  }

  #line(bytes: Uint8Array, line: EventLine): void {
    if (!line.isEvent) this.#other(bytes, line);
    else {
      this.#clock.advanceTo(line.head.micros, line.number);
      this.#others.endStack();
      if (!this.#record(bytes, line)) this.#note(bytes, line);
    }
  }

  #other(bytes: Uint8Array, { start, end, number }: EventLine): void {
    const text = trimLine(bytes, start, end, number);
    if (text.start === text.end || this.#others.read(text)) return;
    this.#target.diagnostics.error(
      number,
      `${quote(textOf(text))} is no line of an ftrace log; expected: TASK-PID [CPU] FLAGS SECONDS: EVENT: TEXT.`,
    );
  }

  /** False where the event is to be shown as a note. */
  #record(bytes: Uint8Array, { row, head, end, number }: EventLine): boolean {
    if (row?.record === undefined) return false;
    const cursor = this.#cursor;
    cursor.open(bytes, head.at, end);
    const { read, shape } = row.record;
    const result = read(cursor, this.#sources, number, this.#results);
    if (result !== false) return result === true;
    const text = quote(decodeUtf8(bytes, head.name.start, end), 80);
    this.#target.diagnostics.error(number, `${text} is not understood; expected: ${shape}.`);
    return true;
  }

  #note(bytes: Uint8Array, { head: { name }, end, number }: EventLine): void {
    if (this.#others.event(bytes, name, end, number)) return;
    this.#target.store.appendNote(bytes, name.start, end, number);
  }
}
