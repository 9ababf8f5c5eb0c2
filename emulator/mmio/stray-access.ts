import { type Core, fault, hex } from '../core.ts';
import type { Answer } from '../device-model.ts';
import { BAR0, barBase } from '../pci/memory-decode.ts';

/**
 * Accesses between registers and GGTT go to guest memory at the same guest physical address (gvt-facts §2.3, step
 * 4); in failsafe mode they do nothing (§2.4).
 */
export function readStray(core: Core, offset: number, size: number): Answer {
  report(core, 'read', offset, size);
  if (core.state.failsafe >= 0) return { low: 0, high: 0, known: false };
  return core.memory.readValue(guestAddress(core, offset), size);
}

export function writeStray(
  core: Core,
  offset: number,
  size: number,
  low: number,
  high: number,
): void {
  report(core, 'write', offset, size);
  if (core.state.failsafe >= 0) return;
  core.memory.writeValue(guestAddress(core, offset), size, low, high);
}

function guestAddress(core: Core, offset: number): number {
  return barBase(core, BAR0) + offset;
}

function report(core: Core, what: string, offset: number, size: number): void {
  const message = () => `${size}-byte ${what} at ${hex(offset)} of BAR0`;
  fault(core, 'stray-access', message, { register: offset });
}
