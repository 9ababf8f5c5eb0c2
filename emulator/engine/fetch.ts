import type { CommandRow } from '../command/command-row.ts';
import { commandTable, lengthOf } from '../command/command-table.ts';
import { fault, hex } from '../core.ts';
import type { CommandEvent } from '../device-model.ts';
import { type Engine, headOffset, RING, ringGet, ringSize } from './engine.ts';
import type { Batch, EngineState, GpuSpace } from './engine-state.ts';
import { readGpu, translate } from './gpu-memory.ts';

/** A command that is about to be executed. */
export interface FetchedCommand {
  readonly row: CommandRow;
  /** All of it; unsigned. */
  readonly dwords: readonly number[];
  readonly event: CommandEvent;
}

/** Where the next command stands. */
export interface CommandPlace {
  readonly level: CommandEvent['level'];
  readonly space: GpuSpace;
  /** Graphics address. */
  readonly address: number;
  /** Bytes from the ring's start; 0 in batches. */
  readonly offset: number;
}

/** Batches that commands still come from: one with a length may have come to its end. */
export function openBatches({ batches }: EngineState): readonly Batch[] {
  const top = batches.at(-1);
  const over = top !== undefined && top.end >= 0 && top.address >= top.end;
  return over ? batches.slice(0, -1) : batches;
}

export function nextPlace(engine: Engine): CommandPlace {
  const top = openBatches(engine.state).at(-1);
  if (top !== undefined) {
    return { level: top.kind, space: top.space, address: top.address, offset: 0 };
  }
  const offset = headOffset(engine);
  return { level: 'ring', space: 'ggtt', address: ringStart(engine) + offset, offset };
}

/** Reads the whole next command. Undefined where the engine stalls: nothing to read, or no command. */
export function fetchCommand(engine: Engine): FetchedCommand | undefined {
  const place = nextPlace(engine);
  const { core, row: engineRow, state } = engine;
  const at = translate(engine, place.space, place.address);
  const header = typeof at === 'number' ? core.memory.fetchValue(at, 4) : undefined;
  if (typeof at !== 'number' || !header?.known) {
    sayWhy(engine, place.space, place.address);
    return undefined;
  }
  const row = commandTable(core.config.platform, engineRow.name).find(header.low);
  if (row === undefined) {
    state.stall = 'bad command';
    fault(
      core,
      'command-unknown',
      () =>
        `${engineRow.name}: ${hex(header.low)} at ${place.space} ${hex(place.address)} is no command`,
      {
        engine: engineRow.name,
        graphics: place.address,
        space: place.space,
        value: header.low,
        dwords: [header.low],
      },
    );
    return undefined;
  }
  const dwords = fetchDwords(engine, place, at, header.low, lengthOf(row, header.low));
  if (dwords === undefined) return undefined;
  const event = { engine: engineRow.name, name: row.name, ...place, dwords };
  return { row, dwords, event };
}

/** The command at `place`, whose first dword was read at the guest physical address `at`. */
function fetchDwords(
  engine: Engine,
  place: CommandPlace,
  at: number,
  first: number,
  length: number,
): number[] | undefined {
  const dwords = [first];
  if (length === 1) return dwords;
  const { memory } = engine.core;
  let page = place.address - (place.address & 0xfff);
  let frame = at - (at & 0xfff);
  for (let index = 1; index < length; index++) {
    const address = dwordAddress(engine, place, index);
    const inPage = address & 0xfff;
    if (address - inPage !== page) {
      const next = translate(engine, place.space, address);
      page = address - inPage;
      frame = typeof next === 'number' ? next - inPage : -1;
    }
    const dword = frame < 0 ? undefined : memory.fetchValue(frame + inPage, 4);
    if (dword === undefined || !dword.known) {
      sayWhy(engine, place.space, address);
      return undefined;
    }
    dwords.push(dword.low);
  }
  return dwords;
}

/** Graphics address of a command's dword: a command in the ring may go over its end. */
export function dwordAddress(engine: Engine, place: CommandPlace, index: number): number {
  if (place.level !== 'ring') return place.address + index * 4;
  return ringStart(engine) + ((place.offset + index * 4) % ringSize(engine));
}

/** Reading it once more in the general way says why it cannot be had. */
function sayWhy(engine: Engine, space: GpuSpace, address: number): void {
  readGpu(engine, space, address, 4);
}

function ringStart(engine: Engine): number {
  return (ringGet(engine, RING.start) & 0xfffff000) >>> 0;
}
