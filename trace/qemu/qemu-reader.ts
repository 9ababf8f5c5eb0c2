import { LineCursor } from '../text/line-cursor.ts';
import { type LineConsumer, LineSplitter } from '../text/line-splitter.ts';
import { quote, textOf, trimLine } from '../text/line-text.ts';
import { LogClock } from '../text/log-clock.ts';
import type { ReaderTarget, TraceReader } from '../trace-reader.ts';
import { MemoryOps } from './memory-ops.ts';
import { OtherEvents } from './other-events.ts';
import { VfioEvents } from './vfio-events.ts';

const LF = 10;
const CR = 13;
const AT_SIGN = 64;
const COLON = 58;

/** Reader of what QEMU writes with -trace: vfio_* and memory_region_ops_* events, with and without time stamps. */
export function createQemuReader(target: ReaderTarget): TraceReader {
  return new LineSplitter(new QemuLines(target), target.diagnostics);
}

class QemuLines implements LineConsumer {
  readonly #target: ReaderTarget;
  readonly #cursor = new LineCursor();
  readonly #clock: LogClock;
  readonly #vfio: VfioEvents;
  readonly #memory: MemoryOps;
  readonly #others: OtherEvents;

  constructor(target: ReaderTarget) {
    this.#target = target;
    this.#clock = new LogClock(target);
    this.#vfio = new VfioEvents(target, this.#cursor);
    this.#memory = new MemoryOps(target, this.#cursor);
    this.#others = new OtherEvents(target, this.#vfio);
  }

  lines(bytes: Uint8Array, start: number, end: number, line: number): number {
    let number = line;
    for (let at = start; at < end; number++) {
      const lf = bytes.indexOf(LF, at);
      const stop = lf < 0 || lf >= end ? end : lf;
      const last = bytes[stop - 1] === CR && stop > at ? stop - 1 : stop;
      this.#line(bytes, at, last, number);
      at = stop + 1;
    }
    return number - line;
  }

  end(): void {
    const placements = this.#vfio.placements();
    const device = placements.length > 0 ? placements : this.#memory.placements();
    this.#target.store.place(device);
    this.#warnOfUnknownDevice(device.length > 0);
    this.#vfio.report();
    this.#memory.report();
    this.#others.report();
    this.#clock.report();
  }

  #line(bytes: Uint8Array, start: number, end: number, line: number): void {
    const cursor = this.#cursor;
    cursor.open(bytes, start, end);
    if (!this.#stamp(line)) cursor.open(bytes, start, end);
    const body = cursor.at;
    if (this.#vfio.access(line)) return;
    cursor.open(bytes, body, end);
    if (this.#memory.access(line)) return;
    const text = trimLine(bytes, body, end, line);
    if (text.start === text.end || this.#others.read(text)) return;
    const shape = this.#vfio.shapeOf(text) ?? this.#memory.shapeOf(text);
    const message =
      shape === undefined
        ? `${quote(textOf(text))} is no line of a QEMU trace; one begins with the name of an event, perhaps after PID@SECONDS:.`
        : `${quote(textOf(text), 80)} is not understood; expected: ${shape}.`;
    this.#target.diagnostics.error(line, message);
  }

  #warnOfUnknownDevice(isFound: boolean): void {
    const { hints, diagnostics } = this.#target;
    if (isFound || hints.device === undefined) return;
    const names = [...this.#vfio.names, ...this.#memory.names].slice(0, 20);
    const known = names.length === 0 ? 'none' : names.join(', ');
    diagnostics.warning(
      0,
      `There is no device ${quote(hints.device)} in this log; it has ${known}.`,
    );
  }

  /** `PID@SECONDS:` before the event. */
  #stamp(line: number): boolean {
    const cursor = this.#cursor;
    if (cursor.decimal() < 0 || !cursor.takeCode(AT_SIGN)) return false;
    const micros = cursor.seconds();
    if (micros < 0 || !cursor.takeCode(COLON)) return false;
    this.#clock.advanceTo(micros, line);
    return true;
  }
}
