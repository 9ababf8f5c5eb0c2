import { CHECKS, type CheckRow, checkLabel } from '../../emulator/index.ts';
import { RECORDED_FAULTS } from '../recordings/recorded-faults.ts';
import { markdown } from './markdown.ts';

/** Condition names by what a check shows. */
const NAMES: Readonly<Record<string, readonly string[]>> = {
  register: ['register', 'address'],
  config: ['address'],
  graphics: ['address'],
  guest: ['address'],
  value: ['value'],
  engine: ['engine'],
};
const EVIDENCE: Readonly<Record<string, string>> = {
  register: 'register',
  config: 'configuration offset',
  graphics: 'graphics address',
  guest: 'guest address',
  space: 'address space',
  value: 'value',
  engine: 'engine',
  dwords: 'command words',
};

/** The tables of docs/checks.md by the name of their markers. */
export function checkTables(): Readonly<Record<string, string>> {
  return {
    checks: markdown(
      [
        'check',
        'in the list',
        'what',
        'source',
        'on',
        'evidence',
        'names in conditions',
        'where it fires',
      ],
      CHECKS.map(rowOf),
    ),
    recordings: markdown(
      ['recording', 'device', 'check', 'count', 'why'],
      RECORDED_FAULTS.map(({ trace, device, check, count, why }) => [
        trace,
        device,
        `\`${check}\``,
        String(count),
        why,
      ]),
    ),
  };
}

function rowOf(row: CheckRow): readonly string[] {
  const { id, title, source, on, shows, where = '' } = row;
  const names = new Set(['check', ...shows.flatMap((each) => NAMES[each] ?? [])]);
  const evidence = shows.map((each) => EVIDENCE[each] ?? each).join(', ');
  return [
    `\`${id}\``,
    checkLabel(row),
    title,
    source,
    on ? 'yes' : 'no',
    evidence,
    [...names].map((name) => `\`${name}\``).join(' '),
    where,
  ];
}
