import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { DeviceDescriptionBuilder } from './device-description-builder.ts';
import { DiagnosticList, MAX_DIAGNOSTICS } from './diagnostic.ts';
import { type OpenedTrace, openTrace, StoreWriter, TRACE_FORMATS } from './index.ts';
import { SnapshotBuilder } from './snapshot/snapshot-builder.ts';
import { describe, describeAll, excerpt, REGISTERS, sample, unpack } from './testing/read.ts';
import { LabelTable } from './vgpu/labels.ts';

const MODESET = sample('skl-modeset-stacks.vgpu.gz');

interface Excerpt {
  readonly format: string;
  readonly bytes: Uint8Array;
}

const QEMU = sample('skl_vgpu.same-run.qemu.trace.gz');
const FTRACE = sample('skl_vgpu.ftrace.txt.gz');
const ERROR_STATE = sample('skl_hang.error_state.txt');

const VFIO_USER = new TextEncoder().encode(
  'server: region0: wrote 0x40 to (0x2030:4)\nserver: region7: read 0x8086 from (0:2)\n'.repeat(9),
);

/** Pieces of real files: header, probe, table writes, submission with memory and results; logs and dumps. */
const EXCERPTS: readonly Excerpt[] = [
  { format: 'vgpu', bytes: excerpt(MODESET, 1, 120) },
  { format: 'vgpu', bytes: excerpt(MODESET, 231_300, 231_312) },
  { format: 'vgpu', bytes: excerpt(MODESET, 231_435, 231_470) },
  { format: 'vgpu', bytes: excerpt(MODESET, 232_465, 232_480) },
  { format: 'vgpu', bytes: sample('first-steps.vgpu') },
  { format: 'mmiotrace', bytes: excerpt(sample('skl_vgpu.mmiotrace.gz'), 1, 90) },
  { format: 'qemu', bytes: excerpt(QEMU, 1, 60) },
  { format: 'ftrace', bytes: excerpt(FTRACE, 1, 80) },
  { format: 'error-state', bytes: ERROR_STATE },
  { format: 'mmio-diff', bytes: sample('skl_l2mmt.mmio_diff.txt') },
  { format: 'intel-reg', bytes: excerpt(sample('skl_native.intel_reg_dump.txt'), 1, 60) },
  { format: 'lspci', bytes: sample('skl_vgpu.lspci-nnvvvxxxx.txt') },
  { format: 'aub', bytes: sample('skl_clr.aub.gz').slice(0, 6000) },
  { format: 'libvfio-user', bytes: VFIO_USER },
];

/** What holds for every trace, however bad: numbers in range, lines in order, every problem in the file. */
function assertSound(trace: OpenedTrace, bytes: Uint8Array): void {
  const lines = trace.format?.id === 'aub' ? bytes.length : linesOf(bytes);
  assert.ok(trace.diagnostics.length <= MAX_DIAGNOSTICS + 1);
  for (const { line, message } of trace.diagnostics) {
    assert.ok(line >= 0 && line <= lines, message);
    assert.match(message, /^.{10,}[.]$/s);
  }
  let line = 0;
  let timeNs = 0;
  for (let i = 0; i < trace.store.length; i++) {
    const record = trace.store;
    describe(record, i);
    assert.ok(record.line(i) >= line && record.line(i) <= lines);
    assert.ok(record.timeNs(i) >= timeNs && Number.isSafeInteger(record.timeNs(i)));
    assert.ok(record.offset(i) < 2 ** 48);
    assert.ok(record.size(i) <= 4096);
    line = record.line(i);
    timeNs = record.timeNs(i);
  }
}

/** By number: a counterexample should not print a whole file. */
const anyExcerpt = fc.nat(EXCERPTS.length - 1);

function excerptAt(index: number): Excerpt {
  return EXCERPTS[index] ?? { format: 'vgpu', bytes: new Uint8Array(0) };
}

function linesOf(bytes: Uint8Array): number {
  return bytes.reduce((sum, byte) => sum + (byte === 10 ? 1 : 0), 1);
}

const anyFormat = fc.constantFrom(...TRACE_FORMATS.map(({ id }) => id));

test('random bytes are never more than diagnostics', async () => {
  await fc.assert(
    fc.asyncProperty(anyFormat, fc.uint8Array({ maxLength: 400 }), async (format, bytes) => {
      assertSound(readAs(format, bytes), bytes);
      assertSound(await openTrace([bytes]), bytes);
    }),
    { numRuns: 300 },
  );
});

