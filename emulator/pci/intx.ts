import type { Core } from '../core.ts';
import { MASTER_ENABLE, MASTER_INTERRUPT } from '../interrupt/interrupt-tables.ts';
import { msiCapability } from './capabilities.ts';
import { configValue, storeConfig } from './config-bytes.ts';

const COMMAND = 0x04;
const INTERRUPT_DISABLE = 1 << 10;
const STATUS = 0x06;
const INTERRUPT_STATUS = 1 << 3;

export function msiEnabled(core: Core): boolean {
  return (configValue(core, msiCapability(core.config) + 2, 1) & 1) !== 0;
}

/**
 * The level of INTA#: GVT-g has none (gvt-facts §1.4: INTx can be set but does nothing), so that it is a choice of
 * the configuration. While MSI is off the line is up as long as the master interrupt register is enabled and shows
 * a cause. For a PC around the device: follow `interrupt` events of kind `intx`, or ask `interruptLine`.
 */
export function updateInterruptLine(core: Core): void {
  if (core.config.legacyInterrupt !== true) return;
  const master = core.registers.get(MASTER_INTERRUPT);
  const pending = (master & MASTER_ENABLE) !== 0 && (master & ~MASTER_ENABLE) !== 0;
  const status = pending && !msiEnabled(core);
  const stored = configValue(core, STATUS, 1) & ~INTERRUPT_STATUS;
  storeConfig(core, STATUS, 1, stored | (status ? INTERRUPT_STATUS : 0));
  const disabled = (configValue(core, COMMAND, 2) & INTERRUPT_DISABLE) !== 0;
  setLine(core, status && !disabled ? 1 : 0);
}

function setLine(core: Core, level: 0 | 1): void {
  const { config } = core.state;
  if (config.interruptLine === level) return;
  config.interruptLine = level;
  core.services?.setInterruptLine(level);
  core.listener?.interrupt?.({ kind: 'intx', name: 'INTx', delivered: true, level });
}
