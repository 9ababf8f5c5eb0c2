import { type Core, fault, setAlarm } from '../core.ts';
import { raiseEvent } from '../interrupt/events.ts';
import type { PendingFlip } from './display-state.ts';
import { PIPE_LETTERS, PIPE_STRIDE, PIPECONF, pipeEnabled } from './pipe.ts';

const PIPE_FRMCOUNT = 0x70040;

/**
 * The vblank alarm of a pipe (gvt-facts §9): flips that waited are done, then the frame counter moves, then comes
 * the vblank event. The alarm's own time is the device's present.
 */
export function onVblank(core: Core, pipe: number): void {
  deliverFlips(core, pipe);
  if (!pipeEnabled(core, pipe)) return;
  const counter = PIPE_FRMCOUNT + pipe * PIPE_STRIDE;
  core.registers.set(counter, core.registers.get(counter) + 1);
  const letter = PIPE_LETTERS[pipe];
  if (letter) raiseEvent(core, `pipe-${letter}-vblank`);
  const period = core.state.display.vblankPeriods[pipe] ?? 0;
  if (period > 0) setAlarm(core, 'vblank', core.state.now + period, pipe);
}

/** Flips of a pipe that is off are lost at any pipe's vblank; those of another running pipe wait for its own. */
function deliverFlips(core: Core, pipe: number): void {
  const waiting: PendingFlip[] = [];
  const { pendingFlips } = core.state.display;
  core.state.display.pendingFlips = waiting;
  for (const flip of pendingFlips) {
    if (!pipeEnabled(core, flip.pipe)) {
      const register = PIPECONF + flip.pipe * PIPE_STRIDE;
      fault(core, 'flip-lost', () => `${flip.event}: the pipe is off`, { register });
    } else if (flip.pipe === pipe) {
      raiseEvent(core, flip.event);
    } else {
      waiting.push(flip);
    }
  }
}
