import { AdapterClient } from '../adapter-client.ts';
import type { Bench, Figure } from '../figure.ts';
import { milliseconds, percentile, randomNumbers } from '../measure.ts';
import { HANG, STACKS, samplePath } from '../samples.ts';

/** Random places of the recording that steps and scopes are measured at. */
const PLACES = 40;
const STEPS_AT_EACH = 5;
const RECORDS = 530_000;
/** Commands stepped over, and a moment at which RCS0 executes an endless batch. */
const COMMANDS = 1000;
const HANGING = '567242+11';

/** What a user of VS Code waits for, through the packaged debug adapter on stdio. */
export const dapBench: Bench = {
  name: 'dap',
  summary: 'what a user of VS Code waits for, through the packaged debug adapter',
  async run() {
    const starts: number[] = [];
    for (let round = 0; round < 5; round++) {
      const client = new AdapterClient();
      starts.push(await milliseconds(() => client.firstStop(samplePath(STACKS))));
      await client.close();
    }
    return [
      firstStopFigure(starts),
      ...(await onRecording(STACKS, stepping)),
      ...(await onRecording(HANG, steppingCommands)),
    ];
  },
};

async function onRecording(
  name: string,
  measure: (client: AdapterClient) => Promise<Figure[]>,
): Promise<Figure[]> {
  const client = new AdapterClient();
  try {
    await client.firstStop(samplePath(name));
    return await measure(client);
  } finally {
    await client.close();
  }
}

/** An engine that hangs executes commands for as long as one steps. */
async function steppingCommands(client: AdapterClient): Promise<Figure[]> {
  const [there, back, scopes]: [number[], number[], number[]] = [[], [], []];
  await client.goTo(HANGING);
  for (let step = 0; step < COMMANDS; step++) {
    there.push(await milliseconds(() => client.go('stepIn')));
    if (step % 20 === 0) scopes.push(await milliseconds(() => lookAround(client)));
  }
  for (let step = 0; step < COMMANDS; step++) {
    back.push(await milliseconds(() => client.go('stepBack')));
  }
  return [
    latency('step to the next command through DAP', there, 20),
    latency('step back to the command before through DAP', back, 20),
    latency('stack, scopes and variables at a command through DAP', scopes, 30),
  ];
}

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
