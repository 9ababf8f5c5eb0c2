import { RecordKind, Space } from '../record.ts';
import { packKind } from '../store/store-writer.ts';
import { quote, splitParts, type TextLine, textOf } from '../text/line-text.ts';
import { asAddress, parseHex, parseSeconds, type U64 } from '../text/numbers.ts';
import { encodeUtf8 } from '../text/utf8.ts';
import type { ReaderTarget } from '../trace-reader.ts';
import { EXPECT_SHAPE, parseExpectation } from './expectation.ts';
import { LABEL_SHAPE, readLabel } from './label-line.ts';
import { noAddress, parseLabelled } from './labels.ts';
import { withoutLabels } from './labels-in-expectation.ts';

/** A kind of line that begins with a fixed word. */
export interface KeywordLine {
  readonly keyword: string;
  /** How such a line looks, for messages. */
  readonly shape: string;
  /** `rest` is what follows the keyword. Returns false where it does not have the shape, a sentence where more is wrong. */
  read(rest: TextLine, target: ReaderTarget): boolean | string;
}

const ZERO: U64 = { low: 0, high: 0 };

/** Most bytes that one M line can show: a page. */
const MAX_MEMORY_BYTES = 4096;

/** Every line of the format but accesses, headers, notes and comments. */
export const KEYWORD_LINES: readonly KeywordLine[] = [
  { keyword: 'T', shape: 'T SECONDS', read: readTime },
  { keyword: 'M', shape: 'M ADDRESS BYTES (hexadecimal, 1 to 4096 bytes)', read: readMemory },
  { keyword: 'IRQ', shape: 'IRQ msi ADDRESS DATA or IRQ intx 0|1', read: readInterrupt },
  {
    keyword: 'CMD',
    shape: 'CMD [ENGINE] ring@OFFSET|batch@ADDRESS DWORDS',
    read: readCommand,
  },
  {
    keyword: 'CSR',
    shape: 'CSR ENGINE OFFSET VALUE',
    read: (rest, target) => readCommandAccess(RecordKind.commandRead, rest, target),
  },
  {
    keyword: 'CSW',
    shape: 'CSW ENGINE OFFSET VALUE',
    read: (rest, target) => readCommandAccess(RecordKind.commandWrite, rest, target),
  },
  { keyword: 'DW', shape: 'DW 4|8 ggtt:ADDRESS|ppgtt:ADDRESS VALUE', read: readDeviceWrite },
  { keyword: 'expect', shape: EXPECT_SHAPE, read: readExpectation },
  {
    keyword: 'label',
    shape: LABEL_SHAPE,
    read: (rest, target) => readLabel(words(rest), rest, target),
  },
  { keyword: 'mark', shape: 'mark TEXT', read: readMark },
];

const SPACE_OF_PREFIX: Readonly<Record<string, Space>> = {
  ggtt: Space.ggtt,
  ppgtt: Space.ppgtt,
  memory: Space.memory,
};

function words(rest: TextLine): string[] {
  return textOf(splitParts(rest).fields)
    .split(/[ \t]+/)
    .filter((word) => word !== '');
}

function readTime(rest: TextLine, target: ReaderTarget): boolean {
  const [text, ...more] = words(rest);
  const micros = parseSeconds(text ?? '');
  if (micros === undefined || more.length > 0) return false;
  if (!target.store.advanceTo(micros)) {
    target.diagnostics.warning(rest.number, timeRunsBack(target.store.micros, text ?? ''));
  }
  return true;
}

/** What is said of a line that sets a time before the present one, which is given in microseconds. */
export function timeRunsBack(micros: number, text: string): string {
  const now = (micros / 1e6).toFixed(6);
  return `The time runs back, from ${now} to ${quote(text)} seconds, or too far ahead; what follows keeps ${now}.`;
}

function readMemory(rest: TextLine, target: ReaderTarget): boolean | string {
  const [place = '', ...groups] = words(rest);
  const where = parseHex(place) ?? parseLabelled(place, rest.number, target.labels, true);
  if (typeof where === 'string') return where;
  const address = asAddress(where);
  if (where !== undefined && address === undefined) return noAddress(place);
  const digits = groups.join('');
  const size = digits.length / 2;
  if (address === undefined || size === 0 || size > MAX_MEMORY_BYTES) return false;
  if (!Number.isInteger(size) || !/^[0-9a-fA-F]*$/.test(digits)) return false;
  if (address + size > 2 ** 48) return false;
  const bytes = new Uint8Array(size);
  for (let i = 0; i < size; i++) bytes[i] = Number.parseInt(digits.slice(2 * i, 2 * i + 2), 16);
  target.store.appendWide(packKind(RecordKind.memory, Space.memory), 0, address, ZERO, rest.number);
  target.store.setPayload(bytes, 0, size);
  return true;
}

