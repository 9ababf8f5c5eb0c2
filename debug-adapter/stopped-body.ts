import type { DebugProtocol as Dap } from '@vscode/debugprotocol';
import type { Stop, StopReason } from '../timeline/index.ts';
import type { BreakpointKind } from './breakpoint-table.ts';

/** The thread that is always there: the guest's driver. */
export const DRIVER_THREAD = 1;

/** For reasons that DAP has no word for, what the client shows instead of one. */
const DESCRIPTIONS: Partial<Record<StopReason, string>> = {
  start: 'Paused at the start of the recording',
  end: 'Paused at the end of the recording',
  pause: 'Paused',
};

/** A stop of the timeline as the body of a `stopped` event. */
export function stoppedBody(
  stop: Stop,
  kindOf: (breakpointId: number) => BreakpointKind | undefined,
  threadId = DRIVER_THREAD,
): Dap.StoppedEvent['body'] {
  const body: Dap.StoppedEvent['body'] = {
    reason: reasonOf(stop, kindOf),
    threadId,
    allThreadsStopped: true,
  };
  const description = DESCRIPTIONS[stop.reason] ?? describeHit(stop, body.reason);
  if (description !== undefined) body.description = description;
  if (stop.text !== undefined) body.text = stop.text;
  if (stop.breakpointIds.length > 0) body.hitBreakpointIds = [...stop.breakpointIds];
  return body;
}

function reasonOf(stop: Stop, kindOf: (id: number) => BreakpointKind | undefined): string {
  // Both ends of a recording can be left again in the other direction, so the session goes on: a pause.
  if (stop.reason === 'start' || stop.reason === 'end') return 'pause';
  if (stop.reason !== 'breakpoint') return stop.reason;
  // What can be asked about with exceptionInfo, whatever else stops here.
  if (stop.faults !== undefined) return 'exception';
  const [first] = stop.breakpointIds;
  const kind = first === undefined ? undefined : kindOf(first);
  if (kind === 'function') return 'function breakpoint';
  if (kind === 'instruction') return 'instruction breakpoint';
  return kind === 'data' ? 'data breakpoint' : 'breakpoint';
}

function describeHit(stop: Stop, reason: string): string | undefined {
  return stop.reason === 'breakpoint' && stop.text !== undefined
    ? `Paused on ${reason}: ${stop.text}`
    : undefined;
}
