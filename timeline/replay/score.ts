import type { DeviceModel } from '../../emulator/index.ts';
import type { TraceStore } from '../../trace/index.ts';
import type { CancellationToken } from '../session.ts';
import type { ReplayScore, ScoreOptions } from './score-types.ts';
import { ScoredReplay } from './scored-replay.ts';

export type * from './score-types.ts';

const SLICE = 20_000;

/** Replays a trace on a device at power-on, or the part that is asked for, comparing its answers with the recorded ones. */
export async function scoreReplay(
  store: TraceStore,
  device: DeviceModel,
  options: ScoreOptions,
  token: CancellationToken,
): Promise<ReplayScore> {
  const replay = new ScoredReplay(store, device, options);
  try {
    while (!replay.done && !token.cancelled) {
      replay.advance(replay.position + SLICE);
      await options.progress?.(replay.position / store.length);
    }
  } finally {
    device.setListener(undefined);
  }
  return replay.end();
}
