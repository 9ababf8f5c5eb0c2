import assert from 'node:assert/strict';
import { test } from 'node:test';
import { RecordKind, Space } from '../record.ts';
import { countKinds, countLines, fieldTest, openField } from '../testing/field-traces.ts';
import { openText } from '../testing/read.ts';

const HOST = 'gvt/skl_l2mmt.gvt+kvm_mmio_vgpu.ftrace.txt.gz';
const GVT_ONLY = 'gvt/skl_l2mmt.gvt_only.ftrace.txt.gz';
const EVENT = /^ *\S+-\d+ +\[\d+\] /;

fieldTest(
  'a host with a vGPU: accesses, interrupts, commands, and a note for all else',
  async () => {
    const trace = await openField(HOST);
    assert.deepEqual(trace.diagnostics, []);
    assert.equal(trace.format?.id, 'ftrace');
    const reads = countLines(HOST, / kvm_mmio: mmio read /);
    const writes = countLines(HOST, / kvm_mmio: mmio write /);
    const interrupts = countLines(HOST, / inject_msi: /);
    const commands = countLines(HOST, / gvt_command: /);
    const events = countLines(HOST, EVENT) - countLines(HOST, / mmio unsatisfied-read /);
    assert.deepEqual([reads, writes, interrupts, commands], [2899, 116_885, 200, 240]);
    assert.deepEqual(countKinds(trace), {
      read: reads,
      write: writes,
      interrupt: interrupts,
      command: commands,
      note: events - reads - writes - interrupts - commands,
      memory: 97,
    });
    // Where MSI goes is seen from the first one.
    assert.deepEqual(trace.device.msi, { address: 0xfee00000, data: 0x26 });
    // BAR0 is where offset 0x78000 answers with PVINFO's magic number.
    assert.deepEqual(trace.device.bars, [{ index: 0, base: 0xfd000000, size: 0x1000000 }]);
    assert.equal(trace.device.partition?.mappableBase, 0x81000);
  },
);

fieldTest('the accesses are those that QEMU saw, in the same order', async () => {
  const [host, qemu] = await Promise.all([
    openField(HOST),
    openField('gvt/skl_l2mmt.qemu-vfio.trace.gz'),
  ]);
  const accesses = ({ store }: typeof host) =>
    Array.from({ length: store.length }, (_, i) => i)
      .filter((i) => store.space(i) === Space.mmio && store.kind(i) <= RecordKind.write)
      .map((i) => [store.kind(i), store.size(i), store.offset(i), store.low(i), store.high(i)]);
  assert.deepEqual(accesses(host), accesses(qemu));
});

fieldTest('GVT-g alone: what it did, its notes with their text', async () => {
  const trace = await openField(GVT_ONLY);
  const { store } = trace;
  assert.deepEqual(trace.diagnostics, []);
  const kinds = countKinds(trace);
  assert.deepEqual([kinds['interrupt'], kinds['command']], [200, 240]);
  // Page tables that the guest changed are shown by GVT-g's events.
  assert.equal(store.length, countLines(GVT_ONLY, EVENT) + (kinds['memory'] ?? 0));
  const texts = Array.from({ length: store.length }, (_, i) => store.text(i));
  for (const event of [
    'write_ir',
    'propagate_event',
    'spt_change',
    'gma_translate',
    'render_mmio',
  ]) {
    const pattern = new RegExp(` ${event}: `);
    const notes = texts.filter((text) => text.startsWith(`${event}: `)).length;
    assert.equal(notes, countLines(GVT_ONLY, pattern), event);
  }
  assert.ok(
    texts.includes(
      'write_ir: VM1 write [MASTER_IR] 44200, new 00000000, old 80000000, changed 00000001',
    ),
  );
  assert.equal(texts[0], 'create mdev i915-GVTg_V5_8');
  const engines = new Set(texts.flatMap((text) => /^([a-z]+\d) \w+@/.exec(text)?.[1] ?? []));
  assert.deepEqual([...engines].sort(), ['bcs0', 'rcs0', 'vcs0', 'vecs0']);
});

