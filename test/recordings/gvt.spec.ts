import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createVgpu } from '../../emulator/index.ts';
import {
  asGvtG,
  deviceConfigFor,
  HOST_REGISTERS,
  scoreReplay,
  VOLATILE_REGISTERS,
} from '../../timeline/index.ts';
import { sampleTrace } from '../../timeline/testing/traces.ts';

/** A guest inside the real kvmgt; its log lacks guest memory. */
const RECORDING = 'skl_kvmgt.mmiotrace.gz';

test('the model as GVT-g answers as the real one did', async () => {
  const trace = await sampleTrace(RECORDING);
  const described = deviceConfigFor(trace.device);
  assert.ok(!('problem' in described));
  const excepted = HOST_REGISTERS.map(({ offset }) => offset);
  const device = createVgpu(asGvtG(described));
  const { reads } = await scoreReplay(trace.store, device, { excepted }, { cancelled: false });
  const { compared, equal, volatile, forced } = reads;
  assert.ok(compared > 900, `${compared} reads`);
  assert.ok(forced <= 0.05 * compared, `${forced} of ${compared} need memory that the log lacks`);
  const rest = compared - volatile - forced;
  assert.ok(equal >= 0.98 * rest, `${equal} of ${rest} equal`);
});

test('at most 20 registers are excepted, each once, with a reason', () => {
  const all = [...HOST_REGISTERS, ...VOLATILE_REGISTERS];
  assert.ok(all.length <= 20, `${all.length}`);
  assert.equal(new Set(all.map(({ offset }) => offset)).size, all.length);
  for (const { reason } of all) assert.ok(reason.length > 10);
});

test('without its quirks the model is told apart from the real one', async () => {
  const trace = await sampleTrace(RECORDING);
  const described = deviceConfigFor(trace.device);
  assert.ok(!('problem' in described));
  const { reads } = await scoreReplay(trace.store, createVgpu(described), {}, { cancelled: false });
  assert.ok(reads.different > 100, `${reads.different} differ`);
});
