import type { Core } from '../core.ts';
import { decodeDescriptor } from '../engine/descriptor.ts';
import { translateGgtt } from '../gtt/ggtt.ts';
import type { RegisterFile } from '../mmio/register-file.ts';
import { writeHardware } from './hardware.ts';
import type { HostListener } from './host-events.ts';
import { MOCS_SWITCHED, type SwitchedRegister, switchedRegisters } from './render-switch-table.ts';

/** One side of a switch: a vGPU, or the host. */
export interface Party {
  /** 0 for the host. */
  readonly id: number;
  /** Absent for the host, whose values are in `hostValues`. */
  readonly core?: Core;
}

export interface SwitchContext {
  readonly hardware: RegisterFile;
  readonly hostValues: Record<string, number>;
  readonly listener: HostListener | undefined;
}

/**
 * An engine gets another owner: registers are saved from the hardware to the old one, mask halves cleared, and the
 * new one's are loaded with their masks set. Those that are in the hardware context image are left to it: on Gen9
 * altogether; on Gen8 they are saved, and loaded only for a context that does not restore itself (gvt-facts §11).
 */
export function switchRender(context: SwitchContext, engine: string, from: Party, to: Party): void {
  const { platform } = context.hardware.map.tables;
  const gen9 = platform !== 'bdw';
  for (const row of switchedRegisters(platform)) {
    if (row.engine !== engine || (gen9 && row.inContext)) continue;
    const old = saveOne(context, row, from);
    if (row.inContext && !(to.core !== undefined && isInhibited(to.core, engine))) continue;
    loadOne(context, row, from, to, old);
  }
  if (gen9) switchMocs(context, engine, from, to);
}

function switchMocs(context: SwitchContext, engine: string, from: Party, to: Party): void {
  for (const [first, count] of MOCS_SWITCHED[engine] ?? []) {
    for (let at = 0; at < count; at++) {
      const row = { engine, offset: first + at * 4, masked: false, inContext: false };
      loadOne(context, row, from, to, saveOne(context, row, from));
    }
  }
}

/**
 * While a vGPU owns the engine its own register file stands for the hardware: what its commands wrote is there. The
 * hardware gets it now, and what is saved has no mask half.
 */
function saveOne(
  { hardware, hostValues }: SwitchContext,
  row: SwitchedRegister,
  from: Party,
): number {
  const { offset, masked } = row;
  if (from.core === undefined) {
    const value = hardware.get(offset);
    hostValues[offset] = value;
    return value;
  }
  const value = masked ? from.core.registers.get(offset) & 0xffff : from.core.registers.get(offset);
  hardware.set(offset, value);
  from.core.registers.set(offset, value);
  return value;
}

function loadOne(
  { hardware, hostValues, listener }: SwitchContext,
  { offset, masked }: SwitchedRegister,
  from: Party,
  to: Party,
  old: number,
): void {
  const value = to.core === undefined ? (hostValues[offset] ?? 0) : to.core.registers.get(offset);
  const next = masked ? (0xffff0000 | (value & 0xffff)) >>> 0 : value;
  writeHardware(hardware, listener, offset, next, masked);
  listener?.renderSwitched?.({ from: from.id, to: to.id, offset, old, next });
}

/** CTX_CONTROL's value in the image of the context that comes next (gvt-facts §6.7). */
const IMAGE_CONTROL = 0x1000 + 0x0c;

/** Whether that context has the restore-inhibit bit; one whose image nobody has shown counts as one that restores. */
function isInhibited(core: Core, engine: string): boolean {
  const index = core.registers.map.tables.engines.findIndex(({ name }) => name === engine);
  const running = core.state.engines.each[index]?.running;
  const descriptor = running?.elements[running.current];
  if (descriptor === undefined) return false;
  const at = translateGgtt(core, decodeDescriptor(descriptor).lrca + IMAGE_CONTROL);
  return at !== undefined && (core.memory.readValue(at, 4).low & 1) !== 0;
}
