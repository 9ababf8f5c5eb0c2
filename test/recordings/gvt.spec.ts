import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createVgpu, type InterruptEvent } from '../../emulator/index.ts';
import {
  asGvtG,
  DUMP_EXPLANATIONS,
  deviceConfigFor,
  HOST_REGISTERS,
  HOST_VALUES,
  scoreDump,
  scoreReplay,
  VOLATILE_REGISTERS,
} from '../../timeline/index.ts';
import { sampleTrace } from '../../timeline/testing/traces.ts';
import { type OpenedTrace, openTrace } from '../../trace/index.ts';
import { fieldTest, fieldTrace, openField } from '../../trace/testing/field-traces.ts';
import { openSample, sampleText } from './open-sample.ts';

/** A guest inside the real kvmgt; its log lacks guest memory. */
const RECORDING = 'skl_kvmgt.mmiotrace.gz';
/** The same run as the host saw it. */
const HOST_FTRACE = 'skl_kvmgt.ftrace.txt.gz';
/** The same as QEMU saw it, and the two where the samples come from. */
const SAME_RUN = [
  'gvt/skl_l2mmt.guest.mmiotrace.gz',
  'gvt/skl_l2mmt.qemu-vfio.trace.gz',
  'gvt/skl_l2mmt.gvt+kvm_mmio_vgpu.ftrace.txt.gz',
];

function configOf({ device }: OpenedTrace) {
  const described = deviceConfigFor(device);
  assert.ok(!('problem' in described));
  return described;
}

async function judge(trace: OpenedTrace): Promise<void> {
  // The slice is the one that its own PVINFO names, not the default.
  assert.equal(trace.device.partition?.mappableBase, 0x81000);
  const device = createVgpu(asGvtG(configOf(trace)));
  const { reads, divergences } = await scoreReplay(
    trace.store,
    device,
    { gvtG: true },
    { cancelled: false },
  );
  const { compared, equal, volatile, forced } = reads;
  assert.ok(compared > 900, `${compared} reads`);
  assert.ok(forced <= 0.05 * compared, `${forced} of ${compared} need memory that the log lacks`);
  const rest = compared - volatile - forced;
  assert.ok(equal >= 0.98 * rest, `${equal} of ${rest} equal`);
  assert.deepEqual(divergences, []);
}

for (const name of [RECORDING, HOST_FTRACE]) {
  test(`${name}: the model as GVT-g answers as the real one did`, async () => {
    await judge(await sampleTrace(name));
  });
}

for (const name of SAME_RUN) {
  fieldTest(`${name}: the model as GVT-g answers as the real one did`, async () => {
    await judge(await openField(name));
  });
}

test('its registers end as mmio_diff shows the real vGPU’s', async () => {
  const trace = await sampleTrace(HOST_FTRACE);
  const dump = await openSample('skl_l2mmt.mmio_diff.txt');
  const config = asGvtG(configOf(trace));
  const [device, atPowerOn] = [createVgpu(config), createVgpu(config)];
  await scoreReplay(trace.store, device, { gvtG: true }, { cancelled: false });
  const registers = dump.snapshot?.registers ?? [];
  const score = scoreDump(registers, { device, atPowerOn, gvtG: true });
  const { compared, equal, host, explained, different, rows } = score;
  assert.deepEqual([compared, equal, host, explained, different], [92, 80, 8, 4, 0]);
  assert.ok(equal + host >= 0.95 * compared);
  // Each row of the table is one of the dump's, so that none explains what is right by now.
  assert.deepEqual(
    rows.map(({ offset }) => offset),
    DUMP_EXPLANATIONS.map(({ offset }) => offset).sort((a, b) => a - b),
  );
});

test('rows of mmio_diff that are explained hold what the host had, as the file itself shows', async () => {
  const { snapshot } = await openSample('skl_l2mmt.mmio_diff.txt');
  const rows = new Map((snapshot?.registers ?? []).map((row) => [row.offset, row]));
  const explained = (reason: RegExp) =>
    DUMP_EXPLANATIONS.filter((row) => reason.test(row.reason)).map(({ offset }) => {
      const { value, host } = rows.get(offset) ?? assert.fail(offset.toString(16));
      return { offset, value: value.low, host: host?.low ?? assert.fail('no HW column') };
    });
  const [ticks, micros] = [explained(/in ticks of 80 ns/), explained(/in microseconds/)];
  assert.deepEqual([ticks.length, micros.length], [4, 3]);
  // Two kinds of clock tell one moment: in the vGPU's column, and in the host's, where the first kind has wrapped.
  for (const [column, wraps, second] of [
    ['value', 0, 13],
    ['host', 2 ** 32, 512],
  ] as const) {
    const clocks = [
      ...ticks.map((row) => (row[column] + wraps) * 80),
      ...micros.map((row) => row[column] * 1000),
    ];
    assert.ok(Math.max(...clocks) - Math.min(...clocks) < 2e6, clocks.join(' '));
    for (const clock of clocks) assert.equal(Math.floor(clock / 1e9), second);
  }
  const { partition } = configOf(await sampleTrace(HOST_FTRACE));
  const heads = explained(/outside of the vGPU’s slice/).map(({ value }) => value);
  assert.equal(heads.length, 4);
  for (const head of heads) {
    const { mappableBase, mappableSize, hiddenBase, hiddenSize } = partition;
    assert.ok(head < mappableBase || head >= mappableBase + mappableSize, head.toString(16));
    assert.ok(head < hiddenBase || head >= hiddenBase + hiddenSize, head.toString(16));
  }
  const trace = await sampleTrace(HOST_FTRACE);
  const device = createVgpu(asGvtG(configOf(trace)));
  await scoreReplay(trace.store, device, { gvtG: true }, { cancelled: false });
  const [chicken = assert.fail()] = explained(/the lower half, which counts/);
  assert.equal(device.peek('mmio', chicken.offset, 4).low & 0xffff, chicken.value & 0xffff);
  assert.equal(ticks.length + micros.length + heads.length + 1, DUMP_EXPLANATIONS.length);
});

