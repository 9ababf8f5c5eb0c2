import { CHECKS } from '../../emulator/index.ts';
import type { EventNames } from '../breakpoint/event-pattern.ts';
import {
  elementsOf,
  hex,
  type RegisterDirectory,
  type RegisterField,
  type RegisterInfo,
} from '../register-directory.ts';
import type { CoverageData, RegisterUse } from './coverage.ts';

/** A table of what a device has, with how much of it was exercised: one row each. Plain data. */
export interface CoverageTable {
  /** `registers/RCS0`, `commands`, `interrupts`, `faults`. */
  readonly id: string;
  readonly title: string;
  readonly rows: readonly CoverageRow[];
}

export interface CoverageRow {
  readonly name: string;
  /** For people: offset and access of a register, title of a check. */
  readonly detail: string;
  /** How often. */
  readonly hits: number;
  /** A register's fields. */
  readonly parts: readonly { readonly name: string; readonly exercised: boolean }[];
}

/**
 * All tables of a device. A register is exercised when guest or commands accessed it; a field when one of its bits
 * changed, or, in a register that cannot be written, when it was read.
 */
export function coverageTables(
  data: CoverageData,
  directory: RegisterDirectory,
  names: EventNames,
): readonly CoverageTable[] {
  return [
    ...registerTables(data, directory),
    ...commandTables(data, names),
    {
      id: 'interrupts',
      title: 'Interrupts',
      rows: names.interrupts.map((name) => row(name, '', data.interrupts[name])),
    },
    {
      id: 'faults',
      title: 'Faults',
      rows: CHECKS.map(({ id, title }) => row(id, title, data.faults[id])),
    },
  ];
}

/** Sums of a kind of tables: those whose id begins so. */
export interface CoverageSum {
  readonly covered: number;
  readonly total: number;
  readonly partsCovered: number;
  readonly parts: number;
}

export function sumOf(tables: readonly CoverageTable[], kind: string): CoverageSum {
  const rows = tables
    .filter(({ id }) => id === kind || id.startsWith(`${kind}/`))
    .flatMap((t) => t.rows);
  const parts = rows.flatMap((each) => each.parts);
  return {
    covered: rows.filter(({ hits }) => hits > 0).length,
    total: rows.length,
    partsCovered: parts.filter(({ exercised }) => exercised).length,
    parts: parts.length,
  };
}

function row(name: string, detail: string, hits = 0): CoverageRow {
  return { name, detail, hits, parts: [] };
}

function registerTables(
  { registers }: CoverageData,
  directory: RegisterDirectory,
): readonly CoverageTable[] {
  const uses = new Map(registers.map((use) => [use.offset, use]));
  const blocks = new Map<string, CoverageRow[]>();
  for (const name of directory.names()) {
    const info = directory.named(name);
    if (info === undefined) continue;
    const block = info.block ?? 'Others';
    const rows = blocks.get(block) ?? [];
    rows.push(registerRow(info, uses));
    blocks.set(block, rows);
  }
  return [...blocks].map(([block, rows]) => ({
    id: `registers/${block}`,
    title: `Registers: ${block}`,
    rows,
  }));
}

function registerRow(info: RegisterInfo, uses: ReadonlyMap<number, RegisterUse>): CoverageRow {
  let [reads, writes, commands, changed] = [0, 0, 0, 0];
  for (let element = 0; element < elementsOf(info); element++) {
    const use = uses.get(info.offset + element * 4);
    if (use === undefined) continue;
    reads += use.reads;
    writes += use.writes;
    commands += use.commands;
    changed = (changed | use.changed) >>> 0;
  }
  const isExercised = (field: RegisterField) =>
    (changed & maskOf(field)) !== 0 || (info.access === 'ro' && reads > 0);
  return {
    name: info.name,
    detail: `${hex(info.offset, 6)} ${info.access}`,
    hits: reads + writes + commands,
    parts: info.fields.map((field) => ({ name: field.name, exercised: isExercised(field) })),
  };
}

function maskOf({ low, high }: RegisterField): number {
  const width = Math.min(high, 31) - low + 1;
  return width >= 32 ? 0xffffffff : ((2 ** width - 1) * 2 ** low) >>> 0;
}

/** One table for all engines; a row says on which the command was executed. */
function commandTables({ commands }: CoverageData, names: EventNames): readonly CoverageTable[] {
  const byName = new Map<string, { hits: number; engines: string[] }>();
  for (const [key, count] of Object.entries(commands)) {
    const [engine = '', name = ''] = key.split(':');
    const found = byName.get(name) ?? { hits: 0, engines: [] };
    found.hits += count;
    found.engines.push(engine);
    byName.set(name, found);
  }
  const rows = [...new Set(names.commands)].map((name) => {
    const found = byName.get(name);
    return row(name, found === undefined ? '' : `on ${found.engines.join(', ')}`, found?.hits);
  });
  return [{ id: 'commands', title: 'Commands', rows }];
}
