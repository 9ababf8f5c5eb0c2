import { type LineConsumer, LineSplitter } from '../text/line-splitter.ts';
import { quote, type TextLine, textOf, trimLine } from '../text/line-text.ts';
import { LogClock } from '../text/log-clock.ts';
import { hex } from '../text/numbers.ts';
import type { ReaderTarget, TraceReader } from '../trace-reader.ts';
import { AccessScanner } from './access-scanner.ts';
import { AddressMap } from './address-map.ts';
import { EVENT_LINES, type EventContext } from './event-lines.ts';
import { UnknownLines } from './unknown-line.ts';

const LF = 10;

/** Reader of logs of the Linux tracer “mmiotrace” (Documentation/trace/mmiotrace). */
export function createMmiotraceReader(target: ReaderTarget): TraceReader {
  return new LineSplitter(new MmiotraceLines(target), target.diagnostics);
}

class MmiotraceLines implements LineConsumer {
  readonly #scanner = new AccessScanner();
  readonly #context: EventContext;
  readonly #clock: LogClock;
  readonly #unknown = new UnknownLines();

  constructor(target: ReaderTarget) {
    const clock = new LogClock(target);
    this.#clock = clock;
    this.#context = { target, clock, addresses: new AddressMap(target), mappings: new Map() };
  }

  lines(bytes: Uint8Array, start: number, end: number, line: number): number {
    let number = line;
    for (let at = start; at < end; number++) {
      const next = this.#scanner.scan(bytes, at, end);
      if (next >= 0) {
        this.#access(number);
        at = next;
        continue;
      }
      const lf = bytes.indexOf(LF, at);
      const stop = lf < 0 || lf >= end ? end : lf;
      this.#event(trimLine(bytes, at, stop, number));
      at = stop + 1;
    }
    return number - line;
  }

  end(): void {
    const { target, addresses } = this.#context;
    const { outside, firstLine, firstAddress } = target.store.place(addresses.placements());
    this.#clock.report();
    if (outside === 0) return;
    const some = outside === 1 ? '1 access lies' : `${outside} accesses lie`;
    target.diagnostics.warning(
      firstLine,
      `${some} outside the BARs of ${addresses.deviceName} (the first, at ${hex(firstAddress)}, here): shown, not replayed.`,
    );
  }

  #access(line: number): void {
    const { isWrite, size, micros, address, low, high } = this.#scanner;
    const { target, addresses } = this.#context;
    this.#clock.advanceTo(micros, line);
    addresses.accessed(address);
    target.store.appendOutside(isWrite, size, address, low, high, line);
  }

  #event(line: TextLine): void {
    if (line.start === line.end) return;
    if (this.#unknown.read(line, this.#context.target.store, this.#clock)) return;
    const text = textOf(line);
    // The tracer's output through “trace” instead of “trace_pipe” begins with comment lines.
    if (text.startsWith('#')) return;
    const keyword = /^[A-Z]+/.exec(text)?.[0] ?? '';
    const row = EVENT_LINES.find((candidate) => candidate.keyword === keyword);
    const { diagnostics } = this.#context.target;
    if (row === undefined) {
      const known = EVENT_LINES.map((candidate) => candidate.keyword).join(', ');
      diagnostics.error(
        line.number,
        `${quote(text)} is no line of an mmiotrace log; one begins with ${known}.`,
      );
    } else if (!row.read(text, line, this.#context)) {
      diagnostics.error(line.number, `${quote(text)} is not understood; expected: ${row.shape}.`);
    }
  }
}
