import { RecordKind, Space } from '../record.ts';
import { WINDOW_BYTES, windowAt } from '../store/address-windows.ts';
import type { Placement } from '../store/place-accesses.ts';
import { packKind } from '../store/store-writer.ts';
import { type LineCursor, literal } from '../text/line-cursor.ts';
import { type TextLine, textOf } from '../text/line-text.ts';
import { hex } from '../text/numbers.ts';
import { encodeUtf8 } from '../text/utf8.ts';
import type { ReaderTarget } from '../trace-reader.ts';
import { CONFIG_REGION, type VfioDevice, VfioDevices } from './vfio-devices.ts';

const REGION = literal('vfio_region_');
const CONFIG = literal('vfio_pci_');
const CONFIG_END = literal('_config');
const READ = literal('read');
const WRITE = literal('write');
const OFFSET = literal('+');
const REGION_NUMBER = literal('region');
const COMMA = literal(', ');
const EQUALS = literal(') = ');
const CONFIG_OFFSET = literal(', @');
const LENGTH = literal('len=');
const READ_ONLY = literal(' is_readonly_region=');

const OPEN = 40;
const CLOSE = 41;
const COLON = 58;
const COMMA_CODE = 44;
const DOT = 46;

/** GVT-g's PVINFO page, and the magic number at its beginning (gvt-facts §3). */
const PVINFO = 0x78000;
const PVINFO_MAGIC = 0x76544776;

const SHAPES: Readonly<Record<string, string>> = {
  vfio_region_read: 'vfio_region_read (DEVICE:regionN+0xOFFSET, SIZE) = 0xVALUE',
  vfio_region_write: 'vfio_region_write (DEVICE:regionN+0xOFFSET, 0xVALUE, SIZE)',
  vfio_pci_read_config: 'vfio_pci_read_config (DEVICE, @0xOFFSET, len=0xSIZE) 0xVALUE',
  vfio_pci_write_config: 'vfio_pci_write_config (DEVICE, @0xOFFSET, 0xVALUE, len=0xSIZE)',
};

/** Accesses that QEMU hands on to a device of the host: vfio_region_* and vfio_pci_*_config. */
export class VfioEvents {
  readonly #target: ReaderTarget;
  readonly #cursor: LineCursor;
  readonly #devices = new VfioDevices();
  #chosen: VfioDevice | undefined;
  // The access that is being read; kept here, since a function returns only one number.
  #device: VfioDevice | undefined;
  #region = 0;

  constructor(target: ReaderTarget, cursor: LineCursor) {
    this.#target = target;
    this.#cursor = cursor;
  }

  /** Devices to which there are accesses. */
  get names(): string[] {
    return this.#devices.list.filter(({ accesses }) => accesses > 0).map(({ text }) => text);
  }

  /** Reads the line under the cursor; false where it is none of these, or malformed. */
  access(line: number): boolean {
    const cursor = this.#cursor;
    if (cursor.take(REGION)) return this.#regionAccess(line);
    return cursor.take(CONFIG) && this.#configAccess(line);
  }

  /** How a line that begins like one of these looks when it is right. */
  shapeOf(text: TextLine): string | undefined {
    return SHAPES[/^[a-z_]+/.exec(textOf(text))?.[0] ?? ''];
  }

  /** `vfio_region_setup Device NAME, region N "…", flags: …, size: 0x…`. */
  regionSetup(name: string, region: number, size: number): void {
    const bytes = encodeUtf8(name);
    this.#devices.find(bytes, 0, bytes.length).sizes.set(region, size);
  }

  /** Where the accesses of the log's device stand; to be asked for when all lines have been read. */
  placements(): Placement[] {
    const wanted = this.#target.hints.device;
    this.#chosen = this.#devices.choose(wanted);
    return this.#chosen?.placements() ?? [];
  }

  report(): void {
    const { diagnostics, device } = this.#target;
    const used = this.#devices.list.filter(({ accesses }) => accesses > 0);
    const chosen = this.#chosen;
    if (chosen !== undefined) device.addNote(`device: ${chosen.text} (VFIO)`);
    for (const other of used) {
      if (other === chosen) continue;
      const count = other.accesses === 1 ? '1 access' : `${other.accesses} accesses`;
      const place = hex(windowAt(other.windows.find((window) => window !== undefined) ?? 0));
      const about = chosen === undefined ? 'another device' : chosen.text;
      diagnostics.warning(
        other.firstLine,
        `${count} to ${other.text} are shown from ${place} on, not replayed: the trace is taken to be about ${about} (to choose another: --device).`,
      );
    }
  }