/** Events of the run's ftrace, and how many of them are explained by rules; all others are equal. */
const EVENTS = {
  gvt_command: [240, { 'host-default-context': 12 }],
  write_ir: [666, { 'host-golden-state': 23, 'work-done-later': 6 }],
  propagate_event: [201, {}],
  inject_msi: [200, { 'work-done-later': 7 }],
  spt_alloc: [20, {}],
  spt_free: [4, {}],
  spt_change: [1592, {}],
  spt_refcount: [6150, {}],
  spt_guest_change: [45, {}],
  gma_index: [197, {}],
  gma_translate: [197, {}],
  render_mmio: [210, { 'host-golden-state': 42 }],
} as const;

test('gvt-facts §13.1: what GVT-g traced of itself is what the model does', async () => {
  const trace = await sampleTrace(HOST_FTRACE);
  const lines = sampleText(HOST_FTRACE).split('\n');
  for (const [name, [recorded]] of Object.entries(EVENTS)) {
    assert.equal(lines.filter((line) => line.includes(` ${name}: `)).length, recorded, name);
  }
  const device = createVgpu(asGvtG(configOf(trace)));
  const score = await scoreReplay(trace.store, device, { gvtG: true }, { cancelled: false });
  const { tracepoints, reads } = score;
  assert.deepEqual(tracepoints?.unexplained, []);
  assert.equal(reads.forced, 0, 'the events show all memory that the work needs');
  const streams = Object.entries(tracepoints?.streams ?? {});
  assert.deepEqual(
    Object.fromEntries(streams.map(([name, { recorded, rules }]) => [name, [recorded, rules]])),
    EVENTS,
  );
  for (const [name, { recorded, made, equal, rules }] of streams) {
    const explained = Object.values(rules).reduce((sum, n) => sum + n, 0);
    // A rule may explain an event that the model has in addition.
    assert.ok(equal + explained >= Math.max(recorded, made), name);
  }
});

test('at most 20 registers are excepted, each once, with a reason', () => {
  const all = [...HOST_REGISTERS, ...VOLATILE_REGISTERS];
  assert.ok(all.length <= 20, `${all.length}`);
  assert.equal(new Set(all.map(({ offset }) => offset)).size, all.length);
  for (const { reason } of [...all, ...HOST_VALUES]) assert.ok(reason.length > 10);
});

test('without its quirks the model is told apart from the real one', async () => {
  const trace = await sampleTrace(RECORDING);
  const device = createVgpu(configOf(trace));
  const { reads } = await scoreReplay(trace.store, device, {}, { cancelled: false });
  assert.ok(reads.different > 100, `${reads.different} differ`);
});

/** Accesses by which a log tells where the registers are, and which slice is the vGPU’s. */
const TELLS = /kvm_mmio: mmio read .* gpa 0xfd0780/;
/** What only tells what came of it; of interrupts the first also tells where they go. */
const RESULTS = / (write_ir|propagate_event|render_mmio|gma_index|kvm_msi_set_irq): /;

test('the model works from what the guest did and showed alone', async () => {
  const text = sampleText(HOST_FTRACE);
  let interrupts = 0;
  const stripped = text.split('\n').flatMap((line) => {
    if (/ inject_msi: /.test(line)) return interrupts++ === 0 ? [line] : [];
    if (/ kvm_mmio: mmio read /.test(line) && !TELLS.test(line)) {
      return [line.replace(/ val 0x[0-9a-f]+$/, ' val 0x0')];
    }
    return RESULTS.test(line) ? [] : [line];
  });
  const hashes: string[] = [];
  for (const lines of [text, stripped.join('\n')]) {
    const trace = await openTrace([new TextEncoder().encode(lines)], { name: 'ftrace' });
    const device = createVgpu(asGvtG(configOf(trace)));
    const { hash } = await scoreReplay(trace.store, device, { gvtG: true }, { cancelled: false });
    hashes.push(hash);
  }
  assert.equal(hashes[0], hashes[1]);
});

fieldTest('the log of GVT-g alone is the host’s without the guest’s accesses', () => {
  const linesOf = (text: string) =>
    text.split('\n').filter((line) => / \d+\.\d+: /.test(line) && !/ kvm_mmio: /.test(line));
  const alone = new TextDecoder().decode(fieldTrace('gvt/skl_l2mmt.gvt_only.ftrace.txt.gz'));
  assert.deepEqual(linesOf(alone), linesOf(sampleText(HOST_FTRACE)));
});

test('an MSI that the model loses is found, also where work may be done later', async () => {
  const trace = await sampleTrace(HOST_FTRACE);
  for (const lost of [150, 199]) {
    const device = createVgpu(asGvtG(configOf(trace)));
    const listen = device.setListener.bind(device);
    let sent = 0;
    device.setListener = (listener) => {
      const interrupt = (event: InterruptEvent) => {
        if (event.kind !== 'msi' || !event.delivered || ++sent !== lost)
          listener?.interrupt?.(event);
      };
      listen(listener && Object.create(listener, { interrupt: { value: interrupt } }));
    };
    const score = await scoreReplay(trace.store, device, { gvtG: true }, { cancelled: false });
    assert.ok(sent > lost);
    const found = score.tracepoints?.unexplained.map(({ name, made }) => [name, made]);
    assert.deepEqual(found, [['inject_msi', undefined]], `the MSI ${lost}`);
  }
});
