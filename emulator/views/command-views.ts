import { commandTable, lengthOf } from '../command/command-table.ts';
import { type Core, hex } from '../core.ts';
import type { Engine } from '../engine/engine.ts';
import { peekGpu } from '../engine/peek-command.ts';
import type { CommandRange, CommandValue } from './engine-view-types.ts';
import { engineNamed } from './engine-views.ts';

/** Dwords of one command that are read at most. */
const MOST_DWORDS = 256;
const BATCH_BUFFER_END = 'MI_BATCH_BUFFER_END';

/** Commands in order, as they stand in memory; ends behind the batch's end, or at what cannot be read. */
export function commandViews(core: Core, range: CommandRange): CommandValue[] {
  const engine = engineNamed(core, range.engine);
  if (engine === undefined) return [];
  const { end, ring, most } = range;
  const views: CommandValue[] = [];
  let { address } = range;
  while (views.length < most && address !== end) {
    const view = commandAt(engine, range, address);
    views.push(view);
    if (view.name === undefined) break;
    if (ring === undefined && view.name === BATCH_BUFFER_END) break;
    address += view.bytes;
    if (ring !== undefined && address >= ring.start + ring.size) address -= ring.size;
    else if (ring === undefined && end !== undefined && address > end) break;
  }
  return views;
}

function commandAt(engine: Engine, { space, ring }: CommandRange, address: number): CommandValue {
  const header = peekGpu(engine, space, address);
  if (header === undefined) return { address, bytes: 4, text: 'memory unknown', dwords: [] };
  const row = commandTable(engine.core.config.platform, engine.row.name).find(header);
  if (row === undefined) {
    return { address, bytes: 4, text: `${hex(header)} is no command`, dwords: [header] };
  }
  const length = lengthOf(row, header);
  const dwords = [header];
  for (let index = 1; index < Math.min(length, MOST_DWORDS); index++) {
    let at = address + index * 4;
    if (ring !== undefined && at >= ring.start + ring.size) at -= ring.size;
    const dword = peekGpu(engine, space, at);
    if (dword === undefined) break;
    dwords.push(dword);
  }
  return { address, bytes: length * 4, text: textOf(row.name, dwords), name: row.name, dwords };
}

function textOf(name: string, dwords: readonly number[]): string {
  const shown = dwords.map((dword) => dword.toString(16).padStart(8, '0'));
  return `${name}  ${shown.join(' ')}`;
}
