import { fault } from '../../../core.ts';
import { LINEAR, type Tiling, X_TILED, Y_TILED, YF_TILED } from '../../../gtt/tiling.ts';
import type { Execute } from '../command.ts';
import { bitOf, dwordAt } from '../operands.ts';
import { drawBlit } from './blit.ts';
import { colourSource } from './operand.ts';
import { boxOf, OperandReader, pointOf } from './operands.ts';
import { type PixelBytes, surface } from './surface.ts';

/** Bytes a pixel by bits 26:24 of dword 1. */
const DEPTHS: Readonly<Record<number, number>> = { 0: 1, 1: 2, 3: 4, 4: 8, 5: 16 };
const SOURCE_COPY = 0xcc;

/**
 * XY_FAST_COPY_BLT (SKL PRM vol 2a): a copy with nothing but tilings of its own, which GVT-g's tables lack. Surfaces
 * that overlap are not allowed.
 */
export const executeFastCopy: Execute = (engine, dwords) => {
  const [header, control] = [dwordAt(dwords, 0), dwordAt(dwords, 1)];
  const from = tilingOf((header >>> 20) & 3, bitOf(control, 31));
  const to = tilingOf((header >>> 13) & 3, bitOf(control, 30));
  const depth = DEPTHS[(control >>> 24) & 7];
  if (from === undefined || to === undefined || depth === undefined) {
    const what = depth === undefined ? 'this colour depth' : 'tiles of 64 KiB';
    fault(
      engine.core,
      'command-unimplemented',
      () => `${engine.row.name}: XY_FAST_COPY_BLT with ${what}`,
      { engine: engine.row.name, dwords },
    );
    return;
  }
  const bytes: PixelBytes = depth === 1 ? 1 : depth === 2 ? 2 : 4;
  // Larger pixels are several of four bytes.
  const times = depth / bytes;
  const reader = new OperandReader(dwords, 4);
  const destination = surface(reader.address(), control & 0xffff, to, bytes);
  const corner = pointOf(reader.dword());
  const pitch = reader.dword() & 0xffff;
  const source = surface(reader.address(), pitch, from, bytes);
  const whole = boxOf(dwordAt(dwords, 2), dwordAt(dwords, 3));
  const box = { ...whole, left: whole.left * times, right: whole.right * times };
  drawBlit(engine, {
    destination,
    box,
    operation: SOURCE_COPY,
    mask: 0xffffffff,
    source: colourSource(source, corner.x * times - box.left, corner.y - box.top),
  });
};

function tilingOf(method: number, isYf: boolean): Tiling | undefined {
  return [LINEAR, X_TILED, isYf ? YF_TILED : Y_TILED, undefined][method];
}
