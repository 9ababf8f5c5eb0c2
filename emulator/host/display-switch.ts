import { displayRegisters } from './display-switch-table.ts';
import { writeHardware } from './hardware.ts';
import type { Party, SwitchContext } from './render-switch.ts';

/** The host's own refresh: a display switch waits for its vblank. */
export const HOST_FRAME = 1e9 / 60;

export function nextHostVblank(now: number): number {
  return Math.ceil((Math.floor(now / HOST_FRAME) + 1) * HOST_FRAME);
}

/** Another one's picture comes to the screen: its plane registers are written pipe by pipe (gvt-facts §14.4). */
export function switchDisplay(context: SwitchContext, from: Party, to: Party): void {
  const { hardware, hostValues, listener } = context;
  for (const offset of displayRegisters(hardware.map.tables.platform)) {
    const old = hardware.get(offset);
    if (from.core === undefined) hostValues[offset] = old;
    const next = to.core === undefined ? (hostValues[offset] ?? 0) : to.core.registers.get(offset);
    writeHardware(hardware, listener, offset, next, false);
    listener?.displaySwitched?.({ from: from.id, to: to.id, offset, old, next });
  }
}
