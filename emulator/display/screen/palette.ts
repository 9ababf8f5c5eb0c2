import type { Core } from '../../core.ts';
import { packed } from './pixel-format.ts';

/** Legacy palette and gamma mode of pipe A (gvt-facts §2.1). */
const PALETTE = 0x4a000;
const GAMMA_MODE = 0x4a480;
const STEP = 0x800;
const ENTRIES = 256;

/** The colours of a pipe's legacy palette. */
export function paletteOf(core: Core, pipe: number): Uint32Array {
  const palette = new Uint32Array(ENTRIES);
  for (let index = 0; index < ENTRIES; index++) {
    const entry = core.registers.get(PALETTE + pipe * STEP + index * 4);
    palette[index] = packed((entry >>> 16) & 0xff, (entry >>> 8) & 0xff, entry & 0xff);
  }
  return palette;
}

/** The legacy palette serves as gamma table, each component looked up by itself; else tables that are not kept. */
export function hasLegacyGamma(core: Core, pipe: number): boolean {
  return (core.registers.get(GAMMA_MODE + pipe * STEP) & 3) === 0;
}

/** The colour, alpha aside, through the gamma table. */
export function throughGamma(palette: Uint32Array, colour: number): number {
  const red = (palette[colour & 0xff] ?? 0) & 0xff;
  const green = (palette[(colour >>> 8) & 0xff] ?? 0) & 0xff00;
  const blue = (palette[(colour >>> 16) & 0xff] ?? 0) & 0xff0000;
  return ((colour & 0xff000000) | blue | green | red) >>> 0;
}
