import { BLITTER_COMMANDS } from '../gen8/blitter-commands.ts';
import { MI_COMMANDS } from '../gen8/mi-commands.ts';
import { RENDER_COMMANDS } from '../gen8/render-commands.ts';
import { VIDEO_COMMANDS } from '../gen8/video-commands.ts';
import { CODEC_COMMANDS } from '../gen9/codec-commands.ts';
import type { Platform } from '../mmio/register-row.ts';
import { checkCommand } from './check-command.ts';
import type { CommandRow, EngineClass } from './command-row.ts';
import { opcodeMask } from './opcode.ts';

/** All commands of all engines. */
export const COMMANDS: readonly CommandRow[] = [
  ...MI_COMMANDS,
  ...BLITTER_COMMANDS,
  ...RENDER_COMMANDS,
  ...VIDEO_COMMANDS,
  ...CODEC_COMMANDS,
];

/** The commands of one kind of engine, checked: a wrong table throws here. */
export class CommandTable {
  readonly rows: readonly CommandRow[];
  /** By bits 31:16 of dword 0, which hold every opcode: place in `rows`, plus 1. A look-up for each command that runs. */
  readonly #index = new Uint16Array(0x10000);
  readonly #byName = new Map<string, CommandRow>();

  constructor(rows: readonly CommandRow[]) {
    this.rows = rows;
    for (const [place, row] of rows.entries()) {
      checkCommand(row);
      this.#claimOpcode(row, place);
      const key = row.name.toLowerCase();
      if (this.#byName.has(key)) throw new Error(`Two commands are called ${row.name}.`);
      this.#byName.set(key, row);
    }
  }

  /** Undefined where no command of this engine begins like that. */
  find(dword: number): CommandRow | undefined {
    return this.rows[(this.#index[dword >>> 16] ?? 0) - 1];
  }

  /** By Intel's name, in letters of any case. */
  named(name: string): CommandRow | undefined {
    return this.#byName.get(name.toLowerCase());
  }

  #claimOpcode(row: CommandRow, place: number): void {
    const other = this.find(row.opcode);
    if (other) throw new Error(`${row.name} and ${other.name} have the same opcode.`);
    const first = row.opcode >>> 16;
    const operands = ~opcodeMask(row.opcode) >>> 16;
    this.#index.fill(place + 1, first, first + operands + 1);
  }
}

/** Dwords of a command, 1 or more. */
export function lengthOf({ length }: CommandRow, dword: number): number {
  if ('dwords' in length) return length.dwords;
  return (dword & ((1 << length.bits) - 1)) + (length.bias ?? 2);
}

const tables: Readonly<Record<Platform, Map<string, CommandTable>>> = {
  bdw: new Map(),
  skl: new Map(),
  kbl: new Map(),
};

/**
 * The table of an engine (`RCS0` …) of a platform; made when first asked for. Of engines that are not known, the
 * commands that all have.
 */
export function commandTable(platform: Platform, engine: string): CommandTable {
  const known = tables[platform].get(engine);
  if (known) return known;
  const unit = engineClassOf(engine);
  const table = new CommandTable(
    COMMANDS.filter(
      ({ engines, platforms }) =>
        (engines === undefined || (unit !== undefined && engines.includes(unit))) &&
        (platforms?.includes(platform) ?? true),
    ),
  );
  tables[platform].set(engine, table);
  return table;
}

/** `RCS` of `RCS0`. */
export function engineClassOf(engine: string): EngineClass | undefined {
  const unit = /^(RCS|BCS|VCS|VECS)/i.exec(engine)?.[1]?.toUpperCase();
  return unit === 'RCS' || unit === 'BCS' || unit === 'VCS' || unit === 'VECS' ? unit : undefined;
}
