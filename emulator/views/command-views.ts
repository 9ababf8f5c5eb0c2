import { commandTable, lengthOf } from '../command/command-table.ts';
import { decodeCommand } from '../command/decode.ts';
import { disassemble } from '../command/disassembly.ts';
import { type Core, hex } from '../core.ts';
import type { Engine } from '../engine/engine.ts';
import { peekGpu } from '../engine/peek-command.ts';
import { fieldCatalog } from '../fields/field-catalog.ts';
import { fieldsLine } from '../fields/fields-line.ts';
import type { CommandRange, CommandValue } from './engine-view-types.ts';
import { engineNamed } from './engine-views.ts';
import { registerName } from './register-name.ts';

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

function commandAt(engine: Engine, range: CommandRange, address: number): CommandValue {
  const header = peekGpu(engine, range.space, address);
  if (header === undefined) return { address, bytes: 4, text: 'memory unknown', dwords: [] };
  const row = commandTable(engine.core.config.platform, engine.row.name).find(header);
  if (row === undefined) {
    return { address, bytes: 4, text: `${hex(header)} is no command`, dwords: [header] };
  }
  const dwords = dwordsFrom(engine, range, address, header, lengthOf(row, header));
  const text = disassemble(
    row,
    dwords,
    (offset) => registerName(engine, offset),
    () => catalogLine(engine, dwords),
  );
  const view = { address, bytes: lengthOf(row, header) * 4, text, name: row.name, dwords };
  if (range.decode !== true) return view;
  const { fields, addresses } = decodeCommand(row, dwords);
  return { ...view, fields, addresses };
}

function catalogLine({ core, row }: Engine, dwords: readonly number[]): string | undefined {
  const catalog = fieldCatalog(core.config.platform);
  return catalog === undefined ? undefined : fieldsLine(catalog, dwords, row.name);
}

function dwordsFrom(
  engine: Engine,
  { space, ring }: CommandRange,
  address: number,
  header: number,
  length: number,
): number[] {
  const dwords = [header];
  for (let index = 1; index < Math.min(length, MOST_DWORDS); index++) {
    let at = address + index * 4;
    if (ring !== undefined && at >= ring.start + ring.size) at -= ring.size;
    const dword = peekGpu(engine, space, at);
    if (dword === undefined) break;
    dwords.push(dword);
  }
  return dwords;
}