test('random words of the grammars with absurd numbers are never more than diagnostics', () => {
  const word = fc.oneof(
    fc.constantFrom(
      ...'R W AR CW R32 W64 IR8 T M IRQ msi intx CMD CSR DW # ## mark // @ < = ? \n'.split(' '),
    ),
    fc.constantFrom(
      'MAP',
      'UNMAP',
      'PCIDEV',
      'UNKNOWN',
      'MARK',
      'VERSION',
      'bars:',
      'vgpu:',
      'monitor: hdmi',
    ),
    fc.constantFrom(
      'ggtt[0x1]',
      'ggtt[',
      '0=0/0M',
      'ggtt:0',
      'ring@0',
      '1.000000',
      '9999999.999999',
    ),
    fc.bigInt({ min: 0n, max: 2n ** 80n }).map((n) => n.toString(16)),
    fc.bigInt({ min: 0n, max: 2n ** 80n }).map((n) => `0x${n.toString(16)}`),
    fc.constantFrom(
      '1@2.000003:vfio_region_write (a:region0+0x2030, 0x1, 4)',
      'vfio_region_read (a:region',
      'vfio_pci_read_config (a, @0x',
      'memory_region_ops_read cpu 0 mr 0x1 addr 0x2 value 0x3 size 4',
      "name 'igd-gttmmadr'",
    ),
    fc.constantFrom(
      'q-1 [000] ..... 1.000001:',
      'kvm_mmio: mmio read len 8 gpa 0xfd078000 val 0x4776544776544776',
      'i915_reg_rw: write reg=0x2030, len=4, val=(0x1, 0x0)',
      'inject_msi: vgpu1:inject msi address fee00000 data 26',
      'gvt_command: vgpu1 ring 0: address_type 0, buf_type 0, ip_gma',
      ' => main',
    ),
    fc.constantFrom(
      'rcs0 --- batch = 0x00000000 00001000',
      ':zz!!!!!',
      '~zz',
      '00000000 :  00000000',
      'region0: wrote 0x1 to (0x2030:4)',
      '00:02.0 VGA',
      '00: 86 80',
    ),
    fc.constantFrom('1', '4', '8', '-1', '1e400', '0x', '9'.repeat(500), '\u0000', 'é'),
  );
  const text = fc.array(
    fc.array(word, { maxLength: 8 }).map((words) => words.join(' ')),
    { maxLength: 12 },
  );
  fc.assert(
    fc.property(anyFormat, text, (format, lines) => {
      const bytes = new TextEncoder().encode(lines.join('\n'));
      assertSound(readAs(format, bytes), bytes);
    }),
    { numRuns: 500 },
  );
});

test('a genuine file that is cut off anywhere keeps its whole lines', async () => {
  await fc.assert(
    fc.asyncProperty(anyExcerpt, fc.nat(), async (index, seed) => {
      const { bytes } = excerptAt(index);
      const cut = bytes.subarray(0, seed % (bytes.length + 1));
      const trace = await openTrace([cut], { registers: REGISTERS, unpack });
      assertSound(trace, cut);
      const damaged = trace.diagnostics.filter(
        ({ severity, line }) => severity === 'error' && line > 0,
      );
      assert.ok(damaged.length <= 1, 'only the last line can be damaged');
    }),
    { numRuns: 150 },
  );
});

test('a genuine file with bytes changed anywhere loads all lines that were not hit', () => {
  const change = fc.record({ at: fc.nat(), value: fc.nat(255) });
  fc.assert(
    fc.property(anyExcerpt, fc.array(change, { minLength: 1, maxLength: 12 }), (index, changes) => {
      const { format, bytes: original } = excerptAt(index);
      const bytes = original.slice();
      for (const { at, value } of changes) bytes[at % bytes.length] = value;
      const [before, after] = [readAs(format, original), readAs(format, bytes)];
      assertSound(after, bytes);
      // Each change hits one line, or joins two, or splits one in two.
      const most = before.store.length - 3 * changes.length;
      if (format !== 'mmiotrace') assert.ok(after.store.length >= most);
    }),
    { numRuns: 200 },
  );
});

test('the store does not depend on where the file is cut in two', () => {
  for (const { format, bytes } of EXCERPTS) {
    const whole = JSON.stringify(describeAll(readAs(format, bytes)));
    // Every place in short excerpts, a few hundred in long ones.
    const step = Math.ceil(bytes.length / 300);
    for (let cut = 0; cut <= bytes.length; cut += step) {
      const cutInTwo = readAs(format, bytes.subarray(0, cut), bytes.subarray(cut));
      assert.equal(JSON.stringify(describeAll(cutInTwo)), whole, `cut at ${cut}`);
    }
  }
});

test('a file that comes in single bytes is the same file', async () => {
  for (const { bytes } of EXCERPTS) {
    const single = Array.from(bytes, (byte) => new Uint8Array([byte]));
    assert.deepEqual(
      describeAll(await openTrace(single, { registers: REGISTERS })),
      describeAll(await openTrace([bytes], { registers: REGISTERS })),
    );
  }
});

/** Reads pieces as one format, whatever they look like. */
function readAs(id: string, ...pieces: Uint8Array[]): OpenedTrace {
  const format = TRACE_FORMATS.find((candidate) => candidate.id === id);
  const store = new StoreWriter();
  const device = new DeviceDescriptionBuilder();
  const diagnostics = new DiagnosticList();
  const snapshot = new SnapshotBuilder();
  const labels = new LabelTable();
  const registers = REGISTERS;
  const target = { store, device, diagnostics, registers, hints: {}, snapshot, labels };
  const reader = format?.createReader(target);
  for (const piece of pieces) reader?.push(piece);
  reader?.end();
  const parts = { store: store.finish(), device: device.build(), diagnostics: diagnostics.list() };
  return { name: '', format, bytes: 0, snapshot: undefined, labels: labels.list(), ...parts };
}
