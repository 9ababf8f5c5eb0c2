import {
  INTERRUPT_EVENTS,
  INTERRUPT_GROUPS,
  interruptEvents,
} from '../../../emulator/interrupt/interrupt-tables.ts';
import { markdown } from '../markdown.ts';
import { FULL_MAPS, hex, NAMES } from './platforms.ts';

export function interruptTables(): Readonly<Record<string, string>> {
  const ids = [...new Set(INTERRUPT_EVENTS.map(({ id }) => id))];
  const each = FULL_MAPS.map(({ tables }) => interruptEvents(tables));
  return {
    'interrupt-groups': markdown(
      ['group', 'registers from', 'bits of the master', 'events here'],
      INTERRUPT_GROUPS.map(({ id, name, base, masters }) => [
        name,
        hex(base),
        masters.map(({ bit }) => bit).join(', '),
        String(
          new Set(INTERRUPT_EVENTS.filter(({ group }) => group === id).map((row) => row.id)).size,
        ),
      ]),
    ),
    'interrupt-events': markdown(
      ['event', ...NAMES, 'nothing causes it, as'],
      ids.map((id) => {
        const rows = each.map((events) => events.get(id));
        const name = rows.find((row) => row?.platforms?.includes('skl')) ?? rows.find(Boolean);
        return [
          name?.name ?? id,
          ...rows.map((row) => (row === undefined ? '–' : `${row.group} bit ${row.bit}`)),
          name?.silent ?? '',
        ];
      }),
    ),
  };
}
