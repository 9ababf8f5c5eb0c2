import assert from 'node:assert/strict';
import { rm } from 'node:fs/promises';
import path from 'node:path';
import { describe, it } from 'node:test';
import { gvtMonitor, type Platform, type VgpuConfig } from '../../emulator/index.ts';
import { DP_MONITOR, type ScenarioName } from '../../guest/index.ts';
import { replayHash } from './support/replay-hash.ts';
import { runGuest } from './support/run-guest.ts';

/** The stock kernel's i915 passes on a device of the platform, and its recording replays. */
async function passes(
  platform: Platform,
  scenario: ScenarioName,
  change: Partial<VgpuConfig> = {},
): Promise<void> {
  const run = await runGuest('stock', scenario, change, { platform });
  try {
    assert.deepEqual(
      run.result.checks.filter(({ passed }) => !passed),
      [],
    );
    assert.ok(run.result.checks.length >= 5);
    assert.equal(await replayHash(run.recording), run.result.hash);
  } finally {
    await rm(path.dirname(run.recording), { recursive: true });
  }
}

/** The monitor where GVT-g has it on the platform. */
const onDisplayPort = (platform: Platform) => ({
  monitor: { ...DP_MONITOR, port: gvtMonitor(platform).port },
});

describe('i915 on Broadwell', () => {
  it('runs batches on each engine', () => passes('bdw', 'gem'));
  it('sets a mode over HDMI', () => passes('bdw', 'modeset'));
  it('trains a DisplayPort link and sets a mode over it', () =>
    passes('bdw', 'modeset', onDisplayPort('bdw')));
  it('recovers from a hang', () => passes('bdw', 'hang'));
});

describe('i915 on Kaby Lake', () => {
  it('trains a DisplayPort link and sets a mode over it', () =>
    passes('kbl', 'modeset', onDisplayPort('kbl')));
  it('recovers from a hang', () => passes('kbl', 'hang'));
});