fieldTest('i915 on its own: i915_reg_rw are accesses, i915_request_* notes', async () => {
  for (const [name, accesses] of [
    ['linux64/skl_vgpu.ftrace.txt.gz', 1173],
    ['linux64/bdw_vgpu.ftrace.txt.gz', 284],
  ] as const) {
    const trace = await openField(name);
    assert.deepEqual(trace.diagnostics, []);
    const { read = 0, write = 0, note = 0, ...others } = countKinds(trace);
    assert.equal(read, countLines(name, / i915_reg_rw: read /));
    assert.equal(write, countLines(name, / i915_reg_rw: write /));
    assert.equal(read + write, accesses);
    assert.equal(note, countLines(name, EVENT) - accesses);
    assert.deepEqual(others, {});
  }
});

test('every form of a line is read', async () => {
  const { store, diagnostics } = await openText(
    [
      'cpus=1',
      ' my [8] task-1  [000]     1.000001: i915_reg_rw:          write reg=0x2030, len=8, val=(0x40, 0x1)',
      '   <...>-1 (  1) [000] d..1.     1.000002: i915:i915_reg_rw: read reg=0x2034, len=4, val=(0x8, 0x0)',
      '   <...>-1 (  1) [000] d..1.     1.000003: <stack trace>',
      ' => intel_uncore_read',
      ' => gen8_irq_handler+0x10/0x80 [i915]',
      'CPU:0 [LOST 12 EVENTS]',
      '   kworker/u2:0-9 [000] ..... 1.000004: sched_switch: prev_comm=a ==> next_comm=b',
      '',
    ].join('\n'),
  );
  const rows = Array.from({ length: store.length }, (_, i) => [
    store.kind(i),
    store.offset(i),
    store.low(i),
    store.high(i),
    store.timeNs(i),
    store.text(i),
  ]);
  assert.deepEqual(rows, [
    [RecordKind.write, 0x2030, 0x40, 1, 1_000_001_000, ''],
    [RecordKind.read, 0x2034, 8, 0, 1_000_002_000, ''],
    [RecordKind.note, 0, 0, 0, 1_000_003_000, 'CPU:0 [LOST 12 EVENTS]'],
    [RecordKind.note, 0, 0, 0, 1_000_004_000, 'sched_switch: prev_comm=a ==> next_comm=b'],
  ]);
  assert.deepEqual(store.stack(1), ['intel_uncore_read', 'gen8_irq_handler']);
  assert.deepEqual(
    diagnostics.map(({ line, severity }) => [line, severity]),
    [[7, 'warning']],
  );
});

const KVM = [
  ' q-1 [000] ..... 1.000001: kvm_mmio: mmio unsatisfied-read len 4 gpa 0xd0002034 val 0x0',
  ' q-1 [000] ..... 1.000002: kvm_mmio: mmio read len 4 gpa 0xd0002034 val 0x7',
  ' q-1 [000] ..... 1.000003: kvm_mmio: mmio write len 4 gpa 0xfee00300 val 0x1',
].join('\n');

test('gvt-facts §13.4: where the registers are is asked for, if the file does not tell', async () => {
  const { store, diagnostics } = await openText(KVM);
  assert.match(diagnostics[0]?.message ?? '', /^2 events kvm_mmio .*--bar0 0xADDRESS.*lspci/);
  assert.deepEqual(
    [store.kind(0), store.offset(0), store.direction(0)],
    [RecordKind.unknownAccess, 0xd0002034, 'read'],
  );
  const told = await openText(KVM, { hints: { bar0: 0xd0000000 } });
  assert.deepEqual(
    [told.store.length, told.store.kind(0), told.store.offset(0), told.store.low(0)],
    [2, RecordKind.read, 0x2034, 7],
  );
  assert.match(told.diagnostics[0]?.message ?? '', /^1 event kvm_mmio lies outside of BAR0/);
});

test('a host driver’s own accesses are kept apart from the guest’s', async () => {
  const { store, diagnostics } = await openText(
    [
      ' h-1 [000] ..... 1.000000: i915_reg_rw: write reg=0x2030, len=4, val=(0x1, 0x0)',
      ' q-1 [000] ..... 1.000001: kvm_mmio: mmio read len 8 gpa 0xe1078000 val 0x4776544776544776',
    ].join('\n'),
  );
  assert.deepEqual([store.kind(0), store.kind(1)], [RecordKind.unknownAccess, RecordKind.read]);
  assert.deepEqual([store.space(1), store.offset(1)], [Space.mmio, 0x78000]);
  assert.match(diagnostics[0]?.message ?? '', /1 events i915_reg_rw stand beside accesses/);
});

