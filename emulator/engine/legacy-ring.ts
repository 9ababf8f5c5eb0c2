import type { WriteHook } from '../mmio/hooks.ts';
import {
  type Engine,
  engineOf,
  headOffset,
  RING,
  RING_ENABLE,
  ringGet,
  tailOffset,
  usesExeclists,
} from './engine.ts';
import { dropWork } from './execlist.ts';
import { giveBurst, lookForWork } from './pace.ts';

/**
 * RING_TAIL, RING_CTL: without run lists the driver writes commands into the ring of the registers, and moves the
 * tail (gvt-facts §6, the first KVMGT release). With them the registers only show the running context's ring.
 */
export const writeRing: WriteHook = (core, _offset, _next, _previous, _written, register) => {
  const engine = engineOf(core, register.engine);
  if (engine !== undefined && core.state.failsafe < 0 && !usesExeclists(engine)) runRing(engine);
};

function runRing(engine: Engine): void {
  const { state } = engine;
  const enabled = (ringGet(engine, RING.control) & RING_ENABLE) !== 0;
  if (!enabled) {
    // A context that was left in the engine when run lists went off is gone too: nothing would ever end it.
    if (state.running !== null) dropWork(engine);
    state.phase = 'idle';
    state.batches = [];
    state.stall = 'none';
    state.setPredicate = 0;
    state.loop = { target: -1, rounds: 0 };
    lookForWork(engine.core);
    return;
  }
  if (state.phase !== 'idle' || headOffset(engine) === tailOffset(engine)) return;
  state.phase = 'run';
  state.from = headOffset(engine);
  state.scanned = state.from;
  state.stall = 'none';
  giveBurst(engine);
}

/** RING_MI_MODE: stopping the ring, and starting it again, takes effect between two commands. */
export const writeMiMode: WriteHook = (core) => lookForWork(core);
