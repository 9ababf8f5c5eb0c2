import type { AccessFacts, EvaluationContext } from '../expression/context.ts';
import type { Playhead } from '../replay/playhead.ts';

/** What expressions see of the present moment. */
export function contextHere(
  { store, device, position }: Playhead,
  access: AccessFacts | undefined,
): EvaluationContext {
  const last = Math.min(position, store.length - 1);
  return {
    peek: (space, address, size) => device.peek(space, address, size),
    access,
    record: position,
    timeNs: last < 0 ? 0 : store.timeNs(last),
  };
}
