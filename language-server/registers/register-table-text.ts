import type { RegisterInfo } from '../../emulator/index.ts';
import { hex, type RegisterField } from '../../timeline/index.ts';
import type { RegisterTables } from './register-tables.ts';

/** What a line of a table's document is about. */
export interface TableLine {
  readonly info: RegisterInfo;
  readonly field?: RegisterField;
}

/** The register table of a device as a document. Lines are counted from 0. */
export interface TableText {
  readonly text: string;
  readonly lineOf: ReadonlyMap<RegisterInfo, number>;
  readonly lines: readonly (TableLine | undefined)[];
}

const FIELD_INDENT = ' '.repeat(10);

export function tableText(tables: RegisterTables): TableText {
  const rows: string[] = [];
  const lines: (TableLine | undefined)[] = [];
  const lineOf = new Map<RegisterInfo, number>();
  const say = (row: string, line?: TableLine) => {
    rows.push(row);
    lines.push(line);
  };
  say(`// Registers of ${tables.title}: ${tables.registers.length}, by block. Offsets are BAR0's.`);
  say('// References (Shift+F12) to a register or field: the accesses to it in open traces.');
  let block = '';
  for (const info of tables.registers) {
    if (info.block !== block) {
      block = info.block;
      say('');
      say(`## ${block}`);
    }
    lineOf.set(info, rows.length);
    say(registerRow(info), { info });
    for (const field of info.fields) say(fieldRow(field), { info, field });
  }
  return { text: `${rows.join('\n')}\n`, lineOf, lines };
}

function registerRow(info: RegisterInfo): string {
  const { name, offset, size, access, reset, description } = info;
  const count = size > 4 ? `[${size / 4}]` : '';
  const start = reset === undefined ? '' : `  = ${hex(reset.value, 8)} (${reset.source})`;
  const told = description === undefined ? '' : `  // ${description}`;
  return `${hex(offset, 6)}  ${name}${count}  ${access}${start}${told}`;
}

function fieldRow({ name, low, high, values, shift }: RegisterField): string {
  const bits = low === high ? `${low}` : `${high}:${low}`;
  const meanings = Object.entries(values ?? {}).map(([value, text]) => `${value} ${text}`);
  const said = meanings.length === 0 ? '' : `  ${meanings.join(', ')}`;
  const moved = shift === undefined ? '' : `  shown shifted left by ${shift}`;
  return `${FIELD_INDENT}${bits.padEnd(6)}${name}${said}${moved}`;
}
