import type { AccessRun, RunProgress } from '../access-columns.ts';
import type { Core } from '../core.ts';
import { isGgttOffset, readGgtt, writeGgtt, writeGgttPair } from '../gtt/ggtt.ts';
import { hooksOf } from '../hooks.ts';
import { hearsRegister } from '../listener-interest.ts';
import { isPvinfo } from '../pvinfo/pvinfo.ts';
import { ALL_BYTES, readRegister, writeRegister } from './mmio-access.ts';
import { MMIO_SIZE } from './register-map.ts';

/**
 * Guest accesses of dwords in BAR0, as `readMmio` and `writeMmio` do them one by one: recordings have hundreds of
 * thousands at one time, GGTT entries and a bus that is driven by hand. What reads answer is for nobody. It ends before
 * an access at an odd place, and behind one that gave an engine work, or at which a listener said so, unless whoever
 * looks at it then lets it pass.
 */
export function runAccesses(
  core: Core,
  { kinds, write, offsets, values }: AccessRun,
  first: number,
  end: number,
  progress: RunProgress,
): number {
  const { registers } = core;
  const { indexOfDword } = registers.map;
  const { silent, settle } = hooksOf(registers.map);
  for (let at = first; at < end; at++) {
    const offset = offsets[at] ?? 0;
    if ((offset & 3) !== 0) return at - first;
    const isWrite = kinds[at] === write;
    if (offset < MMIO_SIZE) {
      progress.accesses++;
      const index = indexOfDword[offset >>> 2] ?? 0;
      if (isWrite) {
        const settled = settle[index];
        if (settled !== undefined && storesOnly(core, offset)) {
          registers.set(offset, settled(values[at] ?? 0, registers.get(offset)));
          if (!progress.halted) continue;
        } else writeRegister(core, offset, values[at] ?? 0, ALL_BYTES);
      } else if (silent[index] !== 1 || isPvinfo(offset)) readRegister(core, offset);
      else continue;
    } else if (isGgttOffset(offset)) {
      // Drivers write an entry's low half, then its high one.
      const next = at + 1;
      if (isWrite && (offset & 7) === 0 && next < end && offsets[next] === offset + 4) {
        const isPair = kinds[next] === write;
        if (isPair && writeGgttPair(core, offset, values[at] ?? 0, values[next] ?? 0)) {
          progress.accesses += 2;
          at++;
          continue;
        }
      }
      progress.accesses++;
      if (isWrite) writeGgtt(core, offset, 4, values[at] ?? 0, 0);
      else readGgtt(core, offset, 4);
    } else return at - first;
    if (core.state.engines.work) return at + 1 - first;
    if (progress.halted && progress.passes?.() !== true) return at + 1 - first;
  }
  return end - first;
}

/** Whether nobody sees what the register holds for a moment, and writes have their rules. */
function storesOnly({ state, listener }: Core, offset: number): boolean {
  if (state.failsafe >= 0) return false;
  return listener?.interest?.settled === true || !hearsRegister(listener, offset >>> 2);
}
