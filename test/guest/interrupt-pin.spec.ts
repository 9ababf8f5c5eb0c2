import assert from 'node:assert/strict';
import { readFile, rm } from 'node:fs/promises';
import path from 'node:path';
import { it } from 'node:test';
import { gunzipSync } from 'node:zlib';
import { replayHash } from './support/replay-hash.ts';
import { runGuest } from './support/run-guest.ts';

it('a kernel without MSI runs batches on all engines by INTA# alone, and its recording replays', async () => {
  const run = await runGuest(
    'stock',
    'gem',
    { legacyInterrupt: true },
    {
      commandLine: 'pci=nomsi',
    },
  );
  try {
    const failed = run.result.checks.filter(({ passed }) => !passed);
    assert.deepEqual(failed, []);
    assert.equal(await replayHash(run.recording), run.result.hash);
    const text = gunzipSync(await readFile(run.recording)).toString();
    const count = (pattern: RegExp) => text.match(pattern)?.length ?? 0;
    const raised = count(/^IRQ intx 1$/gm);
    // Each of four engines has a context loaded by the driver and runs a batch.
    assert.ok(raised >= 8, `${raised} interrupts`);
    assert.equal(count(/^IRQ intx 0$/gm), raised, 'the driver has seen to each');
    assert.equal(count(/^IRQ msi/gm), 0);
  } finally {
    await rm(path.dirname(run.recording), { recursive: true });
  }
});
