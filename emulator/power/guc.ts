import { type Core, fault, hex } from '../core.ts';
import type { ReadHook, WriteHook } from '../mmio/hooks.ts';

const GUC_STATUS = 0xc000;
const MIA_IN_RESET = 1;
const START_DMA = 1;

/** A GuC reset (GDRST bit 5): its processor stands in reset until the guest has seen it (gvt-facts §8). */
export function resetGuc(core: Core): void {
  core.registers.update(GUC_STATUS, MIA_IN_RESET, 0);
}

/** GUC_STATUS: "MIA in reset" is the hardware's, and is answered once. */
export const readGucStatus: ReadHook = (core, offset, stored) => {
  core.registers.set(offset, stored & ~MIA_IN_RESET);
  return stored;
};

/** GUC_STATUS: a write leaves "MIA in reset" alone. */
export const writeGucStatus: WriteHook = (core, offset, next, previous) => {
  core.registers.set(offset, (next & ~MIA_IN_RESET) | (previous & MIA_IN_RESET));
};

/** DMA_CTRL: a vGPU has no GuC, so a transfer that is started is never done (gvt-facts §8). */
export const writeGucDma: WriteHook = (core, offset, next) => {
  if ((next & START_DMA) === 0) return;
  fault(
    core,
    'guc-unsupported',
    () => `DMA_CTRL written with ${hex(next)}: a vGPU has no GuC, bit 0 stays set for ever`,
    { register: offset, value: next },
  );
};
