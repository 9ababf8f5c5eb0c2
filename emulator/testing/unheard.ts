import type { Fault } from '../device-model.ts';

const UNHEARD = new Set(['event-merged', 'event-disabled', 'event-waiting', 'ring-event-masked']);

/** Of events that nobody waits for: guests of specs let interrupts be. */
export function isUnheard({ check }: Fault): boolean {
  return UNHEARD.has(check);
}
