import type { Engine } from '../../engine.ts';
import type { Execute } from '../command.ts';
import { bitOf, dwordAt } from '../operands.ts';
import { drawBlit } from './blit.ts';
import { type Bytes, colourPattern, monoSource, type Operand, solid } from './operand.ts';
import {
  bitColours,
  boxOf,
  type Control,
  controlOf,
  OperandReader,
  pointOf,
  seedOf,
  tilingOf,
  writeMask,
} from './operands.ts';
import { clipOf, monoPatternOf } from './rectangles.ts';
import { type Box, intersection, surface } from './surface.ts';

/** Dwords of the setup commands: destination, colours of 0 and 1, pattern. */
const ADDRESS = 4;
const COLOURS = 6;
const PATTERN = 8;

export const executeSetup: Execute = ({ state }, dwords) => {
  state.blt = { dwords: dwords.slice(0, 10), monoPattern: false };
};

export const executeSetupMonoPattern: Execute = ({ state }, dwords) => {
  state.blt = { dwords: dwords.slice(0, 10), monoPattern: true };
};

export const executeSetupClip: Execute = ({ state }, dwords) => {
  state.blt.dwords[2] = dwordAt(dwords, 1);
  state.blt.dwords[3] = dwordAt(dwords, 2);
};

/** One pixel, in the foreground colour. */
export const executePixel: Execute = (engine, dwords) => {
  const { x, y } = pointOf(dwordAt(dwords, 1));
  const box = { left: x, top: y, right: x + 1, bottom: y + 1 };
  draw(engine, dwordAt(dwords, 0), box, { pattern: solid(setupDword(engine, COLOURS + 1)) });
};

/** A rectangle of the pattern. */
export const executeScanLines: Execute = (engine, dwords) => {
  const header = dwordAt(dwords, 0);
  const box = boxOf(dwordAt(dwords, 1), dwordAt(dwords, 2));
  draw(engine, header, box, { pattern: setupPattern(engine, header) });
};

export const executeText: Execute = (engine, dwords) => {
  drawText(engine, dwords, new OperandReader(dwords, 3).memory());
};

export const executeTextImmediate: Execute = (engine, dwords) => {
  drawText(engine, dwords, new OperandReader(dwords, 3).immediate());
};

/** Bits in the setup's colours. Bit 16: each row begins with a byte of its own; else rows follow bit by bit. */
function drawText(engine: Engine, dwords: readonly number[], bits: Bytes): void {
  const header = dwordAt(dwords, 0);
  const box = boxOf(dwordAt(dwords, 1), dwordAt(dwords, 2));
  const width = box.right - box.left;
  const layout = {
    left: box.left,
    top: box.top,
    rowBits: bitOf(header, 16) ? (width + 7) & ~7 : width,
    skippedBits: 0,
  };
  const [zero, one] = [setupDword(engine, COLOURS), setupDword(engine, COLOURS + 1)];
  const colours = bitColours(zero, one, setupControl(engine).sourceTransparent);
  const source = monoSource(bits, layout, colours);
  draw(engine, header, box, { source, pattern: setupPattern(engine, header) });
}

/** Draws with the setup's destination, operation and clip rectangle, which these commands always use. */
function draw(
  engine: Engine,
  header: number,
  box: Box,
  operands: { readonly source?: Operand; readonly pattern: Operand },
): void {
  const control = setupControl(engine);
  const address = new OperandReader(engine.state.blt.dwords, ADDRESS).address();
  const tiling = tilingOf(engine, 'destination', header);
  drawBlit(engine, {
    destination: surface(address, control.pitch, tiling, control.bytes),
    box: intersection(box, clipOf(engine)),
    operation: control.operation,
    mask: writeMask(setupDword(engine, 0), control),
    ...operands,
  });
}

function setupPattern(engine: Engine, header: number): Operand {
  const { blt } = engine.state;
  const control = setupControl(engine);
  const seed = seedOf(header);
  if (blt.monoPattern) return monoPatternOf(control, new OperandReader(blt.dwords, COLOURS), seed);
  return colourPattern(new OperandReader(blt.dwords, PATTERN).memory(), control.bytes, seed);
}

function setupControl(engine: Engine): Control {
  return controlOf(setupDword(engine, 1));
}

function setupDword(engine: Engine, index: number): number {
  return dwordAt(engine.state.blt.dwords, index);
}