function readInterrupt(rest: TextLine, target: ReaderTarget): boolean {
  const [kind, first = '', second, ...more] = words(rest);
  const a = parseHex(first);
  const b = parseHex(second ?? '');
  if (more.length > 0 || a === undefined) return false;
  if (kind === 'intx' && second === undefined && a.low <= 1 && a.high === 0) {
    target.store.appendWide(packKind(RecordKind.interrupt, Space.config), 0, 0, a, rest.number);
  } else {
    const address = asAddress(a);
    if (kind !== 'msi' || b === undefined || b.high !== 0 || address === undefined) return false;
    target.store.appendWide(
      packKind(RecordKind.interrupt, Space.memory),
      4,
      address,
      b,
      rest.number,
    );
  }
  return keepText(rest, target);
}

/** Scanners know a command's graphics address, also in a ring: `ring@ggtt:ADDRESS`. */
const COMMAND =
  /^(?:[a-z0-9]+ )?(?:ring|batch|batch2|context)@(?:(ggtt|ppgtt):)?([0-9a-f]{1,12}) ([0-9a-f]{1,8})(?: |$)/i;

function readCommand(rest: TextLine, target: ReaderTarget): boolean {
  // The recorder names no engine where a batch ends that several could have run, and may name the command.
  const match = COMMAND.exec(words(rest).join(' '));
  const offset = asAddress(parseHex(match?.[2] ?? ''));
  const header = parseHex(match?.[3] ?? '');
  if (offset === undefined || header === undefined) return false;
  const space = SPACE_OF_PREFIX[match?.[1] ?? ''] ?? Space.memory;
  const kindSpace = packKind(RecordKind.command, space);
  target.store.appendWide(kindSpace, 4, offset, header, rest.number);
  return keepText(rest, target);
}

function readCommandAccess(kind: RecordKind, rest: TextLine, target: ReaderTarget): boolean {
  const [engine, place = '', text = '', ...more] = words(rest);
  const offset = asAddress(parseHex(place));
  const value = parseHex(text);
  if (engine === undefined || offset === undefined || more.length > 0) return false;
  if (value === undefined || value.high !== 0) return false;
  target.store.appendWide(packKind(kind, Space.mmio), 4, offset, value, rest.number);
  return keepText(rest, target);
}

function readDeviceWrite(rest: TextLine, target: ReaderTarget): boolean {
  const [sizeText = '', place = '', text = '', ...more] = words(rest);
  const match = /^([a-z]+):([0-9a-fA-F_]+)$/.exec(place);
  const space = SPACE_OF_PREFIX[match?.[1] ?? ''];
  const address = asAddress(parseHex(match?.[2] ?? ''));
  const value = parseHex(text);
  if (space === undefined || address === undefined || value === undefined) return false;
  if (!/^[48]$/.test(sizeText) || more.length > 0) return false;
  if (sizeText === '4' && value.high !== 0) return false;
  target.store.appendWide(
    packKind(RecordKind.deviceWrite, space),
    Number(sizeText),
    address,
    value,
    rest.number,
  );
  return keepText(rest, target);
}

/** Records have numbers: labels are the text's. */
function readExpectation(rest: TextLine, target: ReaderTarget): boolean | string {
  const resolved = withoutLabels(textOf(splitParts(rest).fields), rest.number, target.labels);
  if (typeof resolved === 'string') return resolved;
  if (parseExpectation(resolved.text) === undefined) return false;
  const kindSpace = packKind(RecordKind.expectation, Space.mmio);
  target.store.appendWide(kindSpace, 0, 0, ZERO, rest.number);
  const text = encodeUtf8(resolved.text);
  target.store.setPayload(text, 0, text.length);
  return true;
}

function readMark(rest: TextLine, target: ReaderTarget): boolean {
  target.store.appendWide(packKind(RecordKind.note, Space.mmio), 0, 0, ZERO, rest.number);
  return keepText(rest, target);
}

function keepText(rest: TextLine, target: ReaderTarget): boolean {
  target.store.setPayload(rest.bytes, rest.start, rest.end);
  return true;
}
