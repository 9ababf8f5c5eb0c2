import assert from 'node:assert/strict';
import { readFile, rm } from 'node:fs/promises';
import path from 'node:path';
import { describe, it } from 'node:test';
import type { VgpuConfig } from '../../../emulator/index.ts';
import { DP_MONITOR, type ScenarioName } from '../../../guest/index.ts';
import type { FetchedKernel } from './guest-images.ts';
import { replayHash } from './replay-hash.ts';
import { type GuestRun, runGuest } from './run-guest.ts';

const SCENARIOS: readonly ScenarioName[] = ['gem', 'unload', 'modeset', 'hang'];

/** What holds of a kernel and its own i915, whichever it is; `more` is tried on this one too. */
export function testScenarios(kernel: FetchedKernel, ...more: readonly ScenarioName[]): void {
  describe(`the ${kernel} kernel’s i915`, () => {
    for (const scenario of [...SCENARIOS, ...more]) {
      it(`passes ${scenario}, and its recording replays to the same state`, async () => {
        await withGuest(kernel, scenario, passes);
      });
    }

    it('trains a DisplayPort link and sets a mode over it', async () => {
      await withGuest(kernel, 'modeset', passes, { monitor: DP_MONITOR });
    });

    if (more.includes('kmscube')) {
      it('flips its pages at 60 Hz on DisplayPort too', async () => {
        await withGuest(kernel, 'kmscube', passes, { monitor: DP_MONITOR });
      });
    }

    it('behaves in every run as in the one before', async () => {
      const [first, second] = [await recordingOf(kernel), await recordingOf(kernel)];
      assert.ok(first.equals(second));
    });
  });
}

async function passes({ result, recording, lines }: GuestRun): Promise<void> {
  const failed = result.checks.filter(({ passed }) => !passed);
  assert.deepEqual(failed, [], lines.slice(-100).join('\n'));
  assert.ok(result.checks.length >= 5);
  assert.equal(await replayHash(recording), result.hash);
}

function recordingOf(kernel: FetchedKernel): Promise<Buffer> {
  return withGuest(kernel, 'gem', ({ recording }) => readFile(recording));
}

async function withGuest<T>(
  kernel: FetchedKernel,
  scenario: ScenarioName,
  use: (run: GuestRun) => Promise<T>,
  change: Partial<VgpuConfig> = {},
): Promise<T> {
  const run = await runGuest(kernel, scenario, change);
  try {
    return await use(run);
  } finally {
    await rm(path.dirname(run.recording), { recursive: true, force: true });
  }
}
