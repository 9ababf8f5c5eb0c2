import type { RegisterDescriptor } from '../../../emulator/mmio/register-map.ts';
import { markdown } from '../markdown.ts';
import { FULL_MAPS, NAMES } from './platforms.ts';

const MOST_NAMES = 14;

const ALL = FULL_MAPS.map(({ descriptors }) => descriptors.filter((row) => row !== undefined));

/** A write or a read of it does more than keep bits: a hook has its name, or its access mode says so. */
function behaves({ row }: RegisterDescriptor): boolean {
  const plain = row.access === undefined || row.access === 'rw' || row.access === 'unimplemented';
  return row.onWrite !== undefined || row.onRead !== undefined || !plain;
}

function dwords(rows: readonly RegisterDescriptor[]): number {
  return rows.reduce((sum, { count }) => sum + count, 0);
}

/** Names without engine; those of a family, which differ by numbers or a last letter, once. */
function families(rows: readonly RegisterDescriptor[]): string {
  const names = new Set(
    rows.map(({ row }) =>
      row.name.replace(/_(EDP|[A-E])(?=_|$)/g, '_*').replace(/(?<=[A-Z_])[0-9]+(?=_|$)/g, '*'),
    ),
  );
  const shown = [...names].sort().slice(0, MOST_NAMES);
  const more = names.size - shown.length;
  return shown.map((name) => `\`${name}\``).join(' ') + (more > 0 ? ` and ${more} more` : '');
}

/** One row for each key, with what `cell` says of each platform's registers that have it. */
function byKey(
  keyOf: (row: RegisterDescriptor) => string | undefined,
  cell: (rows: readonly RegisterDescriptor[]) => string,
): [key: string, cells: string[], all: RegisterDescriptor[]][] {
  const keys = new Set(ALL.flat().map(keyOf));
  return [...keys]
    .filter((key) => key !== undefined)
    .map((key) => {
      const each = ALL.map((rows) => rows.filter((row) => keyOf(row) === key));
      return [key, each.map(cell), each.flat()];
    });
}

function blockCell(rows: readonly RegisterDescriptor[]): string {
  if (rows.length === 0) return '–';
  const active = rows.filter(behaves);
  return `${dwords(rows)} (${dwords(active)})`;
}

const count = (rows: readonly RegisterDescriptor[]) =>
  rows.length === 0 ? '–' : `${dwords(rows)}`;

export function registerTables(): Readonly<Record<string, string>> {
  const hooked = (part: 'onWrite' | 'onRead') =>
    byKey(({ row }) => row[part], count)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([key, cells, rows]) => [`\`${key}\``, ...cells, families(rows)]);
  return {
    blocks: markdown(
      ['block', ...NAMES],
      byKey(({ block }) => block, blockCell).map(([block, cells]) => [block, ...cells]),
    ),
    modes: markdown(
      ['access', ...NAMES],
      byKey(({ row }) => row.access ?? 'rw', count).map(([mode, cells]) => [
        `\`${mode}\``,
        ...cells,
      ]),
    ),
    'write-hooks': markdown(['a write sets off', ...NAMES, 'registers'], hooked('onWrite')),
    'read-hooks': markdown(['a read computes', ...NAMES, 'registers'], hooked('onRead')),
    'unimplemented-registers': markdown(
      ['register', ...NAMES],
      byKey(({ row, name }) => (row.access === 'unimplemented' ? name : undefined), count).map(
        ([name, cells]) => [`\`${name}\``, ...cells.map((cell) => (cell === '–' ? '–' : 'kept'))],
      ),
    ),
  };
}
