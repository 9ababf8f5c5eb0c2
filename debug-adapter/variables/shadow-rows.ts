import type { ShadowView, TimelineSession } from '../../timeline/index.ts';
import { formatValue, hex } from './format.ts';
import { listOf, type Row } from './row.ts';

type Root = ShadowView['roots'][number];
type Table = ShadowView['tables'][number];
type Entry = Table['pending'][number];

/** What GVT-g keeps of the guest's page tables: which pages are some, who refers to them, where the shadow differs. */
export async function shadowRows(session: TimelineSession): Promise<readonly Row[]> {
  const shadow = await session.inspect({ kind: 'shadow' });
  if (shadow === undefined) return [];
  const { roots, tables } = shadow;
  const pending = tables.flatMap((table) => table.pending.map((entry) => entryRow(entry, table)));
  const refused = tables.flatMap((table) => table.refused.map((entry) => entryRow(entry, table)));
  return [
    group('roots', roots.length, roots.map(rootRow)),
    group('page tables', tables.length, tables.map(tableRow)),
    group('pending halves', pending.length, pending),
    group('refused entries', refused.length, refused),
  ];
}

function group(name: string, count: number, rows: readonly Row[]): Row {
  return { name, value: count === 0 ? 'none' : String(count), children: listOf(rows) };
}

function rootRow({ type, pdps, references, engines, shadowed }: Root, index: number): Row {
  const users = engines.length === 0 ? 'used by no engine' : `used by ${engines.join(', ')}`;
  const state = shadowed ? 'shadowed' : 'not shadowed since the reset';
  return {
    name: `${index}: ${type}`,
    value: `${pdps.map((pdp) => hex(pdp)).join(' ')}, ${state}, ${counted(references)}, ${users}`,
    children: listOf(
      pdps.map((pdp, at) => ({
        name: `pdp[${at}]`,
        value: hex(pdp),
        memory: { space: 'memory', address: pdp },
      })),
    ),
  };
}

function tableRow(table: Table): Row {
  const { address, type, references, pages64K, certain, pending, refused } = table;
  const words = [
    type,
    counted(references),
    protectionText(table),
    ...(pages64K ? ['64K pages'] : []),
    ...(pending.length > 0 ? [`${pending.length} pending`] : []),
    ...(refused.length > 0 ? [`${refused.length} refused`] : []),
  ];
  return {
    name: hex(address),
    value: words.join(', '),
    type: 'guest physical page',
    memory: { space: 'memory', address },
    children: listOf([
      { name: 'type', value: type },
      { name: 'references', value: String(references) },
      { name: 'write protection', value: protectionText(table) },
      { name: 'certain', value: certain ? 'yes' : UNCERTAIN },
      ...pending.map((entry) => entryRow(entry)),
      ...refused.map((entry) => entryRow(entry)),
    ]),
  };
}

const UNCERTAIN =
  'no: it may have left its tree unseen, as a recording shows only what engines use';

function protectionText(table: Table): string {
  return table.protected ? 'write-protected' : 'not protected';
}

/** In a list of several tables' entries the name says whose it is. */
function entryRow({ index, guest, shadow }: Entry, table?: Table): Row {
  const whose = table === undefined ? 'entry ' : `${table.type} ${hex(table.address)} entry `;
  return {
    name: `${whose}${index}`,
    value: `guest ${formatValue(guest, 8)}, shadow ${formatValue(shadow, 8)}`,
  };
}

function counted(references: number): string {
  return references === 1 ? '1 reference' : `${references} references`;
}
