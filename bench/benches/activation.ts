import type { Activation } from '../../test/vscode/in-host/activation.ts';
import { runInHost } from '../../test/vscode/support/in-host.ts';
import type { Bench } from '../figure.ts';
import { percentile } from '../measure.ts';

const LIMIT_MS = 30;
/** Windows opened. */
const TIMES = 5;

/** Loading and activating the packed extension in VS Code's extension host, which is a new one in each window. */
export const activationBench: Bench = {
  name: 'activation',
  summary: "loading and activating the packed extension in VS Code's extension host",
  async run() {
    const runs = (await runInHost('activation', TIMES)) as Activation[];
    const ours = runs.map(({ extension }) => extension);
    const small = runs.map((run) => run.small);
    const atStart = runs.filter(({ wasActive }) => wasActive).length;
    const median = percentile(ours, 50);
    return [
      {
        what: 'activation in VS Code, the extension’s code being loaded',
        measured: `${median.toFixed(0)} ms (slowest of ${TIMES}: ${Math.max(...ours).toFixed(0)} ms); active without being needed in ${atStart} of ${TIMES} windows`,
        baseline: `VS Code’s own references-view: ${percentile(small, 50).toFixed(0)} ms`,
        target: `≤ ${LIMIT_MS} ms, and nothing on start-up`,
        met: median <= LIMIT_MS && atStart === 0,
      },
    ];
  },
};
