import type { CommandRow } from '../command/command-row.ts';
import { commandTable, lengthOf } from '../command/command-table.ts';
import type { CommandEvent } from '../device-model.ts';
import { translateGgtt } from '../gtt/ggtt.ts';
import { walkPpgtt } from '../gtt/ppgtt-walk.ts';
import type { Engine } from './engine.ts';
import type { GpuSpace } from './engine-state.ts';
import { dwordAddress, nextPlace } from './fetch.ts';
import { rootOf } from './gpu-memory.ts';

/** A dword in graphics memory without disturbing anything; undefined where it is not mapped or not known. */
export function peekGpu(engine: Engine, space: GpuSpace, address: number): number | undefined {
  const at = peekTranslate(engine, space, address);
  if (at === undefined) return undefined;
  const answer = engine.core.memory.readValue(at, 4);
  return answer.known ? answer.low : undefined;
}

function peekTranslate(engine: Engine, space: GpuSpace, address: number): number | undefined {
  if (space === 'ggtt') return translateGgtt(engine.core, address);
  const { outcome } = walkPpgtt(engine.core, rootOf(engine), address);
  return outcome.kind === 'mapped' ? outcome.address : undefined;
}

/** What the next command of an engine is; undefined where it cannot be seen, or is none. */
export function peekCommandRow(engine: Engine): CommandRow | undefined {
  const place = nextPlace(engine);
  const header = peekGpu(engine, place.space, place.address);
  if (header === undefined) return undefined;
  return commandTable(engine.core.config.platform, engine.row.name).find(header);
}

/** Dwords of a command that a view shows at most. */
const MOST_DWORDS = 256;

/** The next command of an engine as it stands in memory; undefined where it cannot be seen. */
export function peekCommand(engine: Engine): CommandEvent | undefined {
  const place = nextPlace(engine);
  const header = peekGpu(engine, place.space, place.address);
  if (header === undefined) return undefined;
  const row = commandTable(engine.core.config.platform, engine.row.name).find(header);
  const length = row === undefined ? 1 : Math.min(lengthOf(row, header), MOST_DWORDS);
  const dwords = [header];
  for (let index = 1; index < length; index++) {
    const dword = peekGpu(engine, place.space, dwordAddress(engine, place, index));
    if (dword === undefined) break;
    dwords.push(dword);
  }
  return { engine: engine.row.name, name: row?.name ?? 'unknown command', ...place, dwords };
}
