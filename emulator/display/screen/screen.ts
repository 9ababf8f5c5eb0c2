import type { Core } from '../../core.ts';
import { PIPE_STRIDE, PIPES, pipeEnabled } from '../pipe.ts';
import { type Canvas, drawPlane, type Missing } from './compose.ts';
import { cursorPlane } from './cursor.ts';
import { framebufferBytes, isOwned } from './framebuffer.ts';
import { gen8Planes } from './gen8-planes.ts';
import { gen9Planes } from './gen9-planes.ts';
import { hasLegacyGamma, paletteOf } from './palette.ts';
import { packed } from './pixel-format.ts';
import type { DecodedPlane, Plane } from './plane.ts';
import { pipeScaler } from './scalers.ts';
import { ScanoutMemory } from './scanout-memory.ts';
import type { ScreenPlane, ScreenValue } from './screen-value.ts';

const PIPESRC = 0x6001c;
/** SKL_BOTTOM_COLOR: three components of 10 bits. */
const BOTTOM_COLOR = 0x70034;
const NAMES = ['A', 'B', 'C'] as const;

/**
 * What a pipe shows (gvt-facts §9): all of its planes, the cursor on top. Without `pipe`, 0 to 2, the first that is
 * on. Registers count as they are: that some take effect with the write of the surface only is not modelled.
 */
export function screenOf(
  core: Core,
  pipe: number = firstEnabled(core),
  memory: ScanoutMemory = new ScanoutMemory(() => core),
): ScreenValue {
  if (!pipeEnabled(core, pipe)) return blank(pipe);
  const size = core.registers.get(PIPESRC + pipe * PIPE_STRIDE);
  const [width, height] = [((size >>> 16) & 0x1fff) + 1, (size & 0x1fff) + 1];
  const pixels = new Uint8Array(width * height * 4);
  const canvas = { width, height, colours: new Uint32Array(pixels.buffer) };
  canvas.colours.fill(bottomColour(core, pipe));
  const decoded = planesOf(core, pipe, canvas);
  const palette = paletteOf(core, pipe);
  const missing = decoded.map(({ plane }) => drawPlane(canvas, plane, memory, palette));
  return {
    pipe: NAMES[pipe] ?? '',
    width,
    height,
    pixels,
    planes: decoded.map(({ plane }) => planeValue(plane)),
    unknownPixels: missing.reduce((sum, { unknown }) => sum + unknown, 0),
    unmappedPixels: missing.reduce((sum, { unmapped }) => sum + unmapped, 0),
    remarks: [
      ...pipeRemarks(core, pipe, decoded),
      ...decoded.flatMap(({ plane, remarks }, index) => [
        ...remarks,
        ...placeRemarks(core, plane),
        ...missingRemarks(plane, missing[index]),
      ]),
    ],
  };
}

function firstEnabled(core: Core): number {
  return PIPES.find((pipe) => pipeEnabled(core, pipe)) ?? 0;
}

function blank(pipe: number): ScreenValue {
  const name = NAMES[pipe] ?? '';
  return noPicture(name, `pipe ${name} is off`);
}

/** `why`: instead of a picture. */
export function noPicture(pipe: string, why: string): ScreenValue {
  return {
    pipe,
    width: 0,
    height: 0,
    pixels: new Uint8Array(0),
    planes: [],
    unknownPixels: 0,
    unmappedPixels: 0,
    remarks: [why],
  };
}

function planesOf(core: Core, pipe: number, { width, height }: Canvas): DecodedPlane[] {
  const broadwell = core.registers.map.tables.platform === 'bdw';
  const planes = broadwell
    ? gen8Planes(core, pipe, { x: 0, y: 0, width, height })
    : gen9Planes(core, pipe);
  const cursor = cursorPlane(core, pipe);
  return cursor === undefined ? planes : [...planes, cursor];
}

function bottomColour(core: Core, pipe: number): number {
  const bits = core.registers.get(BOTTOM_COLOR + pipe * PIPE_STRIDE);
  return packed((bits >>> 22) & 0xff, (bits >>> 12) & 0xff, (bits >>> 2) & 0xff);
}

function pipeRemarks(core: Core, pipe: number, decoded: readonly DecodedPlane[]): string[] {
  const remarks: string[] = [];
  if (decoded.length === 0) remarks.push('no plane is on');
  const scaler = pipeScaler(core, pipe);
  if (scaler !== undefined) {
    const { width, height } = scaler;
    remarks.push(`a scaler makes it ${width} by ${height} for the monitor; shown unscaled`);
  }
  if (decoded.some(({ plane }) => plane.gamma) && !hasLegacyGamma(core, pipe)) {
    remarks.push('gamma tables other than the 8-bit one are not applied');
  }
  return remarks;
}

function placeRemarks(core: Core, plane: Plane): string[] {
  if (isOwned(core.config.partition, plane)) return [];
  return [`${plane.name}: its surface is not all in the own slice`];
}

function missingRemarks({ name }: Plane, missing: Missing | undefined): string[] {
  const remarks: string[] = [];
  const { unknown = 0, unmapped = 0 } = missing ?? {};
  if (unknown > 0) remarks.push(`${name}: ${unknown} pixels are unknown, nobody has shown them`);
  if (unmapped > 0) remarks.push(`${name}: ${unmapped} pixels are at addresses that map nothing`);
  return remarks;
}

function planeValue(plane: Plane): ScreenPlane {
  const { name, formatName, tiling, address, target, rotation } = plane;
  const bytes = framebufferBytes(plane);
  return { name, format: formatName, tiling: tiling.name, address, bytes, ...target, rotation };
}
