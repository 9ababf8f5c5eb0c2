/** Transparency by colour ranges (SKL PRM vol 9): what the three bits in dword 0 of a CHROMA command choose. */
export interface Chroma {
  /** The pixel that is looked at: the source (of a pattern command the pattern), or the destination. */
  readonly of: 'source' | 'destination';
  /** Whether a pixel of that colour lets the write through. */
  readonly writes: (value: number) => boolean;
}

type Component = readonly [shift: number, mask: number];

/** Components by colour depth, alpha last. */
const COMPONENTS: readonly (readonly Component[])[] = [
  [[0, 0xff]],
  [
    [11, 0x1f],
    [5, 0x3f],
    [0, 0x1f],
  ],
  [
    [10, 0x1f],
    [5, 0x1f],
    [0, 0x1f],
    [15, 1],
  ],
  [
    [16, 0xff],
    [8, 0xff],
    [0, 0xff],
    [24, 0xff],
  ],
];
const COLOURS_WITHOUT_ALPHA = 3;

/**
 * Modes: 1 and 3 write where the source is outside of the range (3: alpha counts too), 5 and 7 where the destination
 * is inside of it (5: alpha counts too); others do nothing. Each component has a range of its own.
 */
export function chromaOf(
  mode: number,
  depth: number,
  low: number,
  high: number,
): Chroma | undefined {
  if ((mode & 1) === 0) return undefined;
  const all = COMPONENTS[depth] ?? [];
  const withAlpha = mode === 3 || mode === 5;
  const components = withAlpha ? all : all.slice(0, COLOURS_WITHOUT_ALPHA);
  const inside = (value: number) =>
    components.every(([shift, mask]) => {
      const part = (value >>> shift) & mask;
      return part >= ((low >>> shift) & mask) && part <= ((high >>> shift) & mask);
    });
  if (mode >= 5) return { of: 'destination', writes: inside };
  return { of: 'source', writes: (value) => !inside(value) };
}
