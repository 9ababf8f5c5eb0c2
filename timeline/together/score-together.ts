import type { DeviceModel, GoldenState } from '../../emulator/index.ts';
import type { TraceStore } from '../../trace/index.ts';
import type { ReplayScore, ScoreOptions } from '../replay/score-types.ts';
import { ScoredReplay } from '../replay/scored-replay.ts';
import type { CancellationToken } from '../session.ts';
import { type Interleave, turnsOf } from './turns.ts';

/** A recording, and the vGPU of a host on which it is replayed. */
export interface Guest {
  readonly store: TraceStore;
  readonly device: DeviceModel;
  /** What it started from. */
  readonly golden?: GoldenState | undefined;
}

/** Records between two looks at who else wants something. */
const SLICE = 20_000;

/**
 * Replays several recordings on the vGPUs of one host, and scores each as if it were alone. A score's hash is that of
 * the vGPU at the end of its own recording.
 */
export async function scoreTogether(
  guests: readonly Guest[],
  interleave: Interleave,
  options: ScoreOptions,
  token: CancellationToken,
): Promise<readonly ReplayScore[]> {
  const stores = guests.map(({ store }) => store);
  const replays = guests.map(
    ({ store, device, golden }) => new ScoredReplay(store, device, { ...options, golden }),
  );
  const scores = new Map<number, ReplayScore>();
  const all = stores.reduce((sum, { length }) => sum + length, 0);
  const end = (guest: number) => {
    const replay = replays[guest];
    if (replay && !scores.has(guest)) scores.set(guest, replay.end());
  };
  stores.forEach(({ length }, guest) => {
    if (length === 0) end(guest);
  });
  let done = 0;
  let told = 0;
  for (const turn of turnsOf(stores, interleave)) {
    if (token.cancelled) break;
    const replay = replays[turn.guest];
    if (replay === undefined) break;
    done += turn.end - replay.position;
    replay.advance(turn.end);
    if (replay.position === stores[turn.guest]?.length) end(turn.guest);
    if (done - told < SLICE) continue;
    told = done;
    await options.progress?.(done / all);
  }
  guests.forEach((_, guest) => {
    end(guest);
  });
  return guests.flatMap((_, guest) => scores.get(guest) ?? []);
}
