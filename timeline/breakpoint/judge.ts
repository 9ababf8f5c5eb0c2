import type { EvaluationContext } from '../expression/context.ts';
import type { Moment } from '../moment.ts';
import type { ArmedBreakpoint } from './armed-breakpoint.ts';
import type { HitCounts } from './hit-counts.ts';

/** What a breakpoint makes of a moment at which it could be hit. */
export interface Verdict {
  readonly stops: boolean;
  /** What it logs, in order. */
  readonly logs: readonly string[];
  /** Why its condition could not be decided. */
  readonly why?: string;
}

const PASS: Verdict = { stops: false, logs: [] };
const STOP: Verdict = { stops: true, logs: [] };

/** Condition, then hit count, then log message. */
export function judge(
  breakpoint: ArmedBreakpoint,
  moment: Moment,
  context: EvaluationContext,
  counts: HitCounts,
): Verdict {
  const { condition, hit, message } = breakpoint;
  const logs: string[] = [];
  let why: string | undefined;
  if (condition !== undefined) {
    const { peek, access, fault, record, timeNs } = context;
    const log = (text: string) => logs.push(text);
    // Written out, as this is asked by hundreds of thousands, and a spread copy is slow.
    const checked = condition.check({ peek, access, fault, record, timeNs, log });
    if (!checked.stop) return logs.length === 0 ? PASS : { stops: false, logs };
    why = checked.why;
  }
  if (hit !== undefined && !hit.matches(counts.note(breakpoint, moment))) {
    return { stops: false, logs };
  }
  if (message !== undefined) {
    logs.push(message.format(context));
    return { stops: false, logs };
  }
  if (logs.length === 0 && why === undefined) return STOP;
  return { stops: true, logs, ...(why === undefined ? {} : { why }) };
}
