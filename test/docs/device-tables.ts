import { commandTables } from './device/commands.ts';
import { displayTables } from './device/display.ts';
import { interruptTables } from './device/interrupts.ts';
import { otherTables } from './device/others.ts';
import { pageTableTables } from './device/page-tables.ts';
import { platformTables } from './device/platforms.ts';
import { registerTables } from './device/registers.ts';
import { resetTables } from './device/resets.ts';

/** The tables of docs/device.md by the name of their markers: read from the device's own, or found by trying it. */
export function deviceTables(): Readonly<Record<string, string>> {
  return {
    ...platformTables(),
    ...registerTables(),
    ...commandTables(),
    ...interruptTables(),
    ...otherTables(),
    ...pageTableTables(),
    ...displayTables(),
    ...resetTables(),
  };
}
