import { mkdtemp } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { defaultConfig, type VgpuConfig } from '../../../emulator/index.ts';
import {
  HDMI_MONITOR,
  runScenario,
  type ScenarioName,
  type ScenarioOptions,
  type ScenarioResult,
  scenarioNamed,
} from '../../../guest/index.ts';
import { type FetchedKernel, fetchedGuest, SNAPSHOTS } from './guest-images.ts';

export interface GuestRun {
  readonly result: ScenarioResult;
  /** The recording's file. */
  readonly recording: string;
  /** The guest's console and shell. */
  readonly lines: readonly string[];
}

/**
 * Runs a scenario as `vgpu guest` does, with a recording. `change`: what its vGPU has otherwise; `boot`: what else
 * its kernel is told, and what it finds.
 */
export async function runGuest(
  kernel: FetchedKernel,
  scenario: ScenarioName,
  change: Partial<VgpuConfig> = {},
  boot: Pick<ScenarioOptions, 'commandLine' | 'platform' | 'opRegion'> = {},
): Promise<GuestRun> {
  const { needsMonitor, needsMesa, memory = 256 } = scenarioNamed(scenario);
  const images = await fetchedGuest(kernel, needsMesa);
  const folder = await mkdtemp(path.join(os.tmpdir(), 'vgpu-guest-'));
  const recording = path.join(folder, `${scenario}.vgpu.gz`);
  const lines: string[] = [];
  const monitor = needsMonitor ? { monitor: HDMI_MONITOR } : {};
  const result = await runScenario({
    scenario,
    device: { ...defaultConfig(boot.platform), ...monitor, ...change },
    images,
    memory: memory << 20,
    snapshots: SNAPSHOTS,
    ...boot,
    record: recording,
    watcher: {
      phase: () => undefined,
      line: (_, text) => void lines.push(text),
      progress: () => undefined,
      check: () => undefined,
    },
  });
  return { result, recording, lines };
}
