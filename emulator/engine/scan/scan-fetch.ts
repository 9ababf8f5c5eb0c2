import { translateGgtt } from '../../gtt/ggtt.ts';
import { translatePpgtt } from '../../gtt/ppgtt-walk.ts';
import type { Engine } from '../engine.ts';
import type { GpuSpace } from '../engine-state.ts';
import { rootOf } from '../gpu-memory.ts';

/**
 * A dword of what is scanned as it is now, as the engine will have it; undefined where it is not mapped or not known.
 * Nothing stalls: the engine finds that out when it gets there.
 */
export function fetchDword(engine: Engine, space: GpuSpace, address: number): number | undefined {
  const { core } = engine;
  const at = space === 'ggtt' ? translateGgtt(core, address) : userPage(engine, address);
  const answer = at === undefined ? undefined : core.memory.fetchValue(at, 4);
  return answer?.known ? answer.low : undefined;
}

function userPage(engine: Engine, address: number): number | undefined {
  const outcome = translatePpgtt(engine.core, rootOf(engine), address, 'use');
  return outcome.kind === 'mapped' ? outcome.address : undefined;
}
