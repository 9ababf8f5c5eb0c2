import { type Core, fault, hex } from '../core.ts';
import type { InterruptRegisterName } from '../device-model.ts';
import type { WriteHook } from '../mmio/hooks.ts';
import { updateInterruptLine } from '../pci/intx.ts';
import { signalInterrupt } from '../pci/msi.ts';
import { hasQuirk } from '../quirks.ts';
import {
  INTERRUPT_GROUPS,
  type InterruptEventId,
  type InterruptEventRow,
  type InterruptGroup,
  interruptEvents,
  MASTER_ENABLE,
  MASTER_INTERRUPT,
} from './interrupt-tables.ts';

const IMR = 4;
const IIR = 8;
const IER = 12;

const GROUPS = new Map<string, InterruptGroup>(INTERRUPT_GROUPS.map((row) => [row.id, row]));

/** Throws where the part's table lacks it. */
export function eventRow(core: Core, id: InterruptEventId): InterruptEventRow {
  const event = interruptEvents(core.registers.map.tables).get(id);
  if (!event) throw new Error(`The interrupt table has no event ${id}.`);
  return event;
}

/** The device has an event for the guest. Masked events are dropped, not remembered (gvt-facts §7.3, rule 1). */
export function raiseEvent(core: Core, id: InterruptEventId): void {
  const event = eventRow(core, id);
  const group = GROUPS.get(event.group);
  if (!group) throw new Error(`The interrupt table has no group ${event.group}.`);
  const bit = (1 << event.bit) >>> 0;
  if ((core.registers.get(group.base + IMR) & bit) !== 0) {
    const why = `IMR ${hex(group.base + IMR)} masks bit ${event.bit}`;
    core.listener?.interrupt?.({ kind: 'event', name: event.name, delivered: false, why });
    const check = isPipe(group) ? 'display-event-masked' : 'event-masked';
    const register = group.base + IMR;
    const value = core.registers.get(register);
    fault(core, check, () => `${event.name} was dropped: ${why}`, { register, value });
    return;
  }
  reportUnheard(core, event, group, bit);
  core.registers.update(group.base + IIR, bit, 0);
  core.listener?.interrupt?.({ kind: 'event', name: event.name, delivered: true });
  checkPending(core);
}

/** Vblanks and flips: they come all the time, and drivers mask them while nobody waits. */
function isPipe({ id }: InterruptGroup): boolean {
  return id.startsWith('pipe-');
}

/** An event that sets a bit of IIR for nobody, or too early, or one that is set already. Hotplug sets its bit itself, before. */
function reportUnheard(
  core: Core,
  { id, name, bit: number }: InterruptEventRow,
  { base }: InterruptGroup,
  bit: number,
): void {
  if (!core.listener?.fault) return;
  const [identity, enabled] = [core.registers.get(base + IIR), core.registers.get(base + IER)];
  if ((enabled & bit) === 0) {
    const message = () => `${name}: IER ${hex(base + IER)} does not enable bit ${number}`;
    fault(core, 'event-disabled', message, { register: base + IER, value: enabled });
    return;
  }
  const master = core.registers.get(MASTER_INTERRUPT);
  if ((master & MASTER_ENABLE) === 0) {
    const message = () => `${name}: bit 31 of ${hex(MASTER_INTERRUPT)} is 0`;
    fault(core, 'event-waiting', message, { register: MASTER_INTERRUPT, value: master });
  }
  if ((identity & bit) !== 0 && !id.startsWith('hotplug-')) {
    const message = () => `${name}: bit ${number} of IIR ${hex(base + IIR)} is still set`;
    fault(core, 'event-merged', message, { register: base + IIR, value: identity });
  }
}

/**
 * Recomputes the master's status bits of groups with something pending, and injects if any is set (rule 2). Status
 * bits of groups with nothing pending stay: only IIR and IER writes clear them (rules 3 and 4).
 */
export function checkPending(core: Core): void {
  const { registers } = core;
  if ((registers.get(MASTER_INTERRUPT) & MASTER_ENABLE) === 0) return;
  for (const group of INTERRUPT_GROUPS) {
    if ((registers.get(group.base + IIR) & registers.get(group.base + IER)) !== 0) {
      updateMaster(core, group);
    }
  }
  if ((registers.get(MASTER_INTERRUPT) & ~MASTER_ENABLE) !== 0) signalInterrupt(core);
}

function updateMaster(core: Core, group: InterruptGroup): void {
  const pending = core.registers.get(group.base + IIR) & core.registers.get(group.base + IER);
  for (const { bit, mask } of group.masters) {
    const status = (1 << bit) >>> 0;
    if ((pending & mask) !== 0) core.registers.update(MASTER_INTERRUPT, status, 0);
    else core.registers.update(MASTER_INTERRUPT, 0, status);
  }
}

function groupAt(offset: number): InterruptGroup | undefined {
  const base = offset - (offset & 0xf);
  return INTERRUPT_GROUPS.find((group) => group.base === base);
}

/** As GVT-g's event `write_ir` says it (gvt-facts §13.1): what was written, what was there, where they differ. */
function tellWrite(
  core: Core,
  name: InterruptRegisterName,
  offset: number,
  written: number,
  previous: number,
): void {
  if (!core.listener?.interruptRegister) return;
  const bits = (written ^ previous) >>> 0;
  const changed = hasQuirk(core.config, 'write-ir-boolean') ? Math.min(bits, 1) : bits;
  core.listener.interruptRegister({ name, offset, written, previous, changed });
}

/** IMR of a group or of a ring: stored; what is pending is looked at again. */
export const writeInterruptMask: WriteHook = (core, offset, next, previous) => {
  tellWrite(core, 'IMR', offset, next, previous);
  checkPending(core);
};

export const writeInterruptEnable: WriteHook = (core, offset, next, previous) => {
  tellWrite(core, 'IER', offset, next, previous);
  const group = groupAt(offset);
  if (group) updateMaster(core, group);
  checkPending(core);
  updateInterruptLine(core);
};

/** IIR, bits already cleared: the group's master bits follow, nothing is injected (rule 3). */
export const writeInterruptIdentity: WriteHook = (core, offset, _next, previous, written) => {
  tellWrite(core, 'IIR', offset, written, previous);
  const group = groupAt(offset);
  if (group) updateMaster(core, group);
  updateInterruptLine(core);
};

/** Only bit 31 is the guest's; the rest is hardware status (rule 5). */
export const writeMasterInterrupt: WriteHook = (core, offset, next, previous, written) => {
  tellWrite(core, 'MASTER_IRQ', offset, written, previous);
  core.registers.set(offset, (previous & ~MASTER_ENABLE) | (next & MASTER_ENABLE));
  checkPending(core);
  updateInterruptLine(core);
};
