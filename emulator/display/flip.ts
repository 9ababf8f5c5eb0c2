import type { Core } from '../core.ts';
import { raiseEvent } from '../interrupt/events.ts';
import type { InterruptEventId } from '../interrupt/interrupt-tables.ts';
import type { WriteHook } from '../mmio/hooks.ts';
import { PIPE_LETTERS, PIPE_STRIDE } from './pipe.ts';

/** Registers of plane 1 of pipe A; planes lie 0x100 apart. */
const PLANE_CTL = 0x70180;
const PLANE_STRIDE_REGISTER = 0x70188;
const PLANE_SURF = 0x7019c;
const PLANE_SURFLIVE = 0x701ac;
const PLANE_STRIDE = 0x100;
const PIPE_FLIPCOUNT = 0x70044;
const ASYNC_FLIP = 1 << 9;
const ASYNC_FLIP_TYPE = 1;

/** Flip registers of older drivers: pipe and plane of each (gvt-facts §9). */
const LEGACY: Readonly<Record<number, readonly [pipe: number, plane: number]>> = {
  327808: [0, 0],
  327816: [1, 0],
  327820: [2, 0],
  327824: [0, 1],
  327832: [1, 1],
  327836: [2, 1],
};

/**
 * PLANE_SURF: the plane shows the new surface at once; the event comes with the next vblank or, for an asynchronous
 * flip, now (gvt-facts §9).
 */
export const writePlaneSurface: WriteHook = (core, offset, next) => {
  const [pipe, plane] = LEGACY[offset] ?? [
    (offset - PLANE_CTL) >>> 12,
    ((offset - PLANE_CTL) & 0xfff) >>> 8,
  ];
  const at = pipe * PIPE_STRIDE + plane * PLANE_STRIDE;
  const asynchronous = (core.registers.get(PLANE_CTL + at) & ASYNC_FLIP) !== 0;
  // Flips of primary planes alone are counted (mmio_diff of a real vGPU).
  if (plane === 0) countFlip(core, pipe);
  show(core, [pipe, plane], next, asynchronous);
};

/** MI_DISPLAY_FLIP: stride in 64-byte units and tiling from dword 1, surface and type from dword 2. */
export function flipByCommand(
  core: Core,
  target: readonly [pipe: number, plane: number],
  { stride, surface }: { readonly stride: number; readonly surface: number },
): void {
  const at = target[0] * PIPE_STRIDE + target[1] * PLANE_STRIDE;
  const gen8 = core.config.platform === 'bdw';
  // Broadwell's stride registers count bytes, and its tiling is one bit: X or none.
  const tiling = gen8 ? 1 : 7;
  core.registers.set(PLANE_STRIDE_REGISTER + at, gen8 ? stride & 0xffc0 : (stride >>> 6) & 0x3ff);
  core.registers.update(PLANE_CTL + at, (stride & tiling) << 10, tiling << 10);
  core.registers.set(PLANE_SURF + at, (surface & 0xfffff000) >>> 0);
  // Of flips by command only those of primary planes are counted (gvt-facts §10.4).
  if (target[1] === 0) countFlip(core, target[0]);
  show(core, target, (surface & 0xfffff000) >>> 0, (surface & 3) === ASYNC_FLIP_TYPE);
}

function countFlip(core: Core, pipe: number): void {
  const counter = PIPE_FLIPCOUNT + pipe * PIPE_STRIDE;
  core.registers.set(counter, core.registers.get(counter) + 1);
}

function show(
  core: Core,
  [pipe, plane]: readonly [pipe: number, plane: number],
  surface: number,
  asynchronous: boolean,
): void {
  const at = pipe * PIPE_STRIDE + plane * PLANE_STRIDE;
  core.registers.set(PLANE_SURFLIVE + at, surface);
  const event = flipEvent(pipe, plane);
  if (!event) return;
  if (asynchronous) raiseEvent(core, event);
  else queue(core, pipe, event);
}

/** The model has flip events for the first two planes only (gvt-facts §7.2). */
function flipEvent(pipe: number, plane: number): InterruptEventId | undefined {
  const letter = PIPE_LETTERS[pipe];
  if (!letter || plane > 1) return undefined;
  return plane === 0 ? `pipe-${letter}-plane1-flip` : `pipe-${letter}-plane2-flip`;
}

/** Two flips of one plane within a frame are done together. */
function queue(core: Core, pipe: number, event: InterruptEventId): void {
  const { pendingFlips } = core.state.display;
  if (!pendingFlips.some((flip) => flip.event === event)) pendingFlips.push({ pipe, event });
}
