import type { CommandFieldRow, CommandLength } from '../command/command-row.ts';

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

/** Bits of an address, shown in place. */
export function addressField(
  dword: number,
  name: string,
  high: number,
  low: number,
): CommandFieldRow {
  return { dword, name, low, high, shift: low };
}
