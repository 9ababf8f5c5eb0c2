import { fault } from '../../core.ts';
import { flipByCommand } from '../../display/flip.ts';
import { hasQuirk } from '../../quirks.ts';
import { noteEffect } from '../pace.ts';
import type { Execute } from './command.ts';
import { dwordAt } from './operands.ts';

/** Planes by bits 12:8 on Gen9 (gvt-facts §10.4): pipe and plane. */
const GEN9_PLANES: Readonly<Record<number, readonly [pipe: number, plane: number]>> = {
  0: [0, 0],
  1: [1, 0],
  2: [2, 0],
  4: [0, 1],
  5: [1, 1],
  6: [2, 1],
};
/** By bits 21:19 on Broadwell. */
const GEN8_PLANES: Readonly<Record<number, readonly [pipe: number, plane: number]>> = {
  0: [0, 0],
  1: [1, 0],
  2: [0, 1],
  3: [1, 1],
  4: [2, 0],
  5: [2, 1],
};

/** Surface, stride and tiling of a plane; done with the next vblank, or at once (flip type 1). */
export const executeDisplayFlip: Execute = (engine, dwords) => {
  const { core, row } = engine;
  const header = dwordAt(dwords, 0);
  const gen8 = core.config.platform === 'bdw';
  const code = gen8 ? (header >>> 19) & 7 : (header >>> 8) & 0x1f;
  const plane = (gen8 ? GEN8_PLANES : GEN9_PLANES)[code];
  // GVT-g shifts the field down and compares it with codes that are not (gvt-facts §10.4): only 0 is found.
  const missed = !gen8 && code !== 0 && hasQuirk(core.config, 'skl-flip-plane-1a-only');
  if (plane === undefined || missed) {
    const message = () => `${row.name}: MI_DISPLAY_FLIP of plane ${code}`;
    fault(core, 'command-unimplemented', message, { engine: row.name, dwords });
    return;
  }
  flipByCommand(core, plane, { stride: dwordAt(dwords, 1), surface: dwordAt(dwords, 2) });
  noteEffect(engine);
};
