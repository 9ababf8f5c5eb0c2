import { fileURLToPath } from 'node:url';
import { defaultConfig } from '../../emulator/index.ts';
import {
  type DeviceTimes,
  HDMI_MONITOR,
  readImages,
  runScenario,
  type ScenarioName,
  scenarioNamed,
} from '../../guest/index.ts';
import type { Bench, Figure } from '../figure.ts';

const CACHE = fileURLToPath(new URL('../../.cache/guest/', import.meta.url));
const SCENARIOS: readonly ScenarioName[] = ['gem', 'unload', 'hang', 'modeset', 'kmscube'];
/** Of the run, in percent. */
const MOST = 15;

/** How long a real driver waits for the device: a live guest, from loading i915 to the scenario's end. */
export const guestBench: Bench = {
  name: 'guest',
  summary: 'how long a real driver waits for the device, in a live guest',
  async run() {
    const figures: Figure[] = [];
    for (const scenario of SCENARIOS) figures.push(figureOf(scenario, await timesOf(scenario)));
    return figures;
  },
};

function figureOf(scenario: ScenarioName, { run, device, works }: DeviceTimes): Figure {
  const share = (device / run) * 100;
  const [longest] = works;
  const mostly = longest === undefined ? '' : `, most of it for: ${longest.work}`;
  return {
    what: `time in the device, live guest, ${scenario}`,
    measured: `${share.toFixed(1)} %, ${seconds(device)}${mostly}`,
    baseline: `the whole run: ${seconds(run)}`,
    target: `≤ ${MOST} %`,
    met: share <= MOST,
  };
}

async function timesOf(scenario: ScenarioName): Promise<DeviceTimes> {
  const { needsMonitor = false, needsMesa = false, memory = 256 } = scenarioNamed(scenario);
  const { passed, times } = await runScenario({
    scenario,
    device: { ...defaultConfig(), ...(needsMonitor ? { monitor: HDMI_MONITOR } : {}) },
    images: await readImages({ folder: `${CACHE}images`, mesa: needsMesa }),
    memory: memory << 20,
    snapshots: `${CACHE}snapshots`,
    profile: true,
    watcher: NOBODY,
  });
  if (!passed || times === undefined) throw new Error(`the guest did not succeed in ${scenario}.`);
  return times;
}

const nothing = () => undefined;
const NOBODY = { phase: nothing, line: nothing, progress: nothing, check: nothing };

function seconds(milliseconds: number): string {
  return `${(milliseconds / 1000).toFixed(2)} s`;
}
