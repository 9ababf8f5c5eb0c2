import { fault } from '../../../core.ts';
import { BulkMemory } from '../../bulk-memory.ts';
import type { Engine } from '../../engine.ts';
import { spaceFor } from '../../gpu-memory.ts';
import { spend } from '../../pace.ts';
import type { Chroma } from './chroma.ts';
import { type Operand, TRANSPARENT } from './operand.ts';
import { rasterOperation, usesDestination, usesPattern, usesSource } from './raster-operation.ts';
import { announce, type Box, isEmpty, pixelAddress, type Surface } from './surface.ts';

/** A blit, whichever command asked for it. */
export interface Blit {
  readonly destination: Surface;
  /** What is drawn: clipped. */
  readonly box: Box;
  /** Raster operation. */
  readonly operation: number;
  readonly source?: Operand | undefined;
  readonly pattern?: Operand | undefined;
  readonly chroma?: Chroma | undefined;
  /** Bits of a pixel that are written, whole bytes. */
  readonly mask: number;
  /** From the last column to the first, from the last row to the first: for copies within a surface. */
  readonly backwards?: { readonly x: boolean; readonly y: boolean };
}

const ALL_BITS = 0xffffffff;
/** Pixels of one blit: twice what i915 clears at once (32,767 rows of a page). */
const LARGEST = 2 ** 26;

/**
 * Draws. One command is one step: it either finds all that it needs, or stalls with nothing changed. Addresses are
 * the context's, also of commands in the ring: i915 clears and copies from there with PPGTT addresses.
 */
export function drawBlit(engine: Engine, blit: Blit): void {
  if (isEmpty(blit.box) || blit.mask === 0 || isRefused(engine, blit.box)) return;
  const memory = new BulkMemory(engine, spaceFor(engine, true));
  const { destination, box, operation, chroma } = blit;
  const ofSource = chroma?.of === 'source';
  const source = usesSource(operation) || hasTransparency(blit.source) ? blit.source : undefined;
  const pattern =
    usesPattern(operation) || hasTransparency(blit.pattern) ? blit.pattern : undefined;
  const operands = {
    source: ofSource ? blit.source : source,
    pattern: ofSource && !blit.source ? blit.pattern : pattern,
    readsDestination: usesDestination(operation) || chroma?.of === 'destination',
  };
  if (operands.source && !operands.source.prepare(memory, box)) return;
  if (operands.pattern && !operands.pattern.prepare(memory, box)) return;
  if (operands.readsDestination && !announce(memory, 'reading', destination, box)) return;
  if (!announce(memory, 'writing', destination, box)) return;
  memory.open();
  drawPixels(memory, blit, operands);
  memory.finish();
}

/** Too large to be drawn in one step; else its pixels are spent. */
function isRefused(engine: Engine, { left, top, right, bottom }: Box): boolean {
  const pixels = (right - left) * (bottom - top);
  if (pixels <= LARGEST) {
    spend(engine, pixels);
    return false;
  }
  engine.state.stall = 'bad command';
  const size = `${right - left} × ${bottom - top} pixels`;
  const message = () => `${engine.row.name}: a blit of ${size} is not drawn`;
  fault(engine.core, 'blit-size', message, { engine: engine.row.name });
  return true;
}

/** Operands that leave pixels out count, whatever the raster operation makes of their colours. */
function hasTransparency(operand: Operand | undefined): boolean {
  return operand?.transparent === true;
}

interface UsedOperands {
  readonly source: Operand | undefined;
  readonly pattern: Operand | undefined;
  readonly readsDestination: boolean;
}

function drawPixels(memory: BulkMemory, blit: Blit, used: UsedOperands): void {
  const { destination, box, chroma, mask, backwards } = blit;
  const { source, pattern, readsDestination } = used;
  const { bytes } = destination;
  const mix = rasterOperation(blit.operation);
  const width = box.right - box.left;
  const height = box.bottom - box.top;
  for (let row = 0; row < height; row++) {
    const y = backwards?.y ? box.bottom - 1 - row : box.top + row;
    for (let column = 0; column < width; column++) {
      const x = backwards?.x ? box.right - 1 - column : box.left + column;
      const from = source === undefined ? 0 : source.colour(memory, x, y);
      const by = pattern === undefined ? 0 : pattern.colour(memory, x, y);
      if (from === TRANSPARENT || by === TRANSPARENT) continue;
      const at = pixelAddress(destination, x, y);
      const old = readsDestination ? memory.read(at, bytes) : 0;
      if (chroma && !chroma.writes(chroma.of === 'destination' ? old : source ? from : by))
        continue;
      const value = mix(by, from, old);
      if (mask === ALL_BITS) memory.write(at, bytes, value);
      else writeBytes(memory, at, bytes, value, mask);
    }
  }
}

function writeBytes(
  memory: BulkMemory,
  at: number,
  bytes: number,
  value: number,
  mask: number,
): void {
  for (let i = 0; i < bytes; i++) {
    if (((mask >>> (i * 8)) & 1) !== 0) memory.write(at + i, 1, value >>> (i * 8));
  }
}
