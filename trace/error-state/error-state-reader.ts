import { platformOfDevice } from '../intel-platforms.ts';
import { LineCursor, literal } from '../text/line-cursor.ts';
import { createLineReader } from '../text/line-reader.ts';
import type { TextLine } from '../text/line-text.ts';
import { asAddress, HEX_DIGIT, parseHex, type U64 } from '../text/numbers.ts';
import { decodeUtf8 } from '../text/utf8.ts';
import type { ReaderTarget, TraceReader } from '../trace-reader.ts';
import { ErrorStateBuffers } from './buffers.ts';
import { baseOf, engineOf } from './engine-names.ts';
import { ENGINE_REGISTERS, FIRST_FENCE, GLOBAL_REGISTERS } from './register-names.ts';

/** A buffer stands on one line: that of a large batch has millions of characters. */
const LONGEST_LINE = 2 ** 26;

/** Bytes of other lines that are looked at. */
const MOST_TEXT = 512;

const COLON = 58;
const TILDE = 126;
const BLANK = 32;
const TAB = 9;

const ENGINE = /^([a-z][a-z0-9 ]*?) command stream:$/;
const BUFFER =
  /^([a-z][a-z0-9 ]*?) (?:\(.*\) )?--- ([^=]+?) = (?:0x([0-9a-f]{8})[ _]?([0-9a-f]{8})?|0x([0-9a-f]+))$/i;
/** `OFFSET :  DWORD`, of 4 to 8 digits and of 8. */
const COLUMN = literal(' : ');
const PAIR = /^(.*?)(?:: +| = |:$|=)(.*)$/;
/** `0x0000fffe fffee040`, `0x00000000021cb000`, `0x00000058 [0x00000000]`, `f6fc0000f6f800d`. */
const VALUE = /^(?:0x)?([0-9a-f]{1,16})(?:[ _]([0-9a-f]{8}))?(?![0-9a-z])/i;

/** Buffers that old kernels called after how they are addressed. */
const BUFFER_NAMES: Readonly<Record<string, string>> = { gtt_offset: 'batch', ringbuffer: 'ring' };

/** Reader of i915's GPU error state, from Linux 3.8 to 6.x: /sys/class/drm/card0/error. */
export function createErrorStateReader(target: ReaderTarget): TraceReader {
  const state = new ErrorState(target);
  return createLineReader(
    target,
    (line) => state.read(line),
    () => state.end(),
    LONGEST_LINE,
  );
}

class ErrorState {
  readonly #target: ReaderTarget;
  readonly #buffers: ErrorStateBuffers;
  readonly #cursor = new LineCursor();
  #engine: string | undefined;
  #section: string | undefined;
  /** 0 where it is not known. */
  #generation = 0;

  constructor(target: ReaderTarget) {
    this.#target = target;
    this.#buffers = new ErrorStateBuffers(target);
  }

  read(line: TextLine): void {
    const first = line.bytes[line.start] ?? 0;
    if (first === COLON || first === TILDE) {
      if (this.#buffers.isOpen) this.#buffers.packed(line, first === COLON);
      else
        this.#target.diagnostics.error(
          line.number,
          'This line holds packed contents, and no line before it says of what.',
        );
      return;
    }
    if (this.#buffers.isOpen && this.#dword(line)) return;
    // A long line that is no buffer has nothing to tell.
    const text = decodeUtf8(line.bytes, line.start, Math.min(line.end, line.start + MOST_TEXT));
    const indented = isIndented(line);
    const buffer = text.includes(' --- ') ? BUFFER.exec(text) : null;
    if (buffer !== null) this.#openBuffer(buffer, line.number);
    else if (!/^gtt_page_sizes/.test(text)) {
      this.#buffers.close();
      this.#fact(text, indented, line.number);
    }
  }

  end(): void {
    this.#buffers.close();
  }

  /** A line of plain contents, as old kernels write them by the hundred thousand: read without making strings. */
  #dword({ bytes, start, end, number }: TextLine): boolean {
    const cursor = this.#cursor;
    cursor.open(bytes, start, end);
    if (!this.#digits(4)) return false;
    const offset = cursor.low;
    if (!cursor.take(COLUMN)) return false;
    while (cursor.takeCode(BLANK)) {}
    return this.#digits(8) && cursor.atEnd && this.#buffers.dword(offset, cursor.low, number);
  }

  /** At least so many hexadecimal digits, and at most eight. */
  #digits(least: number): boolean {
    const { bytes, at } = this.#cursor;
    if ((HEX_DIGIT[bytes[at + 1] ?? 0] ?? -1) < 0 || !this.#cursor.hexadecimal()) return false;
    const digits = this.#cursor.at - at;
    return digits >= least && digits <= 8;
  }

  #openBuffer(match: RegExpExecArray, line: number): void {
    const [, engine = '', name = '', first = '', second, single] = match;
    const address = asAddress(parseHex(single ?? first + (second ?? '')));
    if (address === undefined) {
      this.#target.diagnostics.error(line, 'The address of this buffer has more than 48 bits.');
      return;
    }
    this.#buffers.open(engineOf(engine), BUFFER_NAMES[name] ?? name, address, line);
  }

