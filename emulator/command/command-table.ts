import { BLITTER_COMMANDS } from '../gen8/blitter-commands.ts';
import { MI_COMMANDS } from '../gen8/mi-commands.ts';
import { RENDER_COMMANDS } from '../gen8/render-commands.ts';
import { VIDEO_COMMANDS } from '../gen8/video-commands.ts';
import type { Platform } from '../mmio/register-row.ts';
import type { CommandRow, EngineClass } from './command-row.ts';

/** All commands of all engines. */
export const COMMANDS: readonly CommandRow[] = [
  ...MI_COMMANDS,
  ...BLITTER_COMMANDS,
  ...RENDER_COMMANDS,
  ...VIDEO_COMMANDS,
];

/** Command types, dword 0 bits 31:29, and the bits that tell their commands apart (gvt-facts §10.1). */
const NO_TYPE = -1;
const OPCODE_MASKS = Int32Array.of(0xff800000, NO_TYPE, 0xffc00000, 0xffff0000, -1, -1, -1, -1);

/** Dword 0 without operands and length; the whole dword where there is no such type of command. */
export function opcodeOf(dword: number): number {
  return (dword & (OPCODE_MASKS[dword >>> 29] ?? NO_TYPE)) >>> 0;
}

/** The commands of one kind of engine, checked: a wrong table throws here. */
export class CommandTable {
  /** By the upper half of the opcode, which is all of it: such small numbers are found faster. */
  readonly #rows = new Map<number, CommandRow>();

  constructor(rows: readonly CommandRow[]) {
    for (const row of rows) {
      checkRow(row);
      const other = this.#rows.get(row.opcode >>> 16);
      if (other) throw new Error(`${row.name} and ${other.name} have the same opcode.`);
      this.#rows.set(row.opcode >>> 16, row);
    }
  }

  /** Undefined where no command of this engine begins like that. */
  find(dword: number): CommandRow | undefined {
    return this.#rows.get(opcodeOf(dword) >>> 16);
  }

  get rows(): readonly CommandRow[] {
    return [...this.#rows.values()];
  }
}

/** Dwords of a command, 1 or more. */
export function lengthOf({ length }: CommandRow, dword: number): number {
  return 'dwords' in length ? length.dwords : (dword & ((1 << length.bits) - 1)) + 2;
}

function checkRow({ name, opcode, length }: CommandRow): void {
  if (opcodeOf(opcode) !== opcode || (opcode & 0xffff) !== 0)
    throw new Error(`The opcode of ${name} has bits of operands.`);
  if ('dwords' in length ? length.dwords < 1 : length.bits < 1 || length.bits > 16) {
    throw new Error(`The length of ${name} cannot be.`);
  }
}

/** By platform and engine; one string of both would have to be made for every command. */
const tables = new Map<Platform, Map<string, CommandTable>>();

/** The table of an engine (`RCS0` …) of a platform; made when first asked for. */
export function commandTable(platform: Platform, engine: string): CommandTable {
  const ofPlatform = tables.get(platform) ?? new Map<string, CommandTable>();
  const known = ofPlatform.get(engine);
  if (known) return known;
  const unit = engineClassOf(engine);
  const table = new CommandTable(
    COMMANDS.filter(
      ({ engines, platforms }) =>
        (unit === undefined || (engines?.includes(unit) ?? true)) &&
        (platforms?.includes(platform) ?? true),
    ),
  );
  tables.set(platform, ofPlatform.set(engine, table));
  return table;
}

/** `RCS` of `RCS0`. */
export function engineClassOf(engine: string): EngineClass | undefined {
  const unit = /^(RCS|BCS|VCS|VECS)/i.exec(engine)?.[1]?.toUpperCase();
  return unit === 'RCS' || unit === 'BCS' || unit === 'VCS' || unit === 'VECS' ? unit : undefined;
}
