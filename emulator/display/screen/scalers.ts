import type { Core } from '../../core.ts';
import type { Rectangle } from './plane.ts';

/** Scaler 1 of pipe A (SKL PRM vol 12, PS_CTRL); the second lies 0x100 further, the next pipe's 0x800. */
const CTRL = 0x68180;
const WIN_POS = 0x68170;
const WIN_SZ = 0x68174;
const SCALERS = [0, 1] as const;
const PIPE_BINDING = 0;

/** The window on the screen that a scaler gives to a plane (1, 2 …); undefined where none is bound to it. */
export function planeScaler(core: Core, pipe: number, plane: number): Rectangle | undefined {
  return scalerBoundTo(core, pipe, plane);
}

/** The window on the monitor that a scaler gives to the whole pipe. */
export function pipeScaler(core: Core, pipe: number): Rectangle | undefined {
  return scalerBoundTo(core, pipe, PIPE_BINDING);
}

function scalerBoundTo(core: Core, pipe: number, binding: number): Rectangle | undefined {
  for (const scaler of SCALERS) {
    const at = pipe * 0x800 + scaler * 0x100;
    const control = core.registers.get(CTRL + at);
    if (control >>> 31 === 0 || ((control >>> 25) & 7) !== binding) continue;
    const [position, size] = [core.registers.get(WIN_POS + at), core.registers.get(WIN_SZ + at)];
    return {
      x: position >>> 16,
      y: position & 0xffff,
      width: size >>> 16,
      height: size & 0xffff,
    };
  }
  return undefined;
}
