import { type Core, fault, hex } from '../core.ts';
import { refuseGuest } from '../failsafe.ts';
import type { ReadHook, WriteHook } from '../mmio/hooks.ts';

const FENCE_BASE = 0x100000;

/** A fence that the vGPU does not own: reads answer 0, writes are dropped (gvt-facts §4.4). */
export const readFence: ReadHook = (core, offset, stored) => {
  return checkOwned(core, offset) ? stored : 0;
};

export const writeFence: WriteHook = (core, offset, _next, previous) => {
  if (!checkOwned(core, offset)) core.registers.set(offset, previous);
};

function checkOwned(core: Core, offset: number): boolean {
  const index = (offset - FENCE_BASE) >>> 3;
  if (index < core.config.partition.fences) return true;
  const message = `fence ${index} at ${hex(offset)}; the vGPU owns ${core.config.partition.fences}`;
  if (!core.state.pvNotified) {
    refuseGuest(core, `${message}, and PVINFO was never read`, { register: offset });
  }
  fault(core, 'fence-out-of-range', () => message, { register: offset });
  return false;
}
