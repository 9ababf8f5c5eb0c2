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

function numberText({ low, high, known }: Value64, digits: number): string {
  if (!known) return 'unknown';
  if (high === 0) return hex(low, digits);
  return `${hex(high)}${low.toString(16).padStart(8, '0')}`;
}
