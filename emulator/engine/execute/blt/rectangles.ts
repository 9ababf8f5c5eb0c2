import type { Engine } from '../../engine.ts';
import type { Execute } from '../command.ts';
import { dwordAt } from '../operands.ts';
import { type Blit, drawBlit } from './blit.ts';
import { chromaOf } from './chroma.ts';
import type { BltLayout } from './layouts.ts';
import {
  colourPattern,
  colourSource,
  monoPattern,
  monoSource,
  type Operand,
  solid,
} from './operand.ts';
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
import { type Box, intersection, type Surface, surface } from './surface.ts';

/** The destination's address is in dwords 4 and 5; what a layout names begins behind it. */
const ADDRESS = 4;
const OPERANDS = 6;

/** A command that brings along all that it needs but, where it clips, the rectangle of the last setup. */
export function executeRectangle(layout: BltLayout): Execute {
  return (engine, dwords) => {
    const header = dwordAt(dwords, 0);
    const control = controlOf(dwordAt(dwords, 1));
    const whole = boxOf(dwordAt(dwords, 2), dwordAt(dwords, 3));
    const reader = new OperandReader(dwords, OPERANDS);
    const destination = surface(
      new OperandReader(dwords, ADDRESS).address(),
      control.pitch,
      tilingOf(engine, 'destination', header),
      control.bytes,
    );
    const place = { engine, header, control, whole, destination };
    const source = sourceOf(layout, place, reader);
    const pattern = patternOf(layout, place, reader);
    const chroma = layout.chroma
      ? chromaOf((header >>> 17) & 7, control.depth, reader.dword(), reader.dword())
      : undefined;
    drawBlit(engine, {
      destination,
      box: control.clips ? intersection(whole, clipOf(engine)) : whole,
      operation: control.operation,
      mask: writeMask(header, control),
      chroma,
      source: source?.operand(reader),
      pattern: pattern?.(reader),
      ...(source?.backwards === undefined ? {} : { backwards: source.backwards }),
    });
  };
}

/** The clip rectangle that the last setup left: BR24 and BR25. */
export function clipOf({ state }: Engine): Box {
  return boxOf(dwordAt(state.blt.dwords, 2), dwordAt(state.blt.dwords, 3));
}

interface Place {
  readonly engine: Engine;
  readonly header: number;
  readonly control: Control;
  readonly whole: Box;
  readonly destination: Surface;
}

/** Immediate data is the last of a command: it is read when all else has been. */
type Late = (reader: OperandReader) => Operand;

interface Source {
  readonly operand: Late;
  readonly backwards?: NonNullable<Blit['backwards']>;
}

function sourceOf({ source }: BltLayout, place: Place, reader: OperandReader): Source | undefined {
  switch (source) {
    case 'colour':
      return copiedFrom(place, reader);
    case 'mono': {
      const bits = reader.memory();
      const operand = monoSource(bits, wordAligned(place), sourceColours(place, reader));
      return { operand: () => operand };
    }
    case 'mono immediate': {
      const colours = sourceColours(place, reader);
      return { operand: (rest) => monoSource(rest.immediate(), wordAligned(place), colours) };
    }
    default:
      return undefined;
  }
}

/**
 * Within one surface a copy runs backwards where the source lies before the destination. Hardware looks at the base
 * addresses and corners only, not for an actual overlap.
 */
function copiedFrom({ engine, header, control, whole, destination }: Place, reader: OperandReader) {
  const corner = pointOf(reader.dword());
  const pitch = reader.dword() & 0xffff;
  const tiling = tilingOf(engine, 'source', header);
  const from = surface(reader.address(), pitch, tiling, control.bytes);
  const same = from.address === destination.address;
  const operand = colourSource(from, corner.x - whole.left, corner.y - whole.top);
  return {
    operand: () => operand,
    backwards: { x: same && corner.x < whole.left, y: same && corner.y < whole.top },
  };
}

function sourceColours({ control }: Place, reader: OperandReader) {
  return bitColours(reader.dword(), reader.dword(), control.sourceTransparent);
}

/** Each row begins with a word of its own; bits 19:17 of dword 0 are skipped in it. */
function wordAligned({ header, whole }: Place) {
  const skippedBits = (header >>> 17) & 7;
  const rowBits = (skippedBits + whole.right - whole.left + 15) & ~15;
  return { left: whole.left, top: whole.top, rowBits, skippedBits };
}

function patternOf(
  { pattern }: BltLayout,
  { header, control }: Place,
  reader: OperandReader,
): Late | undefined {
  const seed = seedOf(header);
  switch (pattern) {
    case 'solid': {
      const operand = solid(reader.dword());
      return () => operand;
    }
    case 'colour': {
      const operand = colourPattern(reader.memory(), control.bytes, seed);
      return () => operand;
    }
    case 'colour immediate':
      return (rest) => colourPattern(rest.immediate(), control.bytes, seed);
    case 'mono': {
      const operand = monoPatternOf(control, reader, seed);
      return () => operand;
    }
    default:
      return undefined;
  }
}

/** Colours of 0 and 1, then 64 bits; a "solid" one has the colour of 0 all over, transparent or not. */
export function monoPatternOf(
  control: Control,
  reader: OperandReader,
  seed: ReturnType<typeof seedOf>,
): Operand {
  const [zero, one] = [reader.dword(), reader.dword()];
  const [low, high] = [reader.dword(), reader.dword()];
  if (control.solidPattern) return solid(zero);
  return monoPattern(low, high, bitColours(zero, one, control.patternTransparent), seed);
}
