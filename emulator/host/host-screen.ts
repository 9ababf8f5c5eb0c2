import type { Core } from '../core.ts';
import { ScanoutMemory } from '../display/screen/scanout-memory.ts';
import { noPicture, screenOf } from '../display/screen/screen.ts';
import type { ScreenValue } from '../display/screen/screen-value.ts';
import { RegisterFile } from '../mmio/register-file.ts';
import { displayRegisters } from './display-switch-table.ts';
import { holderOf } from './graphics-memory.ts';
import { coreOf, type Host } from './host.ts';

/**
 * What is on the host's screen: the planes that the hardware has, which a display switch and the foreground vGPU
 * write, read from graphics memory whosever it is. Pipe timing is that of the foreground vGPU, as no monitor of the
 * host's own is modelled; without a vGPU in the foreground nothing is shown.
 */
export function hostScreen(host: Host, pipe?: number): ScreenValue {
  const core = coreOf(host, host.state.foreground);
  if (core === undefined) return NOBODY;
  const registers = new RegisterFile(core.registers.map);
  registers.values.words.set(core.registers.values.words);
  for (const offset of displayRegisters(registers.map.tables.platform)) {
    registers.set(offset, host.hardware.get(offset));
  }
  const memory = new ScanoutMemory((address) => ownerAt(host, address));
  return screenOf({ ...core, registers }, pipe, memory);
}

function ownerAt(host: Host, address: number): Core | undefined {
  const holder = holderOf(host.state.holdings, address);
  return holder && coreOf(host, holder.id);
}

const NOBODY = noPicture(
  '',
  "no vGPU is in the foreground; the host's own picture is not modelled",
);
