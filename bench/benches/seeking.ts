import { Playhead } from '../../timeline/replay/playhead.ts';
import type { OpenedTrace } from '../../trace/index.ts';
import type { Bench, Figure } from '../figure.ts';
import { milliseconds, percentile, randomNumbers } from '../measure.ts';
import { FBCON, openSample } from '../samples.ts';
import { deviceFor, NEVER, runToEnd, sessionFor } from '../sessions.ts';
import { repeated } from '../synthetic-trace.ts';

const LONG = 10_000_000;
const SEEKS = 200;
const LIMIT_MS = 100;
const LIMIT_MIB = 256;

/** Jumps to random moments, and the memory that checkpoints take for it. */
export const seekingBench: Bench = {
  name: 'seeking',
  summary: 'jumps to random moments, and the memory that checkpoints take',
  async run() {
    const trace = await openSample(FBCON);
    const long = { ...trace, store: repeated(trace.store, LONG) };
    return [
      ...(await seeking(trace, FBCON)),
      ...(await seeking(long, `${LONG / 1e6} million records (${FBCON} over and over)`)),
    ];
  },
};

async function seeking(trace: OpenedTrace, what: string): Promise<Figure[]> {
  const session = sessionFor(trace);
  await runToEnd(session);
  const random = randomNumbers(1);
  const times: number[] = [];
  for (let i = 0; i < SEEKS; i++) {
    const record = Math.floor(random() * trace.store.length);
    times.push(await milliseconds(() => session.seek({ record, event: 0 }, NEVER)));
  }
  await session.close();
  const [p50, p95] = [percentile(times, 50), percentile(times, 95)];
  const { count, mebibytes } = checkpointMemory(trace);
  return [
    {
      what: `seek to a random moment, ${what}`,
      measured: `p50 ${p50.toFixed(0)} ms, p95 ${p95.toFixed(0)} ms (${SEEKS} seeks)`,
      target: `p95 ≤ ${LIMIT_MS} ms`,
      met: p95 <= LIMIT_MS,
    },
    {
      what: `checkpoints, ${what}`,
      measured: `${mebibytes.toFixed(0)} MiB in ${count}`,
      target: `≤ ${LIMIT_MIB} MiB`,
      met: mebibytes <= LIMIT_MIB,
    },
  ];
}

/** Of one run through the trace. A session does not tell; this is what it has inside. */
function checkpointMemory(trace: OpenedTrace): { count: number; mebibytes: number } {
  const playhead = new Playhead(trace.store, deviceFor(trace));
  playhead.advanceAll(trace.store.length);
  const { count, bytes } = playhead.checkpoints;
  return { count, mebibytes: bytes / 2 ** 20 };
}
