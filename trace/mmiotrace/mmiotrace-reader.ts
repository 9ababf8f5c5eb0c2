import { RecordKind, Space } from '../record.ts';
import { packKind } from '../store/store-writer.ts';
import { type LineConsumer, LineSplitter } from '../text/line-splitter.ts';
import { quote, type TextLine, textOf, trimLine } from '../text/line-text.ts';
import type { ReaderTarget, TraceReader } from '../trace-reader.ts';
import { AccessScanner } from './access-scanner.ts';
import { AddressMap } from './address-map.ts';
import { EVENT_LINES, type EventContext } from './event-lines.ts';
import { OutsideAccesses } from './outside.ts';

const LF = 10;

/** Reader of logs of the Linux tracer “mmiotrace” (Documentation/trace/mmiotrace). */
export function createMmiotraceReader(target: ReaderTarget): TraceReader {
  return new LineSplitter(new MmiotraceLines(target), target.diagnostics);
}

class MmiotraceLines implements LineConsumer {
  readonly #scanner = new AccessScanner();
  readonly #context: EventContext;
  #timeRanBack = 0;

  constructor(target: ReaderTarget) {
    const outside = new OutsideAccesses(target);
    this.#context = { target, outside, addresses: new AddressMap(target), mappings: new Map() };
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
    const { target, outside, addresses } = this.#context;
    outside.report(addresses.deviceName);
    if (this.#timeRanBack > 0) {
      const times = this.#timeRanBack === 1 ? 'once' : `${this.#timeRanBack} times`;
      target.diagnostics.warning(0, `The time runs back ${times}; the later time was kept.`);
    }
  }

  #access(line: number): void {
    const { isWrite, size, micros, map, address, low, high } = this.#scanner;
    const { target, outside, addresses } = this.#context;
    if (!target.store.advanceTo(micros)) this.#timeRanBack++;
    const space = addresses.find(address);
    const inside = space !== Space.memory;
    if (!inside) outside.announce(map, address, line);
    const direction = isWrite ? RecordKind.write : RecordKind.read;
    const kind = inside ? direction : RecordKind.unknownAccess;
    const { offset } = addresses;
    if (offset < 2 ** 32) {
      target.store.append(packKind(kind, space), size, offset, low, line);
      if (high !== 0) target.store.setHigh(high);
    } else {
      const value = { low: low >>> 0, high: high >>> 0 };
      target.store.appendWide(packKind(kind, space), size, offset, value, line);
    }
  }

  #event(line: TextLine): void {
    if (line.start === line.end) return;
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
