import { Space } from '../record.ts';
import { FIRST_WINDOW } from '../store/address-windows.ts';
import type { Placement } from '../store/place-accesses.ts';
import { type LineCursor, literal } from '../text/line-cursor.ts';
import { quote, type TextLine, textOf } from '../text/line-text.ts';
import { hex } from '../text/numbers.ts';
import { decodeUtf8, encodeUtf8 } from '../text/utf8.ts';
import type { ReaderTarget } from '../trace-reader.ts';
import { type FoundBar, findBar, MemoryRegion } from './memory-regions.ts';

const EVENT = literal('memory_region_ops_');
const READ = literal('read');
const WRITE = literal('write');
const CPU = literal(' cpu ');
const REGION = literal(' mr ');
const ADDRESS = literal(' addr ');
const VALUE = literal(' value ');
const SIZE = literal(' size ');
const NAME = literal(" name '");
const MINUS = 45;
const QUOTE = 39;

/** Regions that are told apart; a whole PC has two hundred. */
const MOST_REGIONS = 65_536;
/** Regions listed in messages. */
const LISTED = 6;

/** What values of fewer than eight bytes have: QEMU shows some of them with stray upper bits. */
const VALUE_MASKS: Readonly<Record<number, number>> = { 1: 0xff, 2: 0xffff, 4: 0xffffffff };

/** memory_region_ops_read and _write: accesses to QEMU's own devices, by absolute address. */
export class MemoryOps {
  readonly #target: ReaderTarget;
  readonly #cursor: LineCursor;
  readonly #regions = new Map<number, MemoryRegion>();
  #lastPointer = -1;
  #last: MemoryRegion | undefined;
  #bar: FoundBar | undefined;

  constructor(target: ReaderTarget, cursor: LineCursor) {
    this.#target = target;
    this.#cursor = cursor;
  }

  /** Regions to which there are accesses. */
  get names(): string[] {
    return [...new Set([...this.#regions.values()].map(({ name }) => name))];
  }

  access(line: number): boolean {
    const cursor = this.#cursor;
    if (!cursor.take(EVENT)) return false;
    const isWrite = cursor.take(WRITE);
    if ((!isWrite && !cursor.take(READ)) || !cursor.take(CPU)) return false;
    // Accesses of devices among themselves have processor −1.
    cursor.takeCode(MINUS);
    if (cursor.decimal() < 0 || !cursor.take(REGION)) return false;
    const pointer = this.#pointer();
    if (pointer < 0 || !cursor.take(ADDRESS)) return false;
    const address = cursor.address();
    if (address < 0 || address >= FIRST_WINDOW || !cursor.take(VALUE)) return false;
    if (!cursor.hexadecimal()) return false;
    const { low, high } = cursor;
    if (!cursor.take(SIZE)) return false;
    const size = cursor.decimal();
    if (size !== 4 && size !== 8 && size !== 1 && size !== 2) return false;
    const region = this.#region(pointer, address, line);
    if (region === undefined) return false;
    region.count++;
    if (address < region.lowest) region.lowest = address;
    if (address > region.highest) region.highest = address;
    const value = size === 8 ? low : (low & (VALUE_MASKS[size] ?? 0)) >>> 0;
    this.#target.store.appendOutside(isWrite, size, address, value, size === 8 ? high : 0, line);
    return true;
  }

  shapeOf(text: TextLine): string | undefined {
    const event = /^memory_region_ops_(?:read|write)/.exec(textOf(text))?.[0];
    return (
      event && `${event} cpu N mr 0xREGION addr 0xADDRESS value 0xVALUE size 1|2|4|8 name 'NAME'`
    );
  }

  /** The BAR of the GPU that the log is about, as the accesses show it. */
  placements(): Placement[] {
    const { hints, device } = this.#target;
    const regions = [...this.#regions.values()];
    const bar = findBar(regions, hints.device);
    this.#bar = bar;
    const base = hints.bar0 ?? bar?.base;
    if (base === undefined) return [];
    const size = bar?.size ?? 2 ** 24;
    device.setBar({ index: 0, base, size });
    const row = bar?.row;
    if (row?.vendorId !== undefined) device.set({ vendorId: row.vendorId });
    if (row?.deviceId !== undefined) device.set({ deviceId: row.deviceId });
    const placements: Placement[] = [{ from: base, size, space: Space.mmio }];
    if (hints.bar2 !== undefined) {
      device.setBar({ index: 2, base: hints.bar2, size: 2 ** 28 });
      placements.push({ from: hints.bar2, size: 2 ** 28, space: Space.aperture });
    }
    return placements;
  }

  report(): void {
    const { diagnostics, device } = this.#target;
    const bar = this.#bar;
    if (bar !== undefined) {
      device.addNote(`registers: QEMU's region ${quote(bar.region.name)} at ${hex(bar.base)}`);
    }
    const outside = [...this.#regions.values()].filter((region) => !isInside(region, bar));
    const [first] = outside;
    if (first === undefined) return;
    const count = outside.reduce((sum, region) => sum + region.count, 0);
    const names = outside
      .sort((a, b) => b.count - a.count)
      .slice(0, LISTED)
      .map(({ name, count: accesses }) => `${name} (${accesses})`);
    const more = outside.length > LISTED ? ` and ${outside.length - LISTED} more` : '';
    const which =
      bar === undefined
        ? 'a GPU was not found among them'
        : `the trace is about ${bar.region.name}`;
    diagnostics.warning(
      first.firstLine,
      `${count} accesses are to other regions, ${names.join(', ')}${more}: shown, not replayed; ${which} (to choose: --device NAME).`,
    );
  }

  /** The region's address in QEMU, a number for which it need not be exact; −1 where there is none. */
  #pointer(): number {
    const cursor = this.#cursor;
    return cursor.hexadecimal() ? cursor.high * 2 ** 32 + cursor.low : -1;
  }

  /** The region; undefined where the line's end is not as it should be. */
  #region(pointer: number, address: number, line: number): MemoryRegion | undefined {
    const cursor = this.#cursor;
    const hasName = cursor.take(NAME);
    if (hasName ? cursor.bytes[cursor.end - 1] !== QUOTE : !cursor.atEnd) return undefined;
    if (pointer === this.#lastPointer && this.#last !== undefined) return this.#last;
    let region = this.#regions.get(pointer);
    if (region === undefined) {
      if (this.#regions.size >= MOST_REGIONS) return undefined;
      const name = hasName
        ? decodeUtf8(cursor.bytes, cursor.at, cursor.end - 1)
        : `without a name, 0x${pointer.toString(16)}`;
      region = new MemoryRegion(name, line);
      this.#regions.set(pointer, region);
      const note = encodeUtf8(
        `region ${quote(name)} is accessed from here on, first at ${hex(address)}`,
      );
      this.#target.store.appendNote(note, 0, note.length, line);
    }
    this.#lastPointer = pointer;
    this.#last = region;
    return region;
  }
}

function isInside(region: MemoryRegion, bar: FoundBar | undefined): boolean {
  return bar !== undefined && region.lowest >= bar.base && region.highest < bar.base + bar.size;
}
