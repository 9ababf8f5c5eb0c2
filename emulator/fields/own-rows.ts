import type { CommandRow } from '../command/command-row.ts';
import { commandTable } from '../command/command-table.ts';
import { decodeCommand } from '../command/decode.ts';
import type { Platform } from '../mmio/register-row.ts';
import type { FieldValue } from './decode-group.ts';
import type { FieldType } from './field-row.ts';

/** One of each kind: for commands of which it is not told on what engine they are. */
const ANY_ENGINE = ['RCS0', 'BCS0', 'VCS0', 'VECS0'] as const;

/** The emulator's own row of a command that genxml does not describe, as it leaves out most of what the blitter does. */
export function ownRow(
  platform: Platform,
  dword: number,
  engine: string | undefined,
): CommandRow | undefined {
  for (const each of engine === undefined ? ANY_ENGINE : [engine]) {
    const row = commandTable(platform, each).find(dword);
    if (row !== undefined) return row;
  }
  return undefined;
}

/** Its fields and addresses, in order of their places. */
export function ownFields(row: CommandRow, words: readonly number[]): FieldValue[] {
  const { fields, addresses } = decodeCommand(row, words);
  const values = fields.map(({ name, dword, low, high, meaning, register }) => {
    const raw = ((words[dword] ?? 0) >>> low) & (2 ** (high - low + 1) - 1);
    const shown = register ? raw << low : raw;
    const type = register ? 'offset' : 'uint';
    return fieldValue(name, type, dword * 32 + low, high - low + 1, shown >>> 0, 0, meaning);
  });
  const places = addresses.map(({ name, dword, address }) => {
    const [low, high] = [address % 2 ** 32, Math.floor(address / 2 ** 32)];
    return fieldValue(name, 'address', dword * 32, high === 0 ? 32 : 64, low, high, undefined);
  });
  return [...values, ...places].sort((one, other) => one.bit - other.bit);
}

function fieldValue(
  name: string,
  type: FieldType,
  bit: number,
  width: number,
  low: number,
  high: number,
  meaning: string | undefined,
): FieldValue {
  const values = meaning === undefined ? undefined : new Map([[low, meaning]]);
  const row = {
    name,
    start: bit,
    end: bit + width - 1,
    type,
    fraction: 0,
    isSigned: false,
    struct: undefined,
    values,
  };
  return {
    name,
    plan: { row, name, start: bit, width, struct: undefined },
    bit,
    low,
    high,
    fields: [],
  };
}

/** Dwords of what nobody knows, as its type and opcode say. */
export function unknownLength(dword: number): number {
  const type = dword >>> 29;
  if (type === 0) return ((dword >>> 23) & 0x3f) < 16 ? 1 : (dword & 0xff) + 2;
  if (type === 2) return (dword & 0xff) + 2;
  if (type !== 3) return 1;
  const subtype = (dword >>> 27) & 3;
  const opcode = (dword >>> 24) & 7;
  if (subtype === 1) return 1;
  return (dword & (subtype === 2 && opcode > 0 ? 0xffff : 0xff)) + 2;
}
