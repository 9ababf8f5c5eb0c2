import type { Core } from './core.ts';
import { initialDisplay } from './display/display-state.ts';
import { connectMonitor } from './display/monitor.ts';
import { allEngines } from './engine/engine.ts';
import { dropWork } from './engine/execlist.ts';
import { lookForWork } from './engine/pace.ts';
import { dropCopies } from './engine/read-through.ts';
import { GGTT_ENTRIES, setGgttEntry } from './gtt/ggtt.ts';
import { noHalves } from './gtt/ggtt-halves.ts';
import { noHostEntries } from './gtt/host-entries.ts';
import { destroyAllRoots, invalidateRoots } from './gtt/shadow/shadow-roots.ts';
import { MMIO_SIZE } from './mmio/register-map.ts';
import { CONFIG_SIZE, initialConfig } from './pci/config-state.ts';
import { updateInterruptLine } from './pci/intx.ts';
import { mapAperture, trapRegisters } from './pci/memory-decode.ts';
import { resetGuc } from './power/guc.ts';
import { populatePvinfo } from './pvinfo/pvinfo.ts';

const GT_THREAD_STATUS = 0x13805c;
const GT_CORE_STATUS = 0x138060;

/**
 * The full reset ("DMLR": VFIO reset, function-level reset, power-off or reboot of the guest), in the order of
 * gvt-facts §12.3. After D3 the page tables and what is known of the guest survive, as Linux expects on S3 resume.
 */
export function resetDevice(core: Core): void {
  const { state } = core;
  const resumes = state.config.d3Entered;
  for (const engine of allEngines(core)) dropWork(engine);
  lookForWork(core);
  state.alarms = [];
  if (!resumes) {
    invalidateRoots(core);
    destroyAllRoots(core);
  }
  resetGgtt(core);
  core.registers.reset(0, MMIO_SIZE);
  dropCopies(core);
  settleRegisters(core);
  populatePvinfo(core);
  state.display = initialDisplay(core.config);
  connectMonitor(core);
  resetConfig(core);
  state.failsafe = -1;
  if (!resumes) state.pvNotified = false;
  updateInterruptLine(core);
}

/** What GVT-g makes of some registers, whatever the host had in them. */
export function settleRegisters(core: Core): void {
  core.registers.set(GT_THREAD_STATUS, 0);
  core.registers.set(GT_CORE_STATUS, 0);
  resetGuc(core);
}

function resetGgtt(core: Core): void {
  core.state.ggttHalves = noHalves();
  core.state.hostEntries = noHostEntries();
  for (let index = 0; index < GGTT_ENTRIES; index++) setGgttEntry(core, index, 0, 0);
}

/** BARs and COMMAND are as at power-on, and no window is installed: firmware places them again. */
function resetConfig(core: Core): void {
  trapRegisters(core, false);
  mapAperture(core, false);
  const { config } = core;
  const { firmware: _, ...asAtPowerOn } = config;
  const fresh = initialConfig(asAtPowerOn);
  const old = core.state.config;
  core.state.config = { ...fresh, interruptLine: old.interruptLine };
  if (!core.listener?.configChanged) return;
  for (let at = 0; at < CONFIG_SIZE; at++) {
    const [was, now] = [old.bytes[at] ?? 0, fresh.bytes[at] ?? 0];
    if (was !== now) core.listener.configChanged(at, was, now);
  }
}
