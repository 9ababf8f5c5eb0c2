import { checkConsole } from './console.ts';
import { runCube } from './kmscube.ts';
import type { Scenario, Stage } from './scenario.ts';
import { checkLog, loadDriver, runBatches, unloadDriver } from './steps.ts';

/** What a guest can be made to do, by name. */
export const SCENARIOS = {
  boot: {
    summary: 'boots up to the point where i915 would be loaded',
    run: async () => undefined,
  },
  probe: {
    summary: 'loads i915',
    async run(stage) {
      await loadDriver(stage);
      checkLog(stage);
    },
  },
  gem: {
    summary: 'loads i915 and runs a batch on each engine',
    async run(stage) {
      await loadDriver(stage);
      await runBatches(stage);
      checkLog(stage);
    },
  },
  modeset: {
    summary: 'loads i915, which sets a mode and draws its console',
    needsMonitor: true,
    async run(stage) {
      await loadDriver(stage);
      await checkConsole(stage);
      checkLog(stage);
    },
  },
  hang: {
    summary: 'runs an endless batch, which the driver has to end, and batches behind it',
    async run(stage) {
      await loadDriver(stage);
      await hang(stage);
      await runBatches(stage);
      checkLog(stage);
    },
  },
  unload: {
    summary: 'loads i915, runs batches, unloads it, loads it again',
    async run(stage) {
      await loadDriver(stage);
      await runBatches(stage);
      await unloadDriver(stage);
      await loadDriver(stage);
      await runBatches(stage);
      checkLog(stage);
    },
  },
  kmscube: {
    summary: 'loads i915; Mesa draws a turning cube, a new picture with each vertical blank',
    needsMonitor: true,
    needsMesa: true,
    memory: 512,
    async run(stage) {
      await loadDriver(stage);
      await runCube(stage);
      checkLog(stage);
    },
  },
} as const satisfies Readonly<Record<string, Scenario>>;

export type ScenarioName = keyof typeof SCENARIOS;

/** By name, as what all scenarios have in common. */
export function scenarioNamed(name: ScenarioName): Scenario {
  return SCENARIOS[name];
}

export function isScenario(name: string): name is ScenarioName {
  return Object.hasOwn(SCENARIOS, name);
}

async function hang(stage: Stage): Promise<void> {
  const { pc, dmesg } = stage;
  stage.phase('waiting for an endless batch');
  const { status, lines } = await pc.command('gemhang', 120);
  stage.check('the endless batch ends', status === 0, lines.join('; '));
  await pc.runFor(1);
  stage.check('the driver notices the hang', dmesg.says(/GPU HANG/));
  stage.check('it resets the engine', dmesg.says(/Resetting rcs0/));
  const error = await pc.command('head -1 /sys/class/drm/card0/error', 60);
  const state = error.lines.join(' ');
  stage.check('it keeps an error state', /GPU HANG/.test(state), state);
}