test('gvt-facts §13.7: of several vGPUs one is taken; commands name engines as the kernel numbers them', async () => {
  const command = (vgpu: number, ring: number) =>
    ` q-1 [000] ..... 1.000001: gvt_command: vgpu${vgpu} ring ${ring}: address_type 1, buf_type 1, ip_gma 00001000,cmd (name=MI_NOOP,len=1,raw cmd={0x0,}), workload=00000000662f4777`;
  const lines = [command(1, 0), command(2, 0), command(1, 10), command(1, 2), command(1, 10)];
  const { store, diagnostics } = await openText(lines.join('\n\n'));
  const texts = Array.from({ length: store.length }, (_, i) => store.text(i));
  assert.deepEqual(texts, [
    'rcs0 batch@ppgtt:00001000 00000000 MI_NOOP',
    `gvt_command${lines[1]?.split('gvt_command')[1]}`,
    'vcs0 batch@ppgtt:00001000 00000000 MI_NOOP',
    'vcs0 batch@ppgtt:00001000 00000000 MI_NOOP',
    'vecs0 batch@ppgtt:00001000 00000000 MI_NOOP',
  ]);
  assert.deepEqual([store.kind(0), store.space(0)], [RecordKind.command, Space.ppgtt]);
  assert.equal(diagnostics[0]?.line, 3);
  assert.match(diagnostics[0]?.message ?? '', /^1 interrupt or command of vgpu2 are notes/);
});

test('each mistake gets a sentence that names it, and the lines around it load', async () => {
  const good = ' q-1 [000] ..... 1.000001: i915_reg_rw: write reg=0x2030, len=4, val=(0x1, 0x0)';
  const head = ' q-1 [000] ..... 1.000001: ';
  const mistakes: readonly (readonly [string, RegExp])[] = [
    [`${head}kvm_mmio: mmio read len 3 gpa 0x1 val 0x1`, /expected: kvm_mmio: mmio read/],
    [`${head}i915_reg_rw: read reg=0x2030, len=4, val=(0x1`, /expected: i915_reg_rw: read/],
    [`${head}i915_reg_rw: read reg=0xfffffffffffff, len=4, val=(0x1, 0x0)`, /expected: i915_reg/],
    [`${head}inject_msi: vgpu1:inject msi address x data 26`, /expected: inject_msi/],
    [`${head}gvt_command: vgpu1 ring 0`, /expected: gvt_command/],
    [' q-1 [000] ..... soon: i915_reg_rw: write', /is no line of an ftrace log/],
    ['Dear diary', /is no line of an ftrace log/],
  ];
  for (const [line, expected] of mistakes) {
    const { store, diagnostics } = await openText([good, good, good, line, good].join('\n'));
    assert.equal(diagnostics[0]?.line, 4, line);
    assert.match(diagnostics[0]?.message ?? '', expected, line);
    assert.equal(store.length, 4, line);
  }
});

test('gvt-facts §13.4: an unsatisfied read is answered by a read of its address and size, or it is reported', async () => {
  const { store, diagnostics, device } = await openText(
    [
      ' q-1 [000] ..... 1.000001: kvm_mmio: mmio unsatisfied-read len 4 gpa 0xd0002034 val 0x0',
      ' q-2 [001] ..... 1.000002: kvm_mmio: mmio unsatisfied-read len 4 gpa 0xd0002030 val 0x0',
      ' q-2 [001] ..... 1.000003: kvm_mmio: mmio read len 4 gpa 0xd0002030 val 0x7',
      ' q-1 [000] ..... 1.000004: kvm_mmio: mmio read len 8 gpa 0xd0002034 val 0x7',
    ].join('\n'),
    { hints: { bar0: 0xd0000000 } },
  );
  assert.equal(store.length, 2);
  assert.deepEqual(
    diagnostics.map(({ line, message }) => [line, message]),
    [[1, '1 unsatisfied read has no answer in this log: the device saw more than it shows.']],
  );
  assert.ok(device.notes.includes('unsatisfied reads: 2, of which 1 are answered'));
});
