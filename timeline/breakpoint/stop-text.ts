import {
  type CommandEvent,
  checkLabel,
  checkRow,
  type Fault,
  type InterruptEvent,
  type WorkView,
} from '../../emulator/index.ts';
import type { TraceStore } from '../../trace/index.ts';
import type { AccessFacts } from '../expression/context.ts';
import { placeText, valueText } from '../listing/access-text.ts';
import { hex, type RegisterDirectory } from '../register-directory.ts';
import type { Value64 } from '../session.ts';
import type { ArmedBreakpoint } from './armed-breakpoint.ts';

/** `RCS0.RING_TAIL write 0x00000040 (was 0x00000000)`. */
export function accessStopText(
  store: TraceStore,
  directory: RegisterDirectory,
  record: number,
  facts: AccessFacts | undefined,
): string {
  if (facts === undefined) return `record ${record}`;
  const what = `${placeText(store, record, directory)} ${facts.direction} ${valueText(store, record)}`;
  if (facts.direction === 'read' || !facts.old.known) return what;
  return `${what} (was ${numberText(facts.old, facts.size * 2)})`;
}

/** `RCS0.RING_CTL.enable 0x0 → 0x1`, or what was read or written where nothing changed. */
export function changeStopText({ name }: ArmedBreakpoint, facts: AccessFacts): string {
  const { old, value, direction } = facts;
  const same = old.known === value.known && old.low === value.low && old.high === value.high;
  if (same) return `${name} ${direction} ${numberText(value, 1)}`;
  return `${name} ${numberText(old, 1)} → ${numberText(value, 1)}`;
}

/** `RCS0 PIPE_CONTROL in the ring at 0x37ffe018`. */
export function workStopText({ engine, kind, command, name }: WorkView): string {
  if (command === undefined) return `${engine} ${name ?? kind}`;
  return `${engine} ${command.name} ${levelText(command)}`;
}

/** `in the batch at 0x100000040`. */
export function levelText({ level, address }: Pick<CommandEvent, 'level' | 'address'>): string {
  return `in the ${level} at ${hex(address)}`;
}

/** `interrupt: RCS0 user interrupt`; where the guest does not get it, why. */
export function interruptStopText({ name, kind, delivered, why }: InterruptEvent): string {
  if (!delivered) return `dropped: ${name}${why === undefined ? '' : `, as ${why}`}`;
  return kind === 'msi' ? 'MSI sent' : `interrupt: ${name}`;
}

/** `Register: write to read-only bits: RCS0.RING_ACTHD: write of …`. */
export function faultText({ check, message }: Fault): string {
  const row = checkRow(check);
  return `${row === undefined ? check : checkLabel(row)}: ${message}`;
}

function numberText({ low, high, known }: Value64, digits: number): string {
  if (!known) return 'unknown';
  if (high === 0) return hex(low, digits);
  return `${hex(high)}${low.toString(16).padStart(8, '0')}`;
}
