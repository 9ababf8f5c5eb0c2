import type { Core } from '../core.ts';
import { invalidateRoots } from '../gtt/shadow/shadow-roots.ts';
import type { WriteHook } from '../mmio/hooks.ts';
import { resetGuc } from '../power/guc.ts';
import { populatePvinfo } from '../pvinfo/pvinfo.ts';
import { hasQuirk } from '../quirks.ts';
import { reportUnfinished } from './elsp.ts';
import { allEngines } from './engine.ts';
import { dropWork } from './execlist.ts';
import { lookForWork } from './pace.ts';
import { dropCopies } from './read-through.ts';

const FULL_RESET = 1 << 0;
const GUC_RESET = 1 << 5;
/** An all-engines reset puts registers below this offset back; display registers lie above (gvt-facts §6.6). */
const ENGINE_RESET_END = 0x44200;
const REQUEST_RESET = 1;
const READY_TO_RESET = 2;
const MASK_BITS = 0xffff0000;

/** RESET_CTL: ready follows request at once. */
export const writeResetControl: WriteHook = (core, offset, next, _previous, written) => {
  const ready = (next & REQUEST_RESET) !== 0 ? READY_TO_RESET : 0;
  core.registers.update(offset, ready, READY_TO_RESET & ~ready);
  if (!hasQuirk(core.config, 'reset-ctl-keeps-mask')) return;
  core.registers.update(offset, written & MASK_BITS, MASK_BITS & ~written);
};

/** GDRST: the named engines are reset at once and the register reads 0 afterwards. */
export const writeGdrst: WriteHook = (core, offset, _next, _previous, written) => {
  const full = (written & FULL_RESET) !== 0;
  if (full) resetEngineRegisters(core);
  for (const engine of allEngines(core)) {
    // Queued work and the submission port's place are gone; registers stay (gvt-facts §6.6).
    if (!full && ((written >>> engine.row.resetBit) & 1) === 0) continue;
    reportUnfinished(engine);
    dropWork(engine);
  }
  lookForWork(core);
  if ((written & GUC_RESET) !== 0) resetGuc(core);
  core.registers.set(offset, 0);
};

/** Registers, PVINFO and page tables of a reset of all engines (gvt-facts §12.3). Display and interrupts stay. */
function resetEngineRegisters(core: Core): void {
  core.registers.reset(0, ENGINE_RESET_END);
  dropCopies(core);
  populatePvinfo(core);
  invalidateRoots(core);
}
