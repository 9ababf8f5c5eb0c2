import type { BlockView, TimelineSession } from '../../timeline/index.ts';
import { accessRows } from './access-rows.ts';
import type { NumberFormat } from './format.ts';
import { ggttContainer, type WalkChoice } from './ggtt-rows.ts';
import { interruptRows } from './interrupt-rows.ts';
import { blockRows, registerRows } from './register-rows.ts';
import type { Container, Row } from './row.ts';

export interface ScopeView {
  readonly name: string;
  readonly hint?: 'locals' | 'registers';
  /** Opened only when the user asks: there is much of it. */
  readonly expensive: boolean;
  readonly container: Container;
}

/** What can be looked into at the present moment, most wanted first. */
export function scopesOf(
  session: TimelineSession,
  format: NumberFormat,
  walk: WalkChoice,
): readonly ScopeView[] {
  const blocks = (kind: BlockView['kind']): Container => ({
    rows: async () =>
      (await session.inspect({ kind: 'blocks' }))
        .filter((block) => block.kind === kind)
        .map((block) => blockRow(session, block, format)),
  });
  const scope = (name: string, container: Container, expensive = false): ScopeView => ({
    name,
    expensive,
    container,
  });
  return [
    { ...scope('Access', { rows: () => accessRows(session, format) }), hint: 'locals' },
    scope('Engines', blocks('engine')),
    { ...scope('Registers', blocks('block')), hint: 'registers' },
    scope('GGTT', ggttContainer(session, walk), true),
    scope('Interrupts', { rows: () => interruptRows(session) }),
    scope('PVINFO', { rows: () => pvinfoRows(session, format) }),
    scope('Config', {
      rows: async () =>
        registerRows(session, await session.inspect({ kind: 'config' }), format, {
          space: 'config',
        }),
    }),
  ];
}

function blockRow(session: TimelineSession, block: BlockView, format: NumberFormat): Row {
  return {
    name: block.name,
    value: `${block.registers} registers`,
    children: { rows: () => blockRows(session, block.name, format) },
  };
}

const RESERVED = /_RESERVED_/;

/** Most of the page is reserved: those dwords stand in a group of their own below the ones that say something. */
async function pvinfoRows(session: TimelineSession, format: NumberFormat): Promise<readonly Row[]> {
  const registers = await session.inspect({ kind: 'pvinfo' });
  const reserved = registers.filter(({ name }) => RESERVED.test(name));
  const others = registers.filter(({ name }) => !RESERVED.test(name));
  const rows = registerRows(session, others, format);
  if (reserved.length === 0) return rows;
  const children = { rows: async () => registerRows(session, reserved, format) };
  return [...rows, { name: 'reserved', value: `${reserved.length} dwords`, children }];
}
