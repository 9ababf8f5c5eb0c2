import type { Platform } from '../mmio/register-row.ts';
import { ROWS } from './draft-commands.ts';

export interface CommandRow {
  readonly name: string;
  readonly mask: number;
  readonly fixed: number;
}

export interface CommandTable {
  find(dword: number): CommandRow | undefined;
  names(): readonly string[];
}

const tables = new Map<string, CommandTable>();

export function commandTable(_platform: Platform, engine: string): CommandTable {
  const known = tables.get(engine);
  if (known) return known;
  const rows = new Map<number, CommandRow>();
  const unit = engine.slice(0, -1);
  for (const [name, opcode, rings, fixed, mask] of ROWS) {
    if (rings === 'all' || rings.split('/').includes(unit)) rows.set(opcode, { name, mask, fixed });
  }
  const table = {
    find: (dword: number) => rows.get(opcodeOf(dword)),
    names: () => [...rows.values()].map(({ name }) => name),
  };
  tables.set(engine, table);
  return table;
}

function opcodeOf(dword: number): number {
  const type = dword >>> 29;
  if (type === 0) return (dword & 0xff800000) >>> 0;
  if (type === 2) return (dword & 0xffc00000) >>> 0;
  return (dword & 0xffff0000) >>> 0;
}

export function lengthOf(row: CommandRow, dword: number): number {
  return row.fixed > 0 ? row.fixed : (dword & row.mask) + 2;
}
