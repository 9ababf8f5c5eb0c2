import type { CommandView, TimelineSession } from '../../timeline/index.ts';
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
    {
      name: 'at',
      value: `${space} ${hex(address)}, ${level}`,
      ...(space === 'ggtt' ? { memory: { space, address } } : {}),
    },
    { name: 'length', value: `${bytes / 4} dwords` },
    ...dwordRows(command),
  ];
}

/** Each with the fields that it holds below it. */
function dwordRows({ dwords, fields = [], addresses = [] }: CommandView): readonly Row[] {
  return dwords.map((value, index): Row => {
    const target = addresses.find(({ dword }) => dword === index);
    const row: Row = {
      name: `dw${index}`,
      value: target === undefined ? hex(value, 8) : `${hex(value, 8)} → ${addressText(target)}`,
      ...(target?.space === 'ggtt'
        ? { memory: { space: target.space, address: target.address } }
        : {}),
    };
    const inside = fields.filter(({ dword }) => dword === index).map(fieldRow);
    return inside.length === 0 ? row : { ...row, children: listOf(inside) };
  });
}

function addressText({ space, address }: { readonly space: string; readonly address: number }) {
  return `${space} ${hex(address)}`;
}

function fieldRow(field: NonNullable<CommandView['fields']>[number]): Row {
  const { name, value, meaning, low, high } = field;
  const number = high - low >= 4 ? hex(value) : String(value);
  return {
    name,
    value: meaning === undefined ? number : `${number} (${meaning})`,
    type: bitsName(field),
  };
}
