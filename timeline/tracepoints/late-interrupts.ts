import type { Tracepoint } from './tracepoint.ts';

/** An MSI of one side that the other has not in this place. */
export interface LoneInterrupt {
  readonly recorded: Tracepoint | undefined;
  readonly made: Tracepoint | undefined;
}

/** How much later, in accesses, work may be done: the thread that does it is woken within a few of them. */
export const LATEST = 64;

/**
 * Of MSI that may have come at another moment (`work-done-later`) those that have not come at all. One that GVT-g sent
 * must be one of the model's, each of which stands for one. One that the model sent in addition must have one of
 * GVT-g's near it, with which it has merged there.
 */
export function lostInterrupts(
  lone: readonly LoneInterrupt[],
  recorded: readonly Tracepoint[],
): LoneInterrupt[] {
  const ours = lone.flatMap(({ made }) => (made === undefined ? [] : [made]));
  const lost = lone.filter(({ recorded: their, made }) => {
    if (their === undefined || made !== undefined) return false;
    const at = ours.findIndex((our) => isNear(our, their));
    if (at >= 0) ours.splice(at, 1);
    return at < 0;
  });
  const alone = ours.filter((our) => !recorded.some((their) => isNear(our, their)));
  return [...lost, ...alone.map((made) => ({ recorded: undefined, made }))];
}

function isNear(a: Tracepoint, b: Tracepoint): boolean {
  return Math.abs(a.access - b.access) <= LATEST;
}
