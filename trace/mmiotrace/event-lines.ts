import { RecordKind, Space } from '../record.ts';
import { packKind } from '../store/store-writer.ts';
import type { TextLine } from '../text/line-text.ts';
import type { LogClock } from '../text/log-clock.ts';
import { asAddress, hex, parseHex, parseSeconds } from '../text/numbers.ts';
import { encodeUtf8 } from '../text/utf8.ts';
import type { ReaderTarget } from '../trace-reader.ts';
import type { AddressMap } from './address-map.ts';
import { parsePciDevice } from './pci-device.ts';
import { appendUnknown } from './unknown-line.ts';

/** What the lines of a log share. */
export interface EventContext {
  readonly target: ReaderTarget;
  readonly addresses: AddressMap;
  readonly clock: LogClock;
  /** Open mappings by id. */
  readonly mappings: Map<string, Mapping>;
}

interface Mapping {
  readonly address: number;
  /** Bytes. */
  readonly size: number;
}

interface EventLine {
  readonly keyword: string;
  /** How such a line looks, for messages. */
  readonly shape: string;
  /** Returns false where the line does not have the shape. */
  read(text: string, line: TextLine, context: EventContext): boolean;
}

/** Mappings that are remembered at once; a log has a handful. */
const MAX_MAPPINGS = 65_536;

/** Every line of a log. R and W stand here for their message only: AccessScanner reads those that are right. */
export const EVENT_LINES: readonly EventLine[] = [
  { keyword: 'R', shape: 'R 1|2|4|8 SECONDS MAP 0xADDRESS 0xVALUE 0xPC PID', read: () => false },
  { keyword: 'W', shape: 'W 1|2|4|8 SECONDS MAP 0xADDRESS 0xVALUE 0xPC PID', read: () => false },
  { keyword: 'UNKNOWN', shape: 'UNKNOWN SECONDS MAP 0xADDRESS OPCODE 0xPC PID', read: readUnknown },
  {
    keyword: 'MAP',
    shape: 'MAP SECONDS MAP 0xPHYSICAL 0xVIRTUAL 0xLENGTH 0xPC PID',
    read: readMap,
  },
  { keyword: 'UNMAP', shape: 'UNMAP SECONDS MAP 0xPC PID', read: readUnmap },
  { keyword: 'MARK', shape: 'MARK SECONDS TEXT', read: readMark },
  {
    keyword: 'PCIDEV',
    shape: 'PCIDEV BBDF VVVVDDDD IRQ 7×BASE 7×LENGTH [DRIVER]',
    read: readPciDevice,
  },
  { keyword: 'VERSION', shape: 'VERSION 20070824', read: readVersion },
  { keyword: 'LSPCI', shape: 'LSPCI TEXT', read: readLspci },
];

function words(text: string): string[] {
  return text.split(/[ \t]+/).slice(1);
}

function advance(context: EventContext, seconds: string | undefined): boolean {
  const micros = parseSeconds(seconds ?? '');
  // Events that are not accesses stand a little out of order, and lost ones at time 0: that is no time.
  if (micros !== undefined && micros > 0) context.clock.follow(micros);
  return micros !== undefined;
}

function readUnknown(text: string, line: TextLine, context: EventContext): boolean {
  const [seconds, map = '', place = '', opcode = ''] = words(text);
  const address = asAddress(parseHex(place));
  if (address === undefined || !/^[0-9]+$/.test(map) || !advance(context, seconds)) return false;
  const low = parseHex(opcode.replaceAll(',', ''))?.low ?? 0;
  appendUnknown(context.target.store, address, { low, high: 0 }, line.number);
  return true;
}

function readMap(text: string, line: TextLine, context: EventContext): boolean {
  const [seconds, map = '', place = '', , length = ''] = words(text);
  const address = asAddress(parseHex(place));
  const size = asAddress(parseHex(length));
  if (address === undefined || size === undefined || !/^[0-9]+$/.test(map)) return false;
  if (!advance(context, seconds)) return false;
  context.addresses.mapped(address, size, line.number);
  const mapping = { address, size };
  if (context.mappings.size < MAX_MAPPINGS) context.mappings.set(map, mapping);
  appendMapping(context, `map ${map}`, mapping, line.number);
  return true;
}

function readUnmap(text: string, line: TextLine, context: EventContext): boolean {
  const [seconds, map = ''] = words(text);
  if (!/^[0-9]+$/.test(map) || !advance(context, seconds)) return false;
  const mapping = context.mappings.get(map) ?? { address: 0, size: 0 };
  context.mappings.delete(map);
  appendMapping(context, `unmap ${map}`, mapping, line.number);
  return true;
}

function appendMapping(context: EventContext, what: string, mapping: Mapping, line: number): void {
  const { store } = context.target;
  const length = { low: mapping.size % 2 ** 32, high: Math.floor(mapping.size / 2 ** 32) };
  store.appendWide(packKind(RecordKind.mapping, Space.memory), 0, mapping.address, length, line);
  const where = mapping.size === 0 ? '' : `: ${hex(mapping.size)} bytes at ${hex(mapping.address)}`;
  const bytes = encodeUtf8(what + where);
  store.setPayload(bytes, 0, bytes.length);
}

function readMark(text: string, line: TextLine, context: EventContext): boolean {
  const match = /^MARK[ \t]+([0-9.]+)(?:[ \t]+(.*))?$/.exec(text);
  if (match === null || !advance(context, match[1])) return false;
  const remark = match[2] ?? '';
  const lost = /^Lost ([0-9]+) events\.?$/.exec(remark);
  if (lost !== null) {
    context.target.diagnostics.warning(
      line.number,
      `The tracer lost ${lost[1]} events before this line: the device saw more than the log shows.`,
    );
  }
  const bytes = encodeUtf8(remark);
  context.target.store.appendNote(bytes, 0, bytes.length, line.number);
  return true;
}

function readPciDevice(text: string, _line: TextLine, context: EventContext): boolean {
  const device = parsePciDevice(words(text));
  if (device === undefined) return false;
  context.addresses.add(device);
  return true;
}

function readVersion(text: string, line: TextLine, context: EventContext): boolean {
  const [version = ''] = words(text);
  if (!/^[0-9]{8}$/.test(version)) return false;
  if (version !== '20070824') {
    context.target.diagnostics.warning(
      line.number,
      `Version ${version} of the format is not known; it is read as 20070824.`,
    );
  }
  return true;
}

function readLspci(text: string, _line: TextLine, context: EventContext): boolean {
  context.target.device.addNote(text);
  return true;
}
