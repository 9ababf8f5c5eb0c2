import { LineCursor, literal } from '../text/line-cursor.ts';
import { type LineConsumer, LineSplitter } from '../text/line-splitter.ts';
import { quote, textOf, trimLine } from '../text/line-text.ts';
import { LogClock } from '../text/log-clock.ts';
import { decodeUtf8 } from '../text/utf8.ts';
import type { ReaderTarget, TraceReader } from '../trace-reader.ts';
import { EventHead, isNamed } from './event-head.ts';
import { readEvent } from './event-rows.ts';
import { HeldLines } from './held-lines.ts';
import { OtherLines } from './other-lines.ts';
import { ResultEvents } from './result-events.ts';
import { AccessSources } from './sources.ts';

const GUEST_CHANGE = literal('spt_guest_change');
const CHANGED = /^VM(\d+) \[add\]/;

const LF = 10;
const CR = 13;

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
  readonly #head = new EventHead();

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
      const lf = bytes.indexOf(LF, at);
      const stop = lf < 0 || lf >= end ? end : lf;
      const last = bytes[stop - 1] === CR && stop > at ? stop - 1 : stop;
      // gvt_command's text ends with a line end of its own: an empty line follows.
      if (last > at) this.#take(bytes, at, last, number);
      at = stop + 1;
    }
    return number - line;
  }

  end(): void {
    this.#release();
    this.#others.endStack();
    this.#sources.place();
    this.#results.report();
    this.#clock.report();
  }

  /** A line behind a submission is read when all that belongs to it has been seen. */
  #take(bytes: Uint8Array, start: number, end: number, line: number): void {
    const head = this.#head;
    let isEvent = head.read(bytes, start, end);
    if (this.#held.holding) {
      if (this.#held.hold(bytes, start, end, line, isEvent ? head : undefined)) return;
      this.#release();
      isEvent = head.read(bytes, start, end);
    }
    this.#line(bytes, start, end, line, isEvent);
    const { submission } = this.#sources;
    if (submission !== undefined) this.#held.begin(submission.images);
    else if (isEvent && isNamed(bytes, head.name, GUEST_CHANGE)) {
      const text = decodeUtf8(bytes, head.at, end).trimEnd();
      const vgpu = CHANGED.exec(text)?.[1];
      if (vgpu !== undefined && this.#results.isAbout(vgpu)) this.#held.beginChange(text);
    }
  }

  #release(): void {
    if (!this.#held.holding) return;
    this.#results.showMemory(this.#held.end(), this.#sources.submission?.line ?? 0);
    this.#sources.appendSubmission();
    this.#held.release((bytes, start, end, line) => {
      this.#line(bytes, start, end, line, this.#head.read(bytes, start, end));
    });
  }

  /** `isEvent`: whether it has the head that has just been read. */
  #line(bytes: Uint8Array, start: number, end: number, line: number, isEvent: boolean): void {
    if (!isEvent) {
      const text = trimLine(bytes, start, end, line);
      if (text.start === text.end || this.#others.read(text)) return;
      this.#target.diagnostics.error(
        line,
        `${quote(textOf(text))} is no line of an ftrace log; expected: TASK-PID [CPU] FLAGS SECONDS: EVENT: TEXT.`,
      );
      return;
    }
    const head = this.#head;
    this.#clock.advanceTo(head.micros, line);
    this.#others.endStack();
    const cursor = this.#cursor;
    cursor.open(bytes, head.at, end);
    const { name } = head;
    const shape = readEvent(cursor, name, this.#sources, this.#results, line);
    if (shape === undefined) return;
    if (shape !== '') {
      const text = decodeUtf8(bytes, name.start, end);
      this.#target.diagnostics.error(
        line,
        `${quote(text, 80)} is not understood; expected: ${shape}.`,
      );
    } else if (!this.#others.event(bytes, name, end, line)) {
      this.#target.store.appendNote(bytes, name.start, end, line);
    }
  }
}
