import { RecordKind, Space } from '../record.ts';
import { SYMBOLIC, VALUE_UNKNOWN } from '../store/chunk.ts';
import { packKind } from '../store/store-writer.ts';
import { quote, splitParts, type TextLine, textOf } from '../text/line-text.ts';
import { asAddress, fits, hex, parseHex, parseNumber, type U64 } from '../text/numbers.ts';
import type { ReaderTarget } from '../trace-reader.ts';
import { CONFIG_BYTES } from './compact-scanner.ts';
import { parseLabelled } from './labels.ts';
import { parsePlace } from './place.ts';

/** `R`, `W` with a letter for the space before and, in the symbolic form, the number of bits behind. */
export const ACCESS_KEYWORD = /^([ACI]?)([RW])(8|16|32|64)?$/;

const SPACE_OF_LETTER: Readonly<Record<string, Space>> = {
  '': Space.mmio,
  A: Space.aperture,
  C: Space.config,
  I: Space.io,
};

interface Access {
  readonly kind: RecordKind;
  readonly space: Space;
  readonly size: number;
  readonly symbolic: boolean;
  readonly place: string;
  readonly value: string | undefined;
}

/** The slow path for accesses: every spelling that the grammar allows, and a sentence for all others. */
export function readAccess(keyword: RegExpExecArray, rest: TextLine, target: ReaderTarget): void {
  const problem = storeAccess(keyword, rest, target);
  if (problem !== undefined) target.diagnostics.error(rest.number, problem);
}

/** Returns what is wrong with the line, or undefined where it has been stored. */
function storeAccess(
  keyword: RegExpExecArray,
  rest: TextLine,
  target: ReaderTarget,
): string | undefined {
  const { fields, stack } = splitParts(rest);
  const access = splitAccess(keyword, textOf(fields));
  if (typeof access === 'string') return access;
  const offset = parseOffset(access, rest.number, target);
  // Its labels are looked at in any case: who renames one wants to know of all lines that name it.
  const value = parseValue(access, rest.number, target);
  if (typeof offset === 'string') return offset;
  if (typeof value === 'string') return value;

  const flags = (value === undefined ? VALUE_UNKNOWN : 0) | (access.symbolic ? SYMBOLIC : 0);
  const kindSpace = packKind(access.kind, access.space);
  const known = value ?? { low: 0, high: 0 };
  target.store.appendWide(kindSpace, access.size | flags, offset, known, rest.number);
  if (stack !== undefined && stack.end > stack.start) {
    target.store.setStack(stack.bytes, stack.start, stack.end);
  }
  return undefined;
}

function splitAccess(keyword: RegExpExecArray, text: string): Access | string {
  const [name = '', letter = '', direction = '', bits] = keyword;
  const words = text.split(/[ \t]+/).filter((word) => word !== '');
  const symbolic = bits !== undefined;
  const sizeText = symbolic ? '' : (words.shift() ?? '');
  const size = symbolic ? Number(bits) / 8 : /^[1248]$/.test(sizeText) ? Number(sizeText) : 0;
  if (size === 0) {
    return `${quote(sizeText)} is no access size: after ${name} comes 1, 2, 4 or 8 (bytes), then the offset.`;
  }
  const place = words.shift();
  if (place === undefined)
    return `${name} needs an offset${symbolic ? ' or a register name' : ''}.`;
  if (words[0] === '=') words.shift();
  const value = words.shift();
  if (words.length > 0) {
    return `${quote(words.join(' '))} was not expected after the value; comments begin with //.`;
  }
  const kind = direction === 'W' ? RecordKind.write : RecordKind.read;
  const space = SPACE_OF_LETTER[letter] ?? Space.mmio;
  return { kind, space, size, symbolic, place, value };
}

function parseOffset(access: Access, line: number, target: ReaderTarget): number | string {
  const { place, symbolic, space } = access;
  const offset = symbolic
    ? parsePlace(place, space === Space.mmio, line, target)
    : asAddress(parseHex(place));
  if (offset === undefined)
    return `${quote(place)} is no offset: a hexadecimal number was expected.`;
  if (typeof offset === 'string') return offset;
  if (space === Space.config && offset + access.size > CONFIG_BYTES) {
    return `${hex(offset)} lies outside PCI configuration space, which has ${hex(CONFIG_BYTES)} bytes.`;
  }
  return offset;
}

/** Undefined: a read whose answer is not in the trace. */
function parseValue(
  access: Access,
  line: number,
  { labels }: ReaderTarget,
): U64 | undefined | string {
  const text = access.value;
  if (text === undefined || text === '?') {
    return access.kind === RecordKind.read ? undefined : 'A write needs a value.';
  }
  const value = access.symbolic
    ? (parseNumber(text) ?? parseLabelled(text, line, labels))
    : parseHex(text);
  if (typeof value === 'string') return value;
  if (value === undefined) {
    const expected = access.symbolic
      ? 'a decimal number or one with 0x, of up to 64 bits,'
      : 'a hexadecimal number of up to 16 digits';
    return `${quote(text)} is no value: ${expected} was expected.`;
  }
  if (!fits(value, access.size)) {
    const bytes = access.size === 1 ? '1 byte' : `${access.size} bytes`;
    return `${quote(text)} does not fit into an access of ${bytes}.`;
  }
  return value;
}
