import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createVgpu, type VgpuConfig } from '../../emulator/index.ts';
import {
  asGvtG,
  DUMP_EXPLANATIONS,
  deviceConfigFor,
  type GoldenFile,
  goldenFrom,
  lastAnswer,
  scoreDump,
  scoreReplay,
} from '../../timeline/index.ts';
import { sampleTrace } from '../../timeline/testing/traces.ts';
import { type OpenedTrace, openTrace } from '../../trace/index.ts';
import { goldenFileOf } from '../support/golden-state.ts';
import { openSample, openText } from './open-sample.ts';

const HOST_FTRACE = 'skl_kvmgt.ftrace.txt.gz';
const LIVE = { cancelled: false };

function configOf({ device }: OpenedTrace, golden?: GoldenFile): VgpuConfig {
  const config = deviceConfigFor(device, {}, golden);
  assert.ok(!('problem' in config), JSON.stringify(config));
  return config;
}

function goldenOf(dump: OpenedTrace): GoldenFile {
  const golden = goldenFrom(dump);
  assert.ok(!('problem' in golden), JSON.stringify(golden));
  return golden;
}

/** Replays the genuine run and compares it with GVT-g's own dump at its end. */
async function replayed(golden?: GoldenFile) {
  const trace = await sampleTrace(HOST_FTRACE);
  const config = asGvtG(configOf(trace, golden));
  const [device, atPowerOn] = [createVgpu(config), createVgpu(config)];
  const known = { gvtG: true, golden: golden?.state };
  const replay = await scoreReplay(trace.store, device, known, LIVE);
  const dump = await openSample('skl_l2mmt.mmio_diff.txt');
  const registers = dump.snapshot?.registers ?? [];
  const answers = (offset: number) => lastAnswer(trace.store, offset);
  const end = scoreDump(registers, { device, atPowerOn, ...known, lastAnswer: answers });
  return { replay, end, registers };
}

/** As `intel_reg dump` writes it. */
function registerLine(offset: number, value: number): string {
  const hex = (number: number) => (number >>> 0).toString(16).padStart(8, '0');
  return `(0x${hex(offset)}): 0x${hex(value)}\n`;
}

/**
 * No golden state of that host exists. This one is deduced: of the 12 rows that are excused without one, neither guest
 * nor GVT-g has touched the register, so that the vGPU's copy still shows what its host had. It proves that nothing else
 * has to be excused; it is no evidence for these 12 values themselves.
 */
async function deduced(): Promise<GoldenFile> {
  const { end } = await replayed();
  const excused = end.rows.filter(({ why }) => why !== undefined);
  assert.equal(excused.length, DUMP_EXPLANATIONS.length);
  const lines = excused.map(({ offset, register }) => registerLine(offset, register.value.low));
  return goldenOf(await openText('deduced', lines.join('')));
}

test('with the registers that the vGPU must have started from, all rows of mmio_diff are equal', async () => {
  const golden = await deduced();
  assert.equal(golden.state.count, 12);
  const { end, replay } = await replayed(golden);
  const { compared, equal, host, explained, different } = end;
  assert.deepEqual([compared, equal, host, explained, different], [92, 92, 0, 0, 0]);
  assert.deepEqual(replay.divergences, []);
  assert.deepEqual(replay.tracepoints?.unexplained, []);
});

test('a wrong value among them is found, as nothing excuses what a golden state tells', async () => {
  const { state } = await deduced();
  const [wrong] = DUMP_EXPLANATIONS;
  assert.ok(wrong);
  const values = DUMP_EXPLANATIONS.map(
    ({ offset }) => [offset, state.register(offset) ?? 0] as const,
  );
  const lines = values.map(([offset, value]) =>
    registerLine(offset, offset === wrong.offset ? value ^ 1 : value),
  );
  const { end } = await replayed(goldenOf(await openText('wrong', lines.join(''))));
  assert.deepEqual([end.equal, end.different, end.rows[0]?.offset], [91, 1, wrong.offset]);
});

test('the host’s column of mmio_diff is of the end of the run, and so no golden state of its begin', async () => {
  const { end } = await replayed(goldenOf(await openSample('skl_l2mmt.mmio_diff.txt')));
  assert.deepEqual([end.equal, end.host, end.explained, end.different], [76, 0, 0, 16]);
});

test('what it gives of the registers that are not compared otherwise is compared', async () => {
  const trace = await sampleTrace(HOST_FTRACE);
  const given = async (lines: string) => {
    const golden = goldenOf(await openText('some', lines));
    const device = createVgpu(asGvtG(configOf(trace, golden)));
    const known = { gvtG: true, golden: golden.state };
    return await scoreReplay(trace.store, device, known, LIVE);
  };
  // GEN8_FUSE2 of HOST_REGISTERS, GEN8_L3SQCREG4 of HOST_VALUES, as the guest read them, and otherwise.
  const right = await given(registerLine(0x9120, 0x02000000) + registerLine(0xb118, 0x00200000));
  const wrong = await given(registerLine(0x9120, 1) + registerLine(0xb118, 1));
  const offsets = ({ divergences }: typeof right) =>
    [...new Set(divergences.map(({ offset }) => offset))].sort((a, b) => a - b);
  assert.deepEqual(offsets(wrong), [0x9120, 0xb118]);
  assert.deepEqual(offsets(right), []);
  assert.ok(right.reads.volatile < (await replayed()).replay.reads.volatile);
});

for (const name of ['skl-hang-reset-errorstate.vgpu.gz', 'guest-broadwell.vgpu.gz', HOST_FTRACE]) {
  test(`${name}: a golden_hw_state of the vGPU’s own registers makes no difference`, async () => {
    const trace = await sampleTrace(name);
    const made = (golden?: GoldenFile) => {
      const config = configOf(trace, golden);
      return createVgpu(name === HOST_FTRACE ? asGvtG(config) : config);
    };
    const { firmware: _, msi: __, ...bare } = configOf(trace);
    const file = goldenFileOf(createVgpu(bare));
    const golden = goldenOf(await openTrace([file], { name: 'own' }));
    assert.equal(golden.state.count, 2 ** 19);
    const hashes: string[] = [];
    for (const device of [made(), made(golden)]) {
      hashes.push((await scoreReplay(trace.store, device, {}, LIVE)).hash);
    }
    assert.equal(hashes[0], hashes[1]);
  });
}
