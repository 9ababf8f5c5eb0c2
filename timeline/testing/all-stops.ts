import assert from 'node:assert/strict';
import type { Stop, TimelineSession } from '../session.ts';
import { NOT_CANCELLED } from './traces.ts';

/** Runs on from breakpoint to breakpoint until the recording ends. */
export async function allStops(
  session: TimelineSession,
  direction: 'forward' | 'backward',
): Promise<Stop[]> {
  const stops: Stop[] = [];
  for (;;) {
    const stop = await session.resume(direction, NOT_CANCELLED);
    if (stop.reason !== 'breakpoint') return stops;
    stops.push(stop);
    assert.ok(stops.length < 1000, 'runs never end');
  }
}
