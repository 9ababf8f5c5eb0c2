import type { Platform } from '../mmio/register-row.ts';
import type { GroupRow } from './field-row.ts';
import { GENXML_TABLE } from './genxml-table.ts';
import { type GroupPlan, planOf } from './group-plan.ts';
import { parseGroup, parseValues, type Values } from './parse-row.ts';

interface Opcode {
  readonly opcode: number;
  readonly mask: number;
  /** First letters of the engines that have it; all where empty. */
  readonly engines: string;
  readonly name: string;
}

/** Commands, structures and registers of a generation. Rows of the table are read when they are first asked for. */
export class FieldCatalog {
  /** One of the generation, for the emulator's own tables. */
  readonly platform: Platform;
  readonly #rows = new Map<string, string>();
  readonly #plans = new Map<string, GroupPlan | undefined>();
  readonly #values = new Map<string, Values | undefined>();
  readonly #opcodes: Opcode[] = [];
  readonly #registers = new Map<number, string>();
  /** By engine's letter and bits 31:16 of dword 0. */
  readonly #found = new Map<string, Map<number, GroupPlan | undefined>>();

  constructor(generation: 8 | 9, table = GENXML_TABLE) {
    this.platform = generation === 8 ? 'bdw' : 'skl';
    for (const line of table.split('\n')) {
      const start = /^8?9?/.exec(line)?.[0] ?? '';
      if (!start.includes(String(generation))) continue;
      const row = line.slice(start.length);
      const end = row.indexOf('|');
      this.#rows.set(row.slice(0, end), row);
      if (row.startsWith('i')) this.#addOpcode(row, end);
      else if (row.startsWith('r'))
        this.#registers.set(registerOffset(row, end), row.slice(1, end));
    }
    // Where several fit, the one that says more is meant.
    this.#opcodes.sort((one, other) => bits(other.mask) - bits(one.mask));
  }

  /** The command that begins with a dword on an engine (`RCS0`; any where undefined). */
  instruction(dword: number, engine?: string): GroupPlan | undefined {
    const letter = engine === undefined ? '' : letterOf(engine);
    const found = this.#found.get(letter) ?? new Map<number, GroupPlan | undefined>();
    this.#found.set(letter, found);
    const upper = dword >>> 16;
    if (found.has(upper)) return found.get(upper);
    const fitting = this.#opcodes.filter(({ opcode, mask }) => (upper & mask) === opcode);
    const isOf = ({ engines }: Opcode) => engines === '' || engines.includes(letter);
    // Of a command that several engines have the table may tell one alone: MI_FLUSH_DW.
    const row = fitting.find(isOf) ?? (isShared(dword) ? fitting[0] : undefined);
    const plan = row === undefined ? undefined : this.#plan(`i${row.name}`);
    found.set(upper, plan);
    return plan;
  }

  struct(name: string): GroupPlan | undefined {
    return this.#plan(`s${name}`);
  }

  register(name: string): GroupPlan | undefined {
    return this.#plan(`r${name}`);
  }

  /** The register at a BAR0 offset. */
  registerAt(offset: number): GroupPlan | undefined {
    const name = this.#registers.get(offset);
    return name === undefined ? undefined : this.register(name);
  }

  /** Every group, for tests and lists. */
  *groups(): Iterable<GroupPlan> {
    for (const key of this.#rows.keys()) {
      const plan = key.startsWith('e') ? undefined : this.#plan(key);
      if (plan !== undefined) yield plan;
    }
  }

  #addOpcode(row: string, end: number): void {
    const [opcode = '', mask = '', , , engines = ''] = row
      .slice(end + 1, row.indexOf('|', end + 1))
      .split(',');
    const name = row.slice(1, end);
    this.#opcodes.push({ opcode: hex(opcode), mask: hex(mask), engines, name });
  }

  #plan(key: string): GroupPlan | undefined {
    if (this.#plans.has(key)) return this.#plans.get(key);
    const row = this.#rows.get(key);
    const plan = row === undefined ? undefined : planOf(this.#parse(row), this);
    this.#plans.set(key, plan);
    return plan;
  }

  #parse(row: string): GroupRow {
    return parseGroup(row, (name) => this.#valuesNamed(name));
  }

  #valuesNamed(name: string): Values | undefined {
    if (this.#values.has(name)) return this.#values.get(name);
    // A structure comes before an enumeration of the same name.
    const row = this.#rows.has(`s${name}`) ? undefined : this.#rows.get(`e${name}`);
    const values = row === undefined ? undefined : parseValues(row.slice(row.indexOf('|') + 1));
    this.#values.set(name, values);
    return values;
  }
}

/** MI commands: each engine has them, as far as it has any use for them. */
function isShared(dword: number): boolean {
  return dword >>> 29 === 0;
}

/** Generation by platform; those that the emulator does not have are here too. */
const GENERATIONS: ReadonlyMap<string, 8 | 9> = new Map([
  ['bdw', 8],
  ['skl', 9],
  ['bxt', 9],
  ['kbl', 9],
  ['cfl', 9],
]);

const catalogs = new Map<number, FieldCatalog>();

/** The catalog of a platform, made when it is first asked for; undefined for one of another generation. */
export function fieldCatalog(platform: string): FieldCatalog | undefined {
  const generation = GENERATIONS.get(platform);
  const known = catalogs.get(generation ?? 0);
  if (generation === undefined || known !== undefined) return known;
  const catalog = new FieldCatalog(generation);
  catalogs.set(generation, catalog);
  return catalog;
}

/** First letters of what genxml calls them; VEBOX is not told from others there. */
function letterOf(engine: string): string {
  const unit = engine.slice(0, 3).toUpperCase();
  return { RCS: 'r', BCS: 'b', VCS: 'v' }[unit] ?? '';
}

function registerOffset(row: string, end: number): number {
  const about = row.slice(end + 1).split('|', 1)[0] ?? '';
  return hex(about.slice(about.indexOf(',') + 1));
}

function hex(text: string): number {
  return Number.parseInt(text, 16);
}

function bits(mask: number): number {
  let count = 0;
  for (let rest = mask; rest !== 0; rest &= rest - 1) count++;
  return count;
}
