import type { InterruptGroupView, TimelineSession } from '../../timeline/index.ts';
import { hex } from './format.ts';
import { listOf, type Row } from './row.ts';

/** Interrupt groups with their four registers and what each of their events is waiting for. */
export async function interruptRows(session: TimelineSession): Promise<readonly Row[]> {
  return (await session.inspect({ kind: 'interrupts' })).map(groupRow);
}

/** Offsets from a group's base, in the order of the hardware's registers (gvt-facts §7.1). */
const GROUP_REGISTERS = [
  ['ISR', 'isr', 0x0],
  ['IMR', 'imr', 0x4],
  ['IIR', 'iir', 0x8],
  ['IER', 'ier', 0xc],
] as const;

function groupRow(group: InterruptGroupView): Row {
  const registers = GROUP_REGISTERS.map(([name, key, offset]): Row => {
    const address = group.base + offset;
    return {
      name,
      value: hex(group[key], 8),
      expression: `mmio[${hex(address)}]`,
      settable: true,
      target: { space: 'mmio', address, size: 4 },
      memory: { space: 'mmio', address },
    };
  });
  const events = group.events.map(
    ({ bit, name, state }): Row => ({
      name: `${bit}: ${name}`,
      value: state,
      type: `bit ${bit}`,
    }),
  );
  return {
    name: group.name,
    value: `IIR ${hex(group.iir, 8)}, IMR ${hex(group.imr, 8)}, IER ${hex(group.ier, 8)}`,
    memory: { space: 'mmio', address: group.base },
    children: listOf([...registers, ...events]),
  };
}
