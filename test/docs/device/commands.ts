import type { CommandFamily, CommandRow } from '../../../emulator/command/command-row.ts';
import { EXECUTED, WITHOUT_EFFECT } from '../../../emulator/engine/execute/execute.ts';
import { COMMANDS, type Platform } from '../../../emulator/index.ts';
import { markdown } from '../markdown.ts';

type Fate = 'executed' | 'walked over' | 'said to have no effect';

function fateOf({ name }: CommandRow): Fate {
  if (WITHOUT_EFFECT.some((each) => each === name)) return 'said to have no effect';
  return Object.hasOwn(EXECUTED, name) ? 'executed' : 'walked over';
}

const isScanned = ({ gvt }: CommandRow) => gvt !== 'unknown';
const isRefused = ({ gvt }: CommandRow) => gvt === 'rejected' || gvt === 'unknown';

const MOST_NAMES = 24;

function named(rows: readonly CommandRow[]): string {
  const names = [...namesOf(rows)];
  const more = names.length - MOST_NAMES;
  const shown = names.slice(0, more > 3 ? MOST_NAMES : names.length).map((name) => `\`${name}\``);
  return shown.join(' ') + (more > 3 ? ` and ${more} more` : '');
}

/** A command that stands elsewhere on Broadwell has two rows and is one. */
function namesOf(rows: readonly CommandRow[]): ReadonlySet<string> {
  return new Set(rows.map(({ name }) => name));
}

function familyRow(family: CommandFamily | 'all', rows: readonly CommandRow[]): string[] {
  const with_ = (test: (row: CommandRow) => boolean) => String(namesOf(rows.filter(test)).size);
  return [
    family,
    String(namesOf(rows).size),
    with_(isScanned),
    with_((row) => fateOf(row) === 'executed'),
    with_((row) => fateOf(row) === 'walked over'),
    with_((row) => fateOf(row) === 'said to have no effect'),
    with_(isRefused),
  ];
}

export function commandTables(): Readonly<Record<string, string>> {
  const families = [...new Set(COMMANDS.map(({ family }) => family))];
  const of = (family: CommandFamily, test: (row: CommandRow) => boolean) =>
    COMMANDS.filter((row) => row.family === family && test(row));
  const listed = (test: (row: CommandRow) => boolean) =>
    families.flatMap((family) => {
      const rows = of(family, test);
      return rows.length === 0 ? [] : [[family, named(rows)]];
    });
  return {
    commands: markdown(
      [
        'family',
        'decoded',
        'of GVT-g’s 225',
        'executed',
        'walked over',
        'no effect',
        'refused by GVT-g',
      ],
      [
        ...families.map((family) =>
          familyRow(
            family,
            of(family, () => true),
          ),
        ),
        familyRow('all', COMMANDS),
      ],
    ),
    'executed-commands': markdown(
      ['family', 'executed'],
      listed((row) => fateOf(row) === 'executed'),
    ),
    'walked-commands': markdown(
      ['family', 'walked over'],
      listed((row) => fateOf(row) === 'walked over'),
    ),
    'refused-commands': markdown(
      ['family', 'refused where GVT-g’s scanner is asked'],
      listed(isRefused),
    ),
    'unimplemented-commands': markdown(
      ['family', 'no effect, and a fault `command-unimplemented`'],
      listed((row) => fateOf(row) === 'said to have no effect'),
    ),
    'gen9-commands': markdown(
      ['family', 'only on Gen9'],
      listed(({ name, platforms }) => platforms !== undefined && !isOn('bdw', name)),
    ),
  };
}

function isOn(platform: Platform, wanted: string): boolean {
  return COMMANDS.some(
    ({ name, platforms }) => name === wanted && (platforms?.includes(platform) ?? true),
  );
}
