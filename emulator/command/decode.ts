import type {
  AddressRow,
  AddressSpace,
  CommandFieldRow,
  CommandRow,
  DwordTest,
  SpaceBit,
} from './command-row.ts';
import { lengthOf } from './command-table.ts';

/** A field with its value. */
export interface DecodedField {
  /** Of one that comes again with its number: `data[2]`. */
  readonly name: string;
  readonly dword: number;
  /** Inclusive bit positions. */
  readonly low: number;
  readonly high: number;
  /** Unsigned, unless the field is signed; address-like fields in place. */
  readonly value: number;
  /** Name of the value, where the table has one. */
  readonly meaning?: string;
  /** The value is the BAR0 offset of a register. */
  readonly register?: true;
}

export interface DecodedAddress {
  readonly name: string;
  /** First of its dwords. */
  readonly dword: number;
  readonly space: AddressSpace;
  /** ≤ 48 bits, without flags. */
  readonly address: number;
}

export interface DecodedCommand {
  readonly name: string;
  /** Dwords, as the first one says. */
  readonly length: number;
  readonly fields: readonly DecodedField[];
  readonly addresses: readonly DecodedAddress[];
}

/** Takes a command apart. Dwords that are missing, as of a command that is cut off, give no field. */
export function decodeCommand(row: CommandRow, dwords: readonly number[]): DecodedCommand {
  const length = lengthOf(row, dwords[0] ?? row.opcode);
  const shown = dwords.length > length ? dwords.slice(0, length) : dwords;
  const fields: DecodedField[] = [];
  const addresses: DecodedAddress[] = [];
  const places = placesOf(row, shown.length);
  for (const { base, number } of places) {
    for (const field of row.fields ?? []) {
      if (!isHere(row, field.dword, base) || !holds(field.when, shown)) continue;
      const decoded = decodeField(field, field.dword + base, shown);
      if (decoded) fields.push(numbered(decoded, row, field.dword, number));
    }
    for (const address of row.addresses ?? []) {
      if (!isHere(row, address.dword, base) || !holds(address.when, shown)) continue;
      const decoded = decodeAddress(address, address.dword + base, shown);
      if (decoded) addresses.push(numbered(decoded, row, address.dword, number));
    }
  }
  return { name: row.name, length, fields, addresses };
}

interface Place {
  /** Dwords that operands lie behind where the table has them. */
  readonly base: number;
  /** Undefined where nothing comes again. */
  readonly number: number | undefined;
}

function placesOf({ repeat }: CommandRow, dwords: number): Place[] {
  if (!repeat) return [{ base: 0, number: undefined }];
  const times = Math.max(1, Math.ceil((dwords - repeat.from) / repeat.every));
  if (times === 1) return [{ base: 0, number: undefined }];
  return Array.from({ length: times }, (_, number) => ({ base: number * repeat.every, number }));
}

function repeats({ repeat }: CommandRow, dword: number): boolean {
  return repeat !== undefined && dword >= repeat.from;
}

/** What does not come again is there once. */
function isHere(row: CommandRow, dword: number, base: number): boolean {
  return base === 0 || repeats(row, dword);
}

function numbered<T extends { readonly name: string }>(
  decoded: T,
  row: CommandRow,
  dword: number,
  number: number | undefined,
): T {
  if (number === undefined || !repeats(row, dword)) return decoded;
  return { ...decoded, name: `${decoded.name}[${number}]` };
}

function decodeField(
  { name, low, high, shift, values, kind }: CommandFieldRow,
  dword: number,
  dwords: readonly number[],
): DecodedField | undefined {
  const word = dwords[dword];
  if (word === undefined) return undefined;
  const range = 2 ** (high - low + 1);
  const bits = Math.floor((word >>> 0) / 2 ** low) % range;
  const meaning = values?.[bits];
  const value = kind === 'signed' && bits >= range / 2 ? bits - range : bits * 2 ** (shift ?? 0);
  return {
    name,
    dword,
    low,
    high,
    value,
    ...(meaning === undefined ? {} : { meaning }),
    ...(kind === 'register' ? { register: true } : {}),
  };
}

function decodeAddress(
  { name, short, low, space }: AddressRow,
  dword: number,
  dwords: readonly number[],
): DecodedAddress | undefined {
  const word = dwords[dword];
  if (word === undefined) return undefined;
  const high = short ? 0 : (dwords[dword + 1] ?? 0) & 0xffff;
  const address = high * 2 ** 32 + Math.floor((word >>> 0) / 2 ** low) * 2 ** low;
  return {
    name,
    dword,
    space: typeof space === 'string' ? space : spaceBy(space, dwords),
    address,
  };
}

function spaceBy({ dword, bit, set }: SpaceBit, dwords: readonly number[]): AddressSpace {
  const isSet = (((dwords[dword] ?? 0) >>> bit) & 1) !== 0;
  if (isSet) return set;
  return set === 'ggtt' ? 'ppgtt' : 'ggtt';
}

function holds(tests: readonly DwordTest[] | undefined, dwords: readonly number[]): boolean {
  return (
    tests?.every(({ dword, mask, value, not }) => {
      const equal = ((dwords[dword] ?? 0) & mask) >>> 0 === value;
      return equal !== (not ?? false);
    }) ?? true
  );
}
