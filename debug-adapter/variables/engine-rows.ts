import {
  type EngineDetail,
  type EngineView,
  stallText,
  type TimelineSession,
} from '../../timeline/index.ts';
import { csbRows, imageRows, statusPageRows } from './engine-detail-rows.ts';
import { hex, type NumberFormat } from './format.ts';
import { type WalkChoice, walkRow } from './ggtt-rows.ts';
import { blockRows } from './register-rows.ts';
import { listOf, type Row } from './row.ts';

type Pair = NonNullable<EngineView['running']>;

/** How the engines of a device stand: what each does, its contexts and tables, then its registers. */
export function engineRows(
  session: TimelineSession,
  format: NumberFormat,
  blocks: readonly { readonly name: string; readonly registers: number }[],
  views: readonly EngineView[],
  walkOf: (engine: string) => WalkChoice,
): readonly Row[] {
  return blocks.map(({ name, registers }): Row => {
    const view = views.find((each) => each.name === name);
    const state = view === undefined ? [] : stateRows(session, view, walkOf(name));
    const doing = view === undefined ? '' : `${doingText(view)}, `;
    const rows = async () => [...state, ...(await blockRows(session, name, format))];
    return { name, value: `${doing}${registers} registers`, children: { rows } };
  });
}

/** `idle`, `runs context 0x37fe6000`, `runs the ring, waits for a semaphore`. */
function doingText({ phase, stall, running }: EngineView): string {
  if (phase === 'idle') return 'idle';
  const context = running?.contexts[running.current];
  const what = context === undefined ? 'the ring' : `context ${hex(context.lrca)}`;
  const verb = phase === 'restore' ? 'loads' : 'runs';
  return stall === 'none' ? `${verb} ${what}` : `${verb} ${what}, ${stallText(stall)}`;
}

function stateRows(session: TimelineSession, view: EngineView, walk: WalkChoice): readonly Row[] {
  const rows: Row[] = [{ name: 'state', value: doingText(view), children: listOf(factRows(view)) }];
  if (view.running !== undefined) rows.push(pairRow('running', view.running));
  if (view.pending !== undefined) rows.push(pairRow('pending', view.pending));
  return [...rows, ...detailRows(session, view, walk)];
}

function factRows({ phase, stall, budget, submission, levels }: EngineView): readonly Row[] {
  const places = levels.map(({ kind, address, space }, depth) => ({
    name: `${depth}: ${kind}`,
    value: `next command at ${hex(address)}`,
    type: space,
    ...(space === 'ggtt' ? { memory: { space, address } as const } : {}),
  }));
  return [
    { name: 'phase', value: phase },
    { name: 'stall', value: stall },
    { name: 'budget', value: String(budget), type: 'commands left in this millisecond' },
    { name: 'submission', value: submission },
    ...places,
  ];
}

function pairRow(name: string, { contexts, current, slot }: Pair): Row {
  const children = contexts.map(({ lrca, id, levels }, index): Row => {
    const present = name === 'running' && index === current ? ', present' : '';
    return {
      name: `element ${index}`,
      value: `context ${hex(lrca)}, id ${hex(id)}, ${levels}-level PPGTT${present}`,
      memory: { space: 'ggtt', address: lrca },
    };
  });
  const value = contexts.map(({ lrca }) => hex(lrca)).join(', ');
  return { name, value: `${value} in slot ${slot}`, children: listOf(children) };
}

/** Read when they are opened. */
function detailRows(
  session: TimelineSession,
  { name, running }: EngineView,
  walk: WalkChoice,
): readonly Row[] {
  const opened = (rows: (detail: EngineDetail) => readonly Row[]) => ({
    rows: async () => {
      const detail = await session.inspect({ kind: 'engine', name });
      return detail === undefined ? [] : rows(detail);
    },
  });
  const always: Row[] = [
    { name: 'context status buffer', value: '6 entries', children: opened(csbRows) },
    { name: 'status page', value: 'as drivers read it', children: opened(statusPageRows) },
  ];
  if (running === undefined) return always;
  const context = running.contexts[running.current];
  return [
    {
      name: 'context image',
      value: `at ${hex(context?.lrca ?? 0)}`,
      children: opened(imageRows),
    },
    ...always,
    {
      name: 'PPGTT',
      value: `${context?.levels ?? 4} levels`,
      children: { rows: () => ppgttRows(session, name, walk) },
    },
  ];
}

async function ppgttRows(
  session: TimelineSession,
  name: string,
  walk: WalkChoice,
): Promise<readonly Row[]> {
  const detail = await session.inspect({ kind: 'engine', name });
  const command = await session.inspect({ kind: 'command', engine: name });
  const usual = command?.space === 'ppgtt' ? command.address : 0;
  const walked = await walkRow(session, walk, { space: 'ppgtt', root: name }, usual);
  const { ppgtt } = detail ?? {};
  const roots = (ppgtt?.roots ?? []).map((address, index) => ({
    name: ppgtt?.levels === 4 ? 'PML4' : `PDP${index}`,
    value: hex(address),
    memory: { space: 'memory' as const, address },
  }));
  const top = (ppgtt?.top ?? []).map(({ index, low, high }) => ({
    name: `PML4E[${index}]`,
    value: `${hex(high)}${low.toString(16).padStart(8, '0')}`,
    type: `addresses from ${hex(index * 2 ** 39)}`,
  }));
  return [walked, ...roots, ...top];
}
