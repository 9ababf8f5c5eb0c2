import { packed } from './pixel-format.ts';
import { UNMAPPED_PIXEL } from './scanout-memory.ts';

/** A plane whose format is not drawn shows its place. */
export const UNDRAWN_PIXEL = -3;

const UNKNOWN = [packed(255, 0, 255), packed(64, 0, 64)] as const;
const UNMAPPED = [packed(255, 96, 0), packed(64, 24, 0)] as const;
const UNDRAWN = [packed(128, 128, 128), packed(96, 96, 96)] as const;

/** Squares of 8 pixels for what cannot be shown: magenta unknown memory, orange nothing mapped, grey not drawn. */
export function patternColour(missing: number, x: number, y: number): number {
  const square = ((x >> 3) + (y >> 3)) & 1;
  if (missing === UNMAPPED_PIXEL) return UNMAPPED[square] ?? 0;
  return (missing === UNDRAWN_PIXEL ? UNDRAWN : UNKNOWN)[square] ?? 0;
}
