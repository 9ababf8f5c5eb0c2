import { type Core, fault, hex } from '../core.ts';
import type { Answer } from '../device-model.ts';
import { ownerOf } from '../partition.ts';
import { UNKNOWN } from '../state/guest-memory.ts';
import { translateGgtt } from './ggtt.ts';
import { hasHalf } from './ggtt-halves.ts';

/** A guest read through BAR2; `address` is the graphics address. Unknown where nothing is mapped. */
export function readAperture(core: Core, address: number, size: number): Answer {
  const at = locate(core, address);
  return at === undefined ? UNKNOWN : core.memory.fetchValue(at, size);
}

/** A guest write through BAR2. Dropped, with a fault, where nothing is mapped. */
export function writeAperture(
  core: Core,
  address: number,
  size: number,
  low: number,
  high: number,
): void {
  const at = locate(core, address);
  if (at === undefined) return;
  core.memory.storeValue(at, size, low, high);
  if (core.listener) core.listener.memoryWritten?.(at, size);
}

function locate(core: Core, address: number): number | undefined {
  if (ownerOf(core.config.partition, address) !== 'aperture') {
    fault(
      core,
      'aperture-out-of-range',
      () => `aperture access at ${hex(address)}, outside the own slice`,
      { graphics: address },
    );
    return undefined;
  }
  const at = translateGgtt(core, address);
  if (at === undefined) {
    const half = hasHalf(core.state.ggttHalves, address >>> 12);
    fault(
      core,
      half ? 'ggtt-half-entry' : 'aperture-unmapped',
      () => `no whole, present GGTT entry for ${hex(address)}`,
      { graphics: address, space: 'ggtt' },
    );
  }
  return at;
}
