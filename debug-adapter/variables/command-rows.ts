import type { TimelineSession } from '../../timeline/index.ts';
import { hex } from './format.ts';
import type { Row } from './row.ts';

/** The command that an engine executes next, dword by dword. */
export async function commandRows(
  session: TimelineSession,
  engine: string,
): Promise<readonly Row[]> {
  const command = await session.inspect({ kind: 'command', engine });
  if (command === undefined) {
    return [{ name: 'command', value: 'none: a context is loaded or saved, or all is done' }];
  }
  const { name, text, level, space, address, bytes, dwords } = command;
  return [
    { name: 'command', value: name ?? text },
    { name: 'decoded', value: text },
    { name: 'engine', value: engine },
    {
      name: 'at',
      value: `${space} ${hex(address)}, ${level}`,
      ...(space === 'ggtt' ? { memory: { space, address } } : {}),
    },
    { name: 'length', value: `${bytes / 4} dwords` },
    ...dwords.map((value, index) => ({ name: `dw${index}`, value: hex(value, 8) })),
  ];
}
