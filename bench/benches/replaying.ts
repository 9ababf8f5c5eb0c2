import { scoreReplay } from '../../timeline/index.ts';
import { BARE_DWORDS, bareAccesses, bareLoop } from '../baselines/bare-loop.ts';
import type { Bench } from '../figure.ts';
import { inTurns } from '../measure.ts';
import { FBCON, openSample } from '../samples.ts';
import { deviceFor, NEVER, runToEnd, sessionFor } from '../sessions.ts';

const ROUNDS = 5;

/** Replaying a recording with no breakpoint armed, against the same records looped over a bare typed array. */
export const replayingBench: Bench = {
  name: 'replaying',
  summary: 'replaying a recording, against looping over its records',
  async run() {
    const trace = await openSample(FBCON);
    const accesses = bareAccesses(trace.store);
    const registers = new Uint32Array(BARE_DWORDS);
    // Every round needs a session of its own, since the second run of one finds its checkpoints laid.
    const sessions = Array.from({ length: ROUNDS + 1 }, () => sessionFor(trace));
    const devices = Array.from({ length: ROUNDS + 1 }, () => deviceFor(trace));
    const time = await inTurns(
      {
        bare: () => bareLoop(accesses, registers),
        session: () => runToEnd(next(sessions)),
        compared: () => scoreReplay(trace.store, next(devices), {}, NEVER),
      },
      ROUNDS,
    );
    const ratio = time.session / time.bare;
    const perAccess = (ms: number) => `${((ms * 1e6) / accesses.length).toFixed(0)} ns an access`;
    const rate = (ms: number) => `${(trace.store.length / ms / 1000).toFixed(1)} million records/s`;
    const bare = `bare loop: ${perAccess(time.bare)}`;
    return [
      {
        what: `replaying ${FBCON}, no breakpoint, checkpoints laid`,
        measured: `${ratio.toFixed(1)} × bare loop, ${perAccess(time.session)}, ${rate(time.session)}`,
        baseline: bare,
        target: '≤ 10 × bare loop',
        met: ratio <= 10,
      },
      {
        what: `the same with every answer compared (vgpu replay)`,
        measured: `${(time.compared / time.bare).toFixed(1)} × bare loop, ${rate(time.compared)}`,
        baseline: bare,
      },
    ];
  },
};

function next<T>(prepared: T[]): T {
  const one = prepared.pop();
  if (one === undefined) throw new Error('too few were prepared');
  return one;
}
