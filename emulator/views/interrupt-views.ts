import type { Core } from '../core.ts';
import {
  INTERRUPT_GROUPS,
  type InterruptGroup,
  interruptEvents,
} from '../interrupt/interrupt-tables.ts';
import type { InterruptGroupValue } from './view-types.ts';

/** All register groups with the state of each event that the model knows. */
export function interruptViews(core: Core): InterruptGroupValue[] {
  return INTERRUPT_GROUPS.map((group) => groupView(core, group));
}

function groupView(core: Core, group: InterruptGroup): InterruptGroupValue {
  const [isr, imr, iir, ier] = [0, 4, 8, 12].map((at) => core.registers.get(group.base + at));
  const values = { isr: isr ?? 0, imr: imr ?? 0, iir: iir ?? 0, ier: ier ?? 0 };
  const all = interruptEvents(core.registers.map.tables).values();
  const events = [...all]
    .filter((event) => event.group === group.id)
    .map(({ bit, name }) => ({ bit, name, state: stateOf(bit, values) }));
  return { name: group.name, base: group.base, ...values, events };
}

function stateOf(
  bit: number,
  { imr, iir, ier }: { imr: number; iir: number; ier: number },
): string {
  const has = (value: number) => ((value >>> bit) & 1) === 1;
  if (has(iir)) return has(ier) ? 'pending' : 'pending, not enabled';
  if (has(imr)) return 'masked';
  return has(ier) ? 'enabled' : 'not enabled';
}