  #regionAccess(line: number): boolean {
    const cursor = this.#cursor;
    const isWrite = cursor.take(WRITE);
    if (!isWrite && !cursor.take(READ)) return false;
    if (!this.#place()) return false;
    const offset = cursor.address();
    if (offset < 0 || offset >= WINDOW_BYTES || !cursor.take(COMMA)) return false;
    if (isWrite && (!cursor.hexadecimal() || !this.#comma())) return false;
    const { low, high } = cursor;
    const size = cursor.decimal();
    if (isWrite) {
      if (!cursor.takeCode(CLOSE)) return false;
      // Some versions add it, and set a blank before the comma.
      if (cursor.take(READ_ONLY) && (cursor.decimal() < 0 || !cursor.takeCode(DOT))) return false;
      return this.#store(true, offset, size, low, high, line);
    }
    if (!cursor.take(EQUALS) || !cursor.hexadecimal()) return false;
    return this.#store(false, offset, size, cursor.low, cursor.high, line);
  }

  #comma(): boolean {
    this.#cursor.skipBlanks();
    return this.#cursor.take(COMMA);
  }

  /** ` (DEVICE:regionN+`: a device's name may hold colons, as PCI addresses do. */
  #place(): boolean {
    const cursor = this.#cursor;
    if (!cursor.blanks() || !cursor.takeCode(OPEN)) return false;
    const start = cursor.at;
    const { bytes } = cursor;
    for (;;) {
      if (!cursor.find(COLON)) return false;
      const end = cursor.at++;
      if (!cursor.take(REGION_NUMBER)) continue;
      this.#region = cursor.decimal();
      if (this.#region < 0 || !cursor.take(OFFSET)) continue;
      this.#device = this.#devices.find(bytes, start, end);
      return true;
    }
  }

  #configAccess(line: number): boolean {
    const cursor = this.#cursor;
    const isWrite = cursor.take(WRITE);
    if (!isWrite && !cursor.take(READ)) return false;
    if (!cursor.take(CONFIG_END) || !cursor.blanks() || !cursor.takeCode(OPEN)) return false;
    const start = cursor.at;
    if (!cursor.find(COMMA_CODE)) return false;
    this.#device = this.#devices.find(cursor.bytes, start, cursor.at);
    this.#region = CONFIG_REGION;
    if (!cursor.take(CONFIG_OFFSET)) return false;
    const offset = cursor.address();
    if (offset < 0 || offset >= 4096 || !cursor.take(COMMA)) return false;
    if (isWrite && (!cursor.hexadecimal() || !cursor.take(COMMA))) return false;
    const { low } = cursor;
    if (!cursor.take(LENGTH) || !cursor.hexadecimal()) return false;
    const size = cursor.low;
    if (!cursor.takeCode(CLOSE)) return false;
    if (isWrite) return this.#store(true, offset, size, low, 0, line);
    if (!cursor.blanks() || !cursor.hexadecimal()) return false;
    if (offset === 0) this.#identify(cursor.low);
    return this.#store(false, offset, size, cursor.low, 0, line);
  }

  #identify(ids: number): void {
    if (this.#device !== undefined) this.#device.vendorId = ids & 0xffff;
  }

  #store(
    isWrite: boolean,
    offset: number,
    size: number,
    low: number,
    high: number,
    line: number,
  ): boolean {
    const device = this.#device;
    if (device === undefined || (size !== 4 && size !== 8 && size !== 1 && size !== 2))
      return false;
    this.#cursor.skipBlanks();
    if (!this.#cursor.atEnd) return false;
    const window = this.#devices.window(device, this.#region, line);
    if (window < 0) return false;
    if (offset === PVINFO && low === PVINFO_MAGIC && this.#region === 0) device.isVgpu = true;
    const upper = size === 8 ? high : 0;
    this.#target.store.appendOutside(isWrite, size, window + offset, low, upper, line);
    return true;
  }

  /** ` (DEVICE) vector N 0xADDRESS/0xDATA`: the device raised an interrupt. */
  interrupt(address: number, data: number, line: number): void {
    const { store } = this.#target;
    const kind = packKind(RecordKind.interrupt, Space.memory);
    store.appendWide(kind, 4, address, { low: data, high: 0 }, line);
    const text = encodeUtf8(
      `msi ${address.toString(16).padStart(8, '0')} ${data.toString(16).padStart(4, '0')}`,
    );
    store.setPayload(text, 0, text.length);
  }
}
