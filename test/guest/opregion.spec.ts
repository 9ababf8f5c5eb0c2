import assert from 'node:assert/strict';
import { readFile, rm } from 'node:fs/promises';
import path from 'node:path';
import { describe, it } from 'node:test';
import { gunzipSync } from 'node:zlib';
import { gvtMonitor } from '../../emulator/index.ts';
import { DP_MONITOR } from '../../guest/index.ts';
import { replayHash } from './support/replay-hash.ts';
import { runGuest } from './support/run-guest.ts';

const NO_VBT = /Failed to find VBIOS tables/;

describe('gvt-facts §1.5: i915 with the OpRegion', () => {
  for (const platform of ['skl', 'bdw'] as const) {
    it(`takes its VBT, has DisplayPort connectors only, and sets a mode over one, on ${platform}`, async () => {
      const { port } = gvtMonitor(platform);
      const monitor = { ...DP_MONITOR, port };
      const run = await runGuest('stock', 'modeset', { monitor }, { platform, opRegion: true });
      try {
        assert.deepEqual(
          run.result.checks.filter(({ passed }) => !passed),
          [],
        );
        const said = run.lines.join('\n');
        assert.doesNotMatch(said, NO_VBT);
        assert.doesNotMatch(said, /card0-(HDMI|VGA)/);
        assert.match(said, /card0-DP-\d\/status:connected/);
        const recording = gunzipSync(await readFile(run.recording)).toString();
        assert.match(recording, /^CW 4 fc 0*d0000$/m, 'ASLS');
        assert.equal(await replayHash(run.recording), run.result.hash);
      } finally {
        await rm(path.dirname(run.recording), { recursive: true });
      }
    });
  }

  it('has none where its firmware gives it none', async () => {
    const run = await runGuest('stock', 'probe');
    try {
      assert.match(run.lines.join('\n'), NO_VBT);
    } finally {
      await rm(path.dirname(run.recording), { recursive: true });
    }
  });
});