  #fact(text: string, indented: boolean, line: number): void {
    const { snapshot } = this.#target;
    const heading = ENGINE.exec(text)?.[1];
    if (heading !== undefined) this.#engine = engineOf(heading);
    else if (!indented) this.#engine = undefined;
    const pair = PAIR.exec(text);
    const key = pair?.[1] ?? '';
    const value = pair === null ? text : (pair[2] ?? '');
    const engine = indented ? this.#engine : undefined;
    if (!indented) this.#section = key === '' ? undefined : key;
    const section = indented && engine === undefined ? this.#section : undefined;
    const place = {
      ...(engine === undefined ? {} : { engine }),
      ...(section === undefined ? {} : { section }),
    };
    snapshot.addFact({ ...place, key, value, line });
    this.#describe(key, value, text);
    if (engine === undefined) this.#globalRegister(key, value, line);
    else this.#engineRegister(engine, key, value, line);
  }

  #describe(key: string, value: string, text: string): void {
    const { device } = this.#target;
    const ecode = /^GPU HANG: ecode ([0-9]+):/.exec(text);
    if (ecode !== null) {
      this.#generation = Number(ecode[1]);
      device.set({ title: text });
    }
    if (key === 'Kernel') device.set({ driver: `i915 of Linux ${value}` });
    const number = parseHex(value)?.low;
    if (number === undefined) return;
    if (key === 'PCI ID') {
      device.set({ vendorId: 0x8086, deviceId: number & 0xffff });
      const platform = platformOfDevice(number);
      if (platform !== undefined) device.set({ platform });
    } else if (key === 'PCI Revision') device.set({ revisionId: number & 0xff });
  }

  #globalRegister(key: string, value: string, line: number): void {
    const isGen8 = this.#generation === 8 || this.#generation === 9;
    const fence = /^fence\[([0-9]+)\]$/.exec(key);
    const known = Object.hasOwn(GLOBAL_REGISTERS, key) ? GLOBAL_REGISTERS[key] : undefined;
    if (known === undefined && fence === null && !/_?INSTDONE/.test(key)) return;
    const parsed = parseValue(value);
    if (parsed === undefined) return;
    const fenceOffset = fence === null ? undefined : FIRST_FENCE + 8 * Number(fence[1]);
    const offset = isGen8 ? (known ?? fenceOffset) : undefined;
    const size = fence !== null || parsed.isWide ? 8 : 4;
    this.#target.snapshot.addRegister({ name: key, offset, size, value: parsed.value, line });
  }

  #engineRegister(engine: string, key: string, text: string, line: number): void {
    const row = ENGINE_REGISTERS.find((candidate) => candidate.key === key);
    const parsed = parseValue(text);
    const isRegister = row !== undefined || /INSTDONE|^[A-Z]+_REG$/.test(key);
    if (!isRegister || parsed === undefined) return;
    const base = baseOf(engine, this.#generation);
    const offset = row === undefined || base === undefined ? undefined : base + row.offset;
    const isWide = parsed.isWide && row?.upper !== undefined;
    const upper = isWide && base !== undefined ? { upperOffset: base + (row.upper ?? 0) } : {};
    const { value } = parsed;
    const size = parsed.isWide ? 8 : 4;
    this.#target.snapshot.addRegister({ engine, name: key, offset, ...upper, size, value, line });
  }
}

function isIndented({ bytes, start }: TextLine): boolean {
  const before = start > 0 ? bytes[start - 1] : 0;
  return before === BLANK || before === TAB;
}

interface Parsed {
  readonly value: U64;
  readonly isWide: boolean;
}

function parseValue(text: string): Parsed | undefined {
  const match = VALUE.exec(text);
  if (match === null) return undefined;
  const [, digits = '', second] = match;
  const value = parseHex(second === undefined ? digits : digits.slice(-8) + second);
  if (value === undefined) return undefined;
  return { value, isWide: second !== undefined || digits.length > 8 };
}
