import type { V86Cpu } from './internals.ts';

/** Registers of the ISA bridge that say to which interrupt each of PIRQA# to PIRQD# goes. */
const PIRQ_ROUTES = 0x60;
/** Bit 7: the request goes nowhere. */
const NOT_ROUTED = 1 << 7;
/** PIIX boards turn INTA# of slot n to PIRQ n - 1, counted from slot 0 with a full turn each four slots. */
const SLOT = 2;
const PIRQ = (SLOT - 1) & 3;

/** The level of the device's INTA#, which the ISA bridge takes to the interrupt that firmware or system chose. */
export function setInterruptPin(cpu: V86Cpu, level: 0 | 1): void {
  const route = cpu.devices.pci.isa_bridge_space8[PIRQ_ROUTES + PIRQ] ?? NOT_ROUTED;
  if ((route & NOT_ROUTED) !== 0) return;
  if (level === 1) cpu.device_raise_irq(route);
  else cpu.device_lower_irq(route);
}
