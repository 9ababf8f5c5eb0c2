import type { BlockView, TimelineSession } from '../../timeline/index.ts';
import type { Conversation } from '../conversation.ts';
import { sessionOf } from '../guest-session.ts';
import { accessRows } from './access-rows.ts';
import { commandRows } from './command-rows.ts';
import { dumpRows } from './dump-rows.ts';
import { engineRows } from './engine-rows.ts';
import type { NumberFormat } from './format.ts';
import { ggttContainer } from './ggtt-rows.ts';
import { hostRows } from './host-rows.ts';
import { interruptRows } from './interrupt-rows.ts';
import { blockRows, registerRows } from './register-rows.ts';
import { type Container, listOf, type Row } from './row.ts';
import { shadowRows } from './shadow-rows.ts';

export interface ScopeView {
  readonly name: string;
  readonly hint?: 'locals' | 'registers';
  /** Opened only when the user asks: there is much of it. */
  readonly expensive: boolean;
  readonly container: Container;
}

/**
 * What can be looked into at the present moment, most wanted first; on an engine's thread its command before all.
 * `guest`: of several, whose thread it is.
 */
export function scopesOf(
  conversation: Conversation,
  engine: string | undefined,
  guest: number | undefined,
): readonly ScopeView[] {
  const { format, program } = conversation;
  const session = sessionOf(program.session, guest);
  const command: ScopeView[] =
    engine === undefined
      ? []
      : [
          {
            ...scope('Command', { rows: () => commandRows(program.session, engine) }),
            hint: 'locals',
          },
        ];
  const { dump, model, onHost } = program;
  const isVgpu = model !== 'recorded';
  const goesOn = model !== 'captured' && dump === undefined;
  const config = async () =>
    registerRows(session, await session.inspect({ kind: 'config' }), format, { space: 'config' });
  return [
    ...command,
    ...(dump === undefined ? [] : [scope('Dump', listOf(dumpRows(dump)))]),
    ...(goesOn ? [accessScope(session, format)] : []),
    ...(isVgpu ? [scope('Engines', { rows: () => allEngines(conversation, session) })] : []),
    { ...scope('Registers', { rows: () => otherBlocks(session, format) }), hint: 'registers' },
    ...(isVgpu ? vgpuScopes(conversation, session) : []),
    scope('Config', { rows: config }),
    ...(isVgpu && goesOn ? [scope('Shadow page tables', { rows: () => shadowRows(session) })] : []),
    ...(onHost ? [scope('Host', { rows: () => hostRows(session) })] : []),
  ];
}

function scope(name: string, container: Container, expensive = false): ScopeView {
  return { name, expensive, container };
}

function accessScope(session: TimelineSession, format: NumberFormat): ScopeView {
  return { ...scope('Access', { rows: () => accessRows(session, format) }), hint: 'locals' };
}

/** What only an Intel GPU has. */
function vgpuScopes(
  { format, walk }: Conversation,
  session: TimelineSession,
): readonly ScopeView[] {
  return [
    scope('GGTT', ggttContainer(session, walk), true),
    scope('Interrupts', { rows: () => interruptRows(session) }),
    scope('PVINFO', { rows: () => pvinfoRows(session, format) }),
  ];
}

async function allEngines(
  { format, engineWalks }: Conversation,
  session: TimelineSession,
): Promise<readonly Row[]> {
  const blocks = await session.inspect({ kind: 'blocks' });
  const engines = blocks.filter(({ kind }) => kind === 'engine');
  const walkOf = (name: string) => {
    const known = engineWalks.get(name) ?? { address: undefined };
    engineWalks.set(name, known);
    return known;
  };
  const views = await session.inspect({ kind: 'engines' });
  return engineRows(session, format, engines, views, walkOf);
}

async function otherBlocks(session: TimelineSession, format: NumberFormat) {
  const blocks = await session.inspect({ kind: 'blocks' });
  return blocks
    .filter(({ kind }) => kind === 'block')
    .map((block) => blockRow(session, block, format));
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
