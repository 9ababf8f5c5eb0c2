import { LineCursor, literal } from '../text/line-cursor.ts';
import { type LineConsumer, LineSplitter } from '../text/line-splitter.ts';
import { quote, textOf, trimLine } from '../text/line-text.ts';
import { LogClock } from '../text/log-clock.ts';
import { decodeUtf8 } from '../text/utf8.ts';
import type { ReaderTarget, TraceReader } from '../trace-reader.ts';
import { type EventName, isNamed, readEvent } from './event-rows.ts';
import { HeldLines } from './held-lines.ts';
import { OtherLines } from './other-lines.ts';
import { ResultEvents } from './result-events.ts';
import { AccessSources } from './sources.ts';

const GUEST_CHANGE = literal('spt_guest_change');
const CHANGED = /^VM(\d+) \[add\]/;

const LF = 10;
const CR = 13;
const BLANK = 32;
const COLON = 58;
const LESS_THAN = 60;
const OPEN = 91;
const CLOSE = 93;

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
  readonly #name: EventName = { start: 0, end: 0 };

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
    if (this.#held.holding) {
      if (this.#held.hold(bytes, start, end, line)) return;
      this.#release();
    }
    this.#line(bytes, start, end, line);
    const { submission } = this.#sources;
    if (submission !== undefined) this.#held.begin(submission.images);
    else if (isNamed(bytes, this.#name, GUEST_CHANGE)) {
      const text = decodeUtf8(bytes, this.#name.end + 1, end).trim();
      const vgpu = CHANGED.exec(text)?.[1];
      if (vgpu !== undefined && this.#results.isAbout(vgpu)) this.#held.beginChange(text);
    }
  }

  #release(): void {
    if (!this.#held.holding) return;
    const { shown, lines } = this.#held.end();
    this.#results.showMemory(shown, this.#sources.submission?.line ?? 0);
    this.#sources.appendSubmission();
    for (const { bytes, line } of lines) this.#line(bytes, 0, bytes.length, line);
  }

  #line(bytes: Uint8Array, start: number, end: number, line: number): void {
    const cursor = this.#cursor;
    cursor.open(bytes, start, end);
    if (!this.#head()) {
      const text = trimLine(bytes, start, end, line);
      if (text.start === text.end || this.#others.read(text)) return;
      this.#target.diagnostics.error(
        line,
        `${quote(textOf(text))} is no line of an ftrace log; expected: TASK-PID [CPU] FLAGS SECONDS: EVENT: TEXT.`,
      );
      return;
    }
    this.#others.endStack();
    const name = this.#name;
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

  /** `TASK-PID [CPU] FLAGS SECONDS: EVENT: `, also without flags; a task's name may hold anything. */
  #head(): boolean {
    const cursor = this.#cursor;
    for (;;) {
      if (!cursor.find(OPEN)) return false;
      const open = cursor.at++;
      if (cursor.decimal() >= 0 && cursor.at > open + 2 && cursor.takeCode(CLOSE)) break;
      cursor.at = open + 1;
    }
    if (!cursor.blanks()) return false;
    if (cursor.code < 0x30 || cursor.code > 0x39) {
      while (!cursor.atEnd && cursor.code !== BLANK) cursor.at++;
      if (!cursor.blanks()) return false;
    }
    const micros = cursor.seconds();
    if (micros < 0 || !cursor.takeCode(COLON) || !cursor.blanks()) return false;
    if (!this.#eventName()) return false;
    this.#clock.advanceTo(micros);
    return true;
  }

  /** `EVENT: `, perhaps with its system before it, as in `kvm:kvm_mmio: `. */
  #eventName(): boolean {
    const cursor = this.#cursor;
    const name = this.#name;
    name.start = cursor.at;
    if (cursor.code === LESS_THAN) {
      // `<stack trace>`
      name.end = cursor.end;
      return true;
    }
    if (!cursor.find(COLON)) return false;
    name.end = cursor.at++;
    if (!cursor.atEnd && cursor.code !== BLANK) {
      name.start = cursor.at;
      if (!cursor.find(COLON)) return false;
      name.end = cursor.at++;
    }
    if (name.end === name.start) return false;
    cursor.skipBlanks();
    return true;
  }
}
