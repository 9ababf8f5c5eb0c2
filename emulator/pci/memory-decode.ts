import type { Core } from '../core.ts';
import { configValue } from './config-bytes.ts';

export const BAR0 = 0x10;
export const BAR2 = 0x18;
/** BAR0 has 16 MiB on Gen8 and Gen9 (gvt-facts §1.2). */
export const BAR0_SIZE = 0x1000000;

const COMMAND = 0x04;
export const MEMORY_SPACE = 1 << 1;

export function decodesMemory(core: Core): boolean {
  return (configValue(core, COMMAND, 1) & MEMORY_SPACE) !== 0;
}

/** Guest physical base that a 64-bit BAR holds. */
export function barBase(core: Core, offset: number): number {
  const low = (configValue(core, offset, 4) & ~0xf) >>> 0;
  return configValue(core, offset + 4, 4) * 0x100000000 + low;
}

/**
 * COMMAND's memory bit has changed: both windows come or go (gvt-facts §1.3). In modern KVMGT nobody acts on it, as
 * VFIO owns the memory map; Xen and the old KVMGT do.
 */
export function followMemorySpace(core: Core): void {
  const on = decodesMemory(core);
  trapRegisters(core, on);
  mapAperture(core, on);
}

/**
 * Installs the trap of BAR0 where the BAR now says, or takes it away. While it is on the old range is dropped and the
 * new one installed by the same write (gvt-facts §1.3).
 */
export function trapRegisters(core: Core, on: boolean): void {
  const { decode } = core.state.config;
  if (decode.registers >= 0) {
    tell(core, 0, decode.registers, BAR0_SIZE, false);
    decode.registers = -1;
  }
  if (!on) return;
  decode.registers = barBase(core, BAR0);
  tell(core, 0, decode.registers, BAR0_SIZE, true);
}

/** As `trapRegisters`, for the own slice of the aperture. */
export function mapAperture(core: Core, on: boolean): void {
  const { decode } = core.state.config;
  const { mappableBase, mappableSize } = core.config.partition;
  if (decode.aperture >= 0) {
    tell(core, 2, decode.aperture, mappableSize, false);
    decode.aperture = -1;
  }
  if (!on) return;
  decode.aperture = barBase(core, BAR2) + mappableBase;
  tell(core, 2, decode.aperture, mappableSize, true);
}

/** A hypervisor has come: it hears of the windows that firmware has opened before. */
export function announceWindows(core: Core): void {
  const { registers, aperture } = core.state.config.decode;
  if (registers >= 0) tell(core, 0, registers, BAR0_SIZE, true);
  if (aperture >= 0) tell(core, 2, aperture, core.config.partition.mappableSize, true);
}

function tell(core: Core, bar: 0 | 2, base: number, size: number, installed: boolean): void {
  core.services?.mapBar({ bar, base, size, installed });
  core.listener?.barMapped?.({ bar, base, size, installed });
}
