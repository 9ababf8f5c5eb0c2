import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createVgpu, registerDirectory } from '../../emulator/index.ts';
import { deviceConfigFor, scoreReplay } from '../../timeline/index.ts';
import { openTrace } from '../../trace/index.ts';
import { fieldFile, unpacked } from '../support/field-file.ts';

/** A Broadwell guest on the vGPU path of i915; what answered is a stub: mostly 0, or what was written last. */
const RECORDING = 'bdw_vgpu.mmiotrace.gz';
const file = fieldFile('linux64', RECORDING);
const skip = file === undefined && 'the recording is not here';

/**
 * Where the model cannot answer as the stub did. LCPLL_CTL is 0 there: the PLL is on (bit 31 disables) and yet not
 * locked (bit 30), which no Broadwell shows (gvt-facts §8). And the stub keeps one register for the requests of
 * firmware and driver: a request in PWR_WELL_CTL2 shows in PWR_WELL_CTL1 too. Its raw clock is 0, with which the driver
 * finds no monitor.
 */
const STUBBED = ['PCH_RAWCLK_FREQ', 'LCPLL_CTL', 'HSW_PWR_WELL_CTL1', 'LCPLL_CTL'];

/**
 * The log has no guest memory: engines stall, and whether a second submission finds a slot is not known.
 */
const FAULTS = ['memory-unknown'];

async function replay() {
  const trace = await openTrace([unpacked(file)], { name: RECORDING });
  const config = deviceConfigFor(trace.device);
  assert.ok(!('problem' in config));
  assert.deepEqual([config.platform, config.deviceId], ['bdw', 0x1616]);
  const score = await scoreReplay(trace.store, createVgpu(config), {}, { cancelled: false });
  return { score, names: registerDirectory('bdw', config.deviceId) };
}

test('a Broadwell guest replays on a Broadwell vGPU', { skip }, async () => {
  const { score, names } = await replay();
  const { compared, forced, equal, explained } = score.reads;
  assert.ok(compared > 300, `${compared} reads`);
  // Interrupts and context status of the driver's first submissions, which the log lacks the memory for.
  assert.ok(forced <= 0.12 * compared, `${forced} of ${compared}`);
  assert.deepEqual(
    score.divergences.map(({ offset }) => names.at(offset)?.name),
    STUBBED,
  );
  assert.equal(equal, compared - forced - explained - STUBBED.length);
});

test('its accesses break no rule but those that the log cannot keep', { skip }, async () => {
  const { score } = await replay();
  assert.deepEqual(Object.keys(score.faults).sort(), FAULTS);
});
