import {
  type CommandFieldView,
  type CommandStateView,
  type CommandView,
  counted,
  type TimelineSession,
} from '../../timeline/index.ts';
import { hex } from './format.ts';
import { bitsName } from './register-rows.ts';
import { listOf, type Row } from './row.ts';

/** The command that an engine executes next, dword by dword. */
export async function commandRows(
  session: TimelineSession,
  engine: string,
): Promise<readonly Row[]> {
  const command = await session.inspect({ kind: 'command', engine });
  if (command === undefined) {
    return [{ name: 'command', value: 'none: a context is loaded or saved, or all is done' }];
  }
  const { text, level, space, address, bytes } = command;
  return [
    { name: 'command', value: text },
    { name: 'engine', value: engine },
    { ...placeRow(space, address), value: `${space} ${hex(address)}, ${level ?? 'level unknown'}` },
    { name: 'length', value: counted(bytes / 4, 'dword') },
    ...dwordRows(command),
    ...numberedOnce(command.state.map(stateRow)),
  ];
}

/** For a short look at a command whose text is known: its fields first, then what it points to, and how it stands in memory. */
export function commandAtGlance(command: CommandView): readonly Row[] {
  const { space, address, fields, state } = command;
  return numberedOnce([
    ...fieldRows(fields),
    ...state.map(stateRow),
    ...dwordRows({ ...command, fields: [] }),
    placeRow(space, address),
  ]);
}

function placeRow(space: CommandView['space'], address: number): Row {
  const row = { name: 'at', value: `${space} ${hex(address)}` };
  return space === 'ggtt' ? { ...row, memory: { space, address } } : row;
}

/** Each with the fields that begin in it below it. */
function dwordRows({ dwords, fields, addresses = [] }: CommandView): readonly Row[] {
  return dwords.map((value, index): Row => {
    const target = addresses.find(({ dword }) => dword === index);
    const row: Row = {
      name: `dw${index}`,
      value: target === undefined ? hex(value, 8) : `${hex(value, 8)} → ${addressText(target)}`,
      ...(target?.space === 'ggtt'
        ? { memory: { space: target.space, address: target.address } }
        : {}),
    };
    const inside = fields.filter(({ dword }) => dword === index);
    return inside.length === 0 ? row : { ...row, children: listOf(fieldRows(inside)) };
  });
}

function addressText({ space, address }: { readonly space: string; readonly address: number }) {
  return `${space} ${hex(address)}`;
}

function fieldRows(fields: readonly CommandFieldView[]): readonly Row[] {
  return numberedOnce(
    fields.map(({ name, value, dword, low, high, fields: inside }) => ({
      name,
      value,
      type: high < 32 ? bitsName({ low, high }) : `dwords ${dword} to ${dword + (high >>> 5)}`,
      ...(inside.length === 0 ? {} : { children: { rows: async () => fieldRows(inside) } }),
    })),
  );
}

/** What the command points to: a structure or register with its fields, or dwords. */
function stateRow({ title, text, fields, words }: CommandStateView): Row {
  const rows = async () => (fields.length > 0 ? fieldRows(fields) : wordRows(words));
  const isEmpty = fields.length === 0 && words.length === 0;
  return { name: title, value: text, ...(isEmpty ? {} : { children: { rows } }) };
}

/** Dwords on one line. */
const PER_ROW = 4;

function wordRows(words: readonly number[]): readonly Row[] {
  return Array.from({ length: Math.ceil(words.length / PER_ROW) }, (_, index) => ({
    name: `+${hex(index * PER_ROW * 4)}`,
    value: words
      .slice(index * PER_ROW, (index + 1) * PER_ROW)
      .map((word) => hex(word, 8))
      .join(' '),
  }));
}

/** Siblings have names of their own: where fields share one, the later ones are counted. */
function numberedOnce(rows: readonly Row[]): readonly Row[] {
  const counts = new Map<string, number>();
  return rows.map((row) => {
    const count = (counts.get(row.name) ?? 0) + 1;
    counts.set(row.name, count);
    return count === 1 ? row : { ...row, name: `${row.name} (${count})` };
  });
}
