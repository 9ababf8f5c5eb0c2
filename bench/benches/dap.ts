import { AdapterClient } from '../adapter-client.ts';
import type { Bench, Figure } from '../figure.ts';
import { milliseconds, percentile, randomNumbers } from '../measure.ts';
import { STACKS, samplePath } from '../samples.ts';

/** Random places of the recording that steps and scopes are measured at. */
const PLACES = 40;
const STEPS_AT_EACH = 5;
const RECORDS = 530_000;

/** What a user of VS Code waits for, through the packaged debug adapter on stdio. */
export const dapBench: Bench = {
  name: 'dap',
  async run() {
    const starts: number[] = [];
    for (let round = 0; round < 5; round++) {
      const client = new AdapterClient();
      starts.push(await milliseconds(() => client.firstStop(samplePath(STACKS))));
      await client.close();
    }
    const client = new AdapterClient();
    try {
      await client.firstStop(samplePath(STACKS));
      return [firstStopFigure(starts), ...(await stepping(client))];
    } finally {
      await client.close();
    }
  },
};

function firstStopFigure(starts: readonly number[]): Figure {
  const median = percentile(starts, 50);
  return {
    what: `F5 to first stop, ${STACKS}, through DAP`,
    measured: `${median.toFixed(0)} ms (slowest of ${starts.length}: ${Math.max(...starts).toFixed(0)} ms)`,
    target: '≤ 1,000 ms',
    met: median <= 1000,
  };
}

async function stepping(client: AdapterClient): Promise<Figure[]> {
  const random = randomNumbers(1);
  const [next, back, scopes, jumps]: [number[], number[], number[], number[]] = [[], [], [], []];
  for (let place = 0; place < PLACES; place++) {
    const record = Math.floor(random() * RECORDS);
    jumps.push(await milliseconds(() => client.goTo(record)));
    scopes.push(await milliseconds(() => lookAround(client)));
    for (let step = 0; step < STEPS_AT_EACH; step++) {
      next.push(await milliseconds(() => client.go('next')));
      scopes.push(await milliseconds(() => lookAround(client)));
    }
    for (let step = 0; step < STEPS_AT_EACH; step++) {
      back.push(await milliseconds(() => client.go('stepBack')));
    }
  }
  return [
    latency('step through DAP', next, 20),
    latency('step back through DAP', back, 20),
    latency('stack, scopes and variables through DAP', scopes, 30),
    latency('jump to a random record through DAP', jumps),
  ];
}

/** An adapter that shows nothing is quick, but not what is to be measured. */
async function lookAround(client: AdapterClient): Promise<void> {
  if ((await client.scopes()) === 0) throw new Error('no scope has a variable');
}

function latency(what: string, samples: readonly number[], limit?: number): Figure {
  const p50 = percentile(samples, 50);
  const p95 = percentile(samples, 95);
  return {
    what,
    measured: `p50 ${p50.toFixed(1)} ms, p95 ${p95.toFixed(1)} ms (${samples.length} samples)`,
    ...(limit === undefined ? {} : { target: `p95 ≤ ${limit} ms`, met: p95 <= limit }),
  };
}
