import type { PteView, TimelineSession, WalkStep } from '../../timeline/index.ts';
import { knownAddress } from '../evaluate-expression.ts';
import { formatValue, hex } from './format.ts';
import { type Container, type IndexedRows, listOf, type Row } from './row.ts';

/** A GGTT of 8 MiB has this many entries of 8 bytes (gvt-facts §5.1). */
export const GGTT_ENTRIES = 0x100000;
const PAGE_BYTES = 0x1000;

/** Chooses which graphics address the `walk` row walks; kept while the recording moves. */
export interface WalkChoice {
  address: number | undefined;
}

/** The global graphics translation table, entry by entry, and the walk of an address. */
export function ggttContainer(session: TimelineSession, choice: WalkChoice): Container {
  return {
    rows: async () => {
      const usual = await accessedAddress(session);
      return [await walkRow(session, choice, { space: 'ggtt' }, usual)];
    },
    indexed: ggttEntries(session),
  };
}

export function ggttEntries(session: TimelineSession): IndexedRows {
  return {
    count: GGTT_ENTRIES,
    rows: async (start, count) =>
      (await session.inspect({ kind: 'ggtt', start, count })).map(pteRow),
    indexOf: (name) => {
      const match = /^\[0x([0-9a-f]{1,8})\]$/i.exec(name);
      return match === null
        ? undefined
        : Math.floor(Number.parseInt(match[1] ?? '', 16) / PAGE_BYTES);
    },
  };
}

function pteRow(pte: PteView): Row {
  const address = pte.graphicsAddress;
  const expression = `ggtt[${hex(address)}]`;
  return {
    name: `[${hex(address, 8)}]`,
    value: pteText(pte),
    type: 'GGTT entry',
    expression,
    settable: true,
    target: { space: 'ggtt', address, size: 8 },
    memory: { space: 'ggtt', address },
    children: listOf([
      { name: 'present', value: pte.present ? '1' : '0' },
      { name: 'frame', value: hex(pte.frame), memory: { space: 'memory', address: pte.frame } },
      { name: 'owner', value: pte.owner },
      { name: 'target', value: pte.target },
    ]),
  };
}

/** The entry itself stands last: views are narrow, and sixteen digits would push out what they mean. */
function pteText(pte: PteView): string {
  const entry = formatValue(pte.entry, 8);
  const owner = pte.owner === 'not owned' ? 'not owned' : `own ${pte.owner}`;
  if (!pte.entry.known) return `unknown, ${owner}`;
  if (!pte.present) return `not present, ${owner}, ${entry}`;
  return `→ ${hex(pte.frame)} ${pte.target}, ${owner}, ${entry}`;
}

/** Setting the row to another address walks that one; `usual` is walked until then. */
export async function walkRow(
  session: TimelineSession,
  choice: WalkChoice,
  tables: { readonly space: 'ggtt' | 'ppgtt'; readonly root?: string },
  usual: number | undefined,
): Promise<Row> {
  const address = choice.address ?? usual ?? 0;
  const steps = await session.inspect({ kind: 'walk', ...tables, address });
  return {
    name: 'walk',
    value: `${hex(address)}: ${steps.at(-1)?.result ?? 'outside of the table'}`,
    type: 'set this to a graphics address to walk it',
    ...(tables.space === 'ggtt' ? { memory: { space: 'ggtt', address } as const } : {}),
    children: listOf(walkRows(steps)),
    assign: async (text) => {
      choice.address = await knownAddress(session, text);
    },
  };
}

export function walkRows(steps: readonly WalkStep[]): readonly Row[] {
  return steps.map((step, depth) => ({
    name: `${depth + 1}. ${step.level}[${step.index}]`,
    value: `${formatValue(step.entry, 8)} ${step.result}`,
    memory: { space: 'memory', address: step.tableAddress },
  }));
}

/** The graphics address that the present access concerns: through the aperture, or an entry of the table. */
async function accessedAddress(session: TimelineSession): Promise<number | undefined> {
  const access = await session.inspect({ kind: 'access' });
  if (access?.space === 'aperture') return access.offset;
  const inTable = access?.space === 'mmio' && access.offset >= 0x800000;
  return inTable ? Math.floor((access.offset - 0x800000) / 8) * PAGE_BYTES : undefined;
}
