import type { BulkMemory } from '../../bulk-memory.ts';
import { announce, type Box, type PixelBytes, pixelAddress, type Surface } from './surface.ts';

/** A pixel that is not written at all. */
export const TRANSPARENT = -1;

/** A source or pattern: first all that it needs is announced, then it gives a colour for each destination pixel. */
export interface Operand {
  /** False where the engine has stalled. `box` is what is drawn, in destination coordinates. */
  readonly prepare: (memory: BulkMemory, box: Box) => boolean;
  readonly colour: (memory: BulkMemory, x: number, y: number) => number;
  /** Some of its pixels are `TRANSPARENT`. */
  readonly transparent?: boolean;
}

const ready = (): boolean => true;

/** One colour. */
export function solid(value: number): Operand {
  return { prepare: ready, colour: () => value };
}

/** Pixels of a surface; `x` and `y` are how far it lies to the right of the destination, and below. */
export function colourSource(from: Surface, x: number, y: number): Operand {
  return {
    prepare: (memory, { left, top, right, bottom }) =>
      announce(memory, 'reading', from, {
        left: left + x,
        top: top + y,
        right: right + x,
        bottom: bottom + y,
      }),
    colour: (memory, column, row) =>
      memory.read(pixelAddress(from, column + x, row + y), from.bytes),
  };
}

/** Where the bytes of an operand come from: graphics memory, or the command itself. */
export type Bytes =
  | { readonly kind: 'memory'; readonly address: number }
  | { readonly kind: 'immediate'; readonly dwords: readonly number[] };

function prepareBytes(memory: BulkMemory, bytes: Bytes, first: number, count: number): boolean {
  return bytes.kind === 'immediate' || memory.reading(bytes.address + first, count);
}

function byteAt(memory: BulkMemory, bytes: Bytes, at: number): number {
  if (bytes.kind === 'memory') return memory.read(bytes.address + at, 1);
  return ((bytes.dwords[at >>> 2] ?? 0) >>> ((at & 3) * 8)) & 0xff;
}

/** The colours of the two values of a bit. */
export interface BitColours {
  /** `TRANSPARENT` where zeros are not drawn. */
  readonly zero: number;
  readonly one: number;
}

/** Bits for a rectangle, the highest of a byte first, as text and bitmaps come. */
export interface MonoLayout {
  /** Destination of the first bit. */
  readonly left: number;
  readonly top: number;
  /** Bits from row to row, and before the first pixel of each. */
  readonly rowBits: number;
  readonly skippedBits: number;
}

export function monoSource(bytes: Bytes, layout: MonoLayout, colours: BitColours): Operand {
  const bitOf = (x: number, y: number) =>
    (y - layout.top) * layout.rowBits + layout.skippedBits + x - layout.left;
  return {
    prepare: (memory, { left, top, right, bottom }) => {
      for (let y = top; y < bottom; y++) {
        const [first, last] = [bitOf(left, y) >>> 3, bitOf(right - 1, y) >>> 3];
        if (!prepareBytes(memory, bytes, first, last - first + 1)) return false;
      }
      return true;
    },
    colour: (memory, x, y) => {
      const bit = bitOf(x, y);
      const set = (byteAt(memory, bytes, bit >>> 3) >>> (7 - (bit & 7))) & 1;
      return set === 0 ? colours.zero : colours.one;
    },
    transparent: colours.zero === TRANSPARENT,
  };
}

/** How far an 8 by 8 pattern is shifted against the destination's coordinates. */
export interface Seed {
  readonly x: number;
  readonly y: number;
}

export function colourPattern(bytes: Bytes, pixel: PixelBytes, seed: Seed): Operand {
  const size = 64 * pixel;
  return {
    prepare: (memory) => prepareBytes(memory, bytes, 0, size),
    colour: (memory, x, y) => {
      const at = (((y + seed.y) & 7) * 8 + ((x + seed.x) & 7)) * pixel;
      let value = 0;
      for (let i = 0; i < pixel; i++) value |= byteAt(memory, bytes, at + i) << (i * 8);
      return value >>> 0;
    },
  };
}

/** Two dwords: a byte for each row, the highest bit to the left. */
export function monoPattern(low: number, high: number, colours: BitColours, seed: Seed): Operand {
  return {
    prepare: ready,
    colour: (_, x, y) => {
      const row = (y + seed.y) & 7;
      const bits = (row < 4 ? low : high) >>> ((row & 3) * 8);
      return ((bits >>> (7 - ((x + seed.x) & 7))) & 1) === 0 ? colours.zero : colours.one;
    },
    transparent: colours.zero === TRANSPARENT,
  };
}
