import { RecordKind, Space } from '../record.ts';
import { windowAt } from '../store/address-windows.ts';
import { VALUE_UNKNOWN } from '../store/chunk.ts';
import { packKind } from '../store/store-writer.ts';
import { scoreLines } from '../text/detect-lines.ts';
import { LineCursor, literal } from '../text/line-cursor.ts';
import { type LineConsumer, LineSplitter } from '../text/line-splitter.ts';
import { quote, textOf, trimLine } from '../text/line-text.ts';
import { LogClock } from '../text/log-clock.ts';
import type { ReaderTarget, TraceReader } from '../trace-reader.ts';
import { StampReader } from './time-stamp.ts';

const LF = 10;
const LETTER_R = 0x72;
const COLON = 58;
const OPEN = 40;
const CLOSE = 41;

const REGION = literal('region');
const WROTE = literal(': wrote ');
const READ = literal(': read ');
const TO = literal(' to ');
const FROM = literal(' from ');
const BYTES_AT = literal(' bytes at ');

const ACCESS = /\bregion\d+: (wrote|read) (0x[0-9a-f]+|0) (to|from) \((0x[0-9a-f]+|0):\d+\)$/;
/** Other lines of the library and of the servers that come with it. */
const OTHER =
  /\b(vfu_|vfio_user|libvfio-user|dma_controller|disabling IRQ|device reset|region\d+: )/i;

/** VFIO's regions of a PCI device, by number; 7 is configuration space (linux/vfio.h). */
const SPACES: readonly (Space | undefined)[] = [
  Space.mmio,
  undefined,
  Space.aperture,
  undefined,
  Space.io,
  undefined,
  undefined,
  Space.config,
];
const MOST_REGIONS = 1024;
const MOST_OFFSET = 2 ** 36;

export function scoreLibvfioUser(head: Uint8Array): number {
  return scoreLines(head, (line) => (ACCESS.test(line) ? 1 : OTHER.test(line) ? 0.4 : 0));
}

/**
 * Reader of what libvfio-user tells its log function at level LOG_DEBUG: accesses to the regions of one device.
 * Programs write something of their own before each line.
 */
export function createLibvfioUserReader(target: ReaderTarget): TraceReader {
  return new LineSplitter(new LibvfioUserLines(target), target.diagnostics);
}

class LibvfioUserLines implements LineConsumer {
  readonly #target: ReaderTarget;
  readonly #cursor = new LineCursor();
  readonly #clock: LogClock;
  readonly #stamps = new StampReader();
  readonly #elsewhere = new Map<number, number>();
  #firstElsewhere = 0;

  constructor(target: ReaderTarget) {
    this.#target = target;
    this.#clock = new LogClock(target);
  }

  lines(bytes: Uint8Array, start: number, end: number, line: number): number {
    let number = line;
    for (let at = start; at < end; number++) {
      const lf = bytes.indexOf(LF, at);
      const stop = lf < 0 || lf >= end ? end : lf;
      const text = trimLine(bytes, at, stop, number);
      if (text.end > text.start) {
        const micros = this.#stamps.read(bytes, text.start, text.end);
        if (micros >= 0) this.#clock.advanceTo(micros, number);
        this.#line(bytes, text.start, text.end, number);
      }
      at = stop + 1;
    }
    return number - line;
  }

  end(): void {
    this.#clock.report();
    if (this.#elsewhere.size === 0) return;
    const regions = [...this.#elsewhere].map(([region, count]) => `region ${region} (${count})`);
    this.#target.diagnostics.warning(
      this.#firstElsewhere,
      `Accesses to other regions than BAR0, BAR2, BAR4 and configuration space are shown, not replayed: ${regions.join(', ')}.`,
    );
  }

  #line(bytes: Uint8Array, start: number, end: number, line: number): void {
    const cursor = this.#cursor;
    cursor.open(bytes, start, end);
    while (cursor.find(LETTER_R)) {
      const at = cursor.at;
      if (cursor.take(REGION) && this.#access(line)) return;
      cursor.at = at + 1;
    }
    const text = textOf({ bytes, start, end, number: line });
    if (/\bregion\d+: (wrote|read) /.test(text)) {
      this.#target.diagnostics.error(
        line,
        `${quote(text, 80)} is not understood; expected: regionN: wrote|read 0xVALUE to|from (0xOFFSET:1|2|4|8).`,
      );
    } else this.#target.store.appendNote(bytes, start, end, line);
  }

  /** `N: wrote 0xVALUE to (0xOFFSET:SIZE)`, `N: read 0xVALUE from (…)`, `N: read COUNT bytes at 0xOFFSET`. */
  #access(line: number): boolean {
    const cursor = this.#cursor;
    const region = cursor.decimal();
    const isWrite = cursor.take(WROTE);
    if (region < 0 || region >= MOST_REGIONS || (!isWrite && !cursor.take(READ))) return false;
    const start = cursor.at;
    if (!cursor.hexadecimal()) return false;
    const { low, high } = cursor;
    if (!cursor.take(isWrite ? TO : FROM)) {
      cursor.at = start;
      return this.#block(region, line);
    }
    if (!cursor.takeCode(OPEN)) return false;
    const offset = cursor.address();
    if (offset < 0 || offset >= MOST_OFFSET || !cursor.takeCode(COLON)) return false;
    const size = cursor.decimal();
    if ((size !== 4 && size !== 8 && size !== 1 && size !== 2) || !cursor.takeCode(CLOSE)) {
      return false;
    }
    if (!cursor.atEnd) return false;
    const { store } = this.#target;
    const space = SPACES[region];
    if (space === undefined || offset >= 2 ** 32) {
      this.#countElsewhere(region, line);
      store.appendOutside(isWrite, size, windowAt(region) + offset, low, high, line);
      return true;
    }
    store.append(
      packKind(isWrite ? RecordKind.write : RecordKind.read, space),
      size,
      offset,
      low,
      line,
    );
    if (high !== 0) store.setHigh(high);
    return true;
  }

  /** More bytes than a register has: the library does not show them. */
  #block(region: number, line: number): boolean {
    const cursor = this.#cursor;
    if (cursor.decimal() < 0 || !cursor.take(BYTES_AT)) return false;
    const offset = cursor.address();
    if (offset < 0 || offset >= 2 ** 32 || !cursor.atEnd) return false;
    const space = SPACES[region] ?? Space.memory;
    const kind = packKind(RecordKind.unknownAccess, space);
    this.#target.store.append(kind, VALUE_UNKNOWN, offset, 0, line);
    return true;
  }

  #countElsewhere(region: number, line: number): void {
    if (this.#elsewhere.size === 0) this.#firstElsewhere = line;
    this.#elsewhere.set(region, (this.#elsewhere.get(region) ?? 0) + 1);
  }
}
