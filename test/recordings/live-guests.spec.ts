import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createVgpu } from '../../emulator/index.ts';
import { deviceConfigFor, scoreReplay } from '../../timeline/index.ts';
import { openSample, sampleText } from './open-sample.ts';

const NEVER = { cancelled: false };

/** This project's own recordings: nothing in them can be another device's doing. */
for (const [name, platform, least] of [
  ['guest-gem-stacks', 'skl', { reads: 700, commands: 300 }],
  ['guest-unload', 'skl', { reads: 700, commands: 300 }],
  ['guest-broadwell', 'bdw', { reads: 300, commands: 200 }],
] as const) {
  test(`${name}: every answer and every result is as recorded`, async () => {
    const trace = await openSample(`${name}.vgpu.gz`);
    const config = deviceConfigFor(trace.device);
    assert.ok(!('problem' in config));
    assert.equal(config.platform, platform);
    const { reads, results, divergenceCount } = await scoreReplay(
      trace.store,
      createVgpu(config),
      {},
      NEVER,
    );
    assert.ok(reads.compared >= least.reads, `${reads.compared} reads`);
    assert.equal(reads.equal, reads.compared);
    assert.equal(divergenceCount, 0);
    assert.deepEqual(results?.unexplained, []);
    assert.ok((results?.equal.commands ?? 0) >= least.commands);
    assert.ok((results?.equal.interrupts ?? 0) >= 30);
  });
}

test('guest-gem-stacks: register accesses say which function made them', () => {
  const lines = sampleText('guest-gem-stacks.vgpu.gz').split('\n');
  const accesses = lines.filter((line) => /^[RW] \d 0/.test(line));
  const probe = accesses.filter((line) => line.includes(' < i915_driver_probe < '));
  assert.ok(probe.length >= 500, `${probe.length} of ${accesses.length}`);
  assert.ok(accesses.some((line) => line.includes('  @ intel_vgpu_detect < ')));
});
