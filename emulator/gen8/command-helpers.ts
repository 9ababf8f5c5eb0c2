import type {
  AddressRow,
  CommandFieldRow,
  CommandLength,
  DwordTest,
  SpaceBit,
} from '../command/command-row.ts';

export function fixed(dwords: number): CommandLength {
  return { dwords };
}

/** The low `bits` of dword 0, plus 2. */
export function varying(bits: number, exactly?: number): CommandLength {
  return exactly === undefined ? { bits } : { bits, exactly };
}

/** A field of a dword. */
export function field(
  dword: number,
  name: string,
  high: number,
  low: number,
  values?: Readonly<Record<number, string>>,
): CommandFieldRow {
  return values === undefined ? { dword, name, low, high } : { dword, name, low, high, values };
}

export function flag(dword: number, name: string, bit: number): CommandFieldRow {
  return field(dword, name, bit, bit);
}

/** A whole dword. */
export function data(dword: number, name: string): CommandFieldRow {
  return field(dword, name, 31, 0);
}

/** Bits of an address or offset, shown in place. */
export function addressField(
  dword: number,
  name: string,
  high: number,
  low: number,
): CommandFieldRow {
  return { dword, name, low, high, shift: low };
}

/** Offset of a register in BAR0, bits 22:2. */
export function register(
  dword: number,
  name: string,
  when?: readonly DwordTest[],
): CommandFieldRow {
  const row: CommandFieldRow = { dword, name, low: 2, high: 22, shift: 2, kind: 'register' };
  return when === undefined ? row : { ...row, when };
}

/** Left or top, right or bottom of what is drawn on: 16 bits with a sign, x below y. */
export function coordinates(dword: number, x: string, y: string): readonly CommandFieldRow[] {
  return [
    { dword, name: y, low: 16, high: 31, kind: 'signed' },
    { dword, name: x, low: 0, high: 15, kind: 'signed' },
  ];
}

/** An address that is always translated by the context's own tables. */
export function inPpgtt(dword: number, name: string, low = 0): AddressRow {
  return { name, dword, low, space: 'ppgtt' };
}

/** An address in the space that a bit says. */
export function inEither(
  dword: number,
  name: string,
  low: number,
  space: SpaceBit,
  when?: readonly DwordTest[],
): AddressRow {
  const row: AddressRow = { name, dword, low, space };
  return when === undefined ? row : { ...row, when };
}

/** The address is in the GGTT if the bit is set. */
export function ggttIf(dword: number, bit: number): SpaceBit {
  return { dword, bit, set: 'ggtt' };
}

/** A 32-bit address that is always one of the GGTT. */
export function inGgtt(
  dword: number,
  name: string,
  low: number,
  when?: readonly DwordTest[],
): AddressRow {
  const row: AddressRow = { name, dword, low, space: 'ggtt', short: true };
  return when === undefined ? row : { ...row, when };
}

export function isSet(dword: number, bit: number): DwordTest {
  const mask = (1 << bit) >>> 0;
  return { dword, mask, value: mask };
}

export function isClear(dword: number, bit: number): DwordTest {
  return { dword, mask: (1 << bit) >>> 0, value: 0 };
}

/** One of the bits of the mask is set. */
export function isAny(dword: number, mask: number): DwordTest {
  return { dword, mask, value: 0, not: true };
}
