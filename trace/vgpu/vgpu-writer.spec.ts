import assert from 'node:assert/strict';
import { test } from 'node:test';
import { openTrace } from '../open-trace.ts';
import { RecordKind, Space } from '../record.ts';
import { VgpuWriter, vgpuHeader } from './vgpu-writer.ts';

function written(write: (writer: VgpuWriter) => void): string {
  let text = '';
  write(new VgpuWriter((line) => (text += line)));
  return text;
}

async function reread(text: string) {
  const bytes = new TextEncoder().encode(text);
  const trace = await openTrace(
    (async function* () {
      yield bytes;
    })(),
    { name: 'written.vgpu' },
  );
  assert.deepEqual(trace.diagnostics, []);
  return trace;
}

test('accesses are written in the compact form', () => {
  const access = { offset: 0x2230, size: 4, low: 0x37fe651d, high: 0, known: true } as const;
  const text = written((writer) => {
    writer.access({ ...access, kind: 'write', space: 'mmio' });
    writer.access({ ...access, kind: 'read', space: 'mmio', known: false });
    writer.access({ ...access, kind: 'write', space: 'aperture', offset: 0x4080000 });
    writer.access({ ...access, kind: 'read', space: 'config', offset: 4, size: 2, low: 7 });
    writer.access({ ...access, kind: 'write', space: 'mmio', size: 8, low: 1, high: 2 });
  });
  assert.equal(
    text,
    'W 4 002230 37fe651d\nR 4 002230 ?\nAW 4 04080000 37fe651d\nCR 2 04 0007\nW 8 002230 0000000200000001\n',
  );
});

test('time is written when it goes on, and never runs back', () => {
  const text = written((writer) => {
    writer.time(0);
    writer.time(1_500_000);
    writer.time(1_400_000);
    writer.noteAt(1_500_002, 'DMESG text');
    writer.time(1_500_002);
    writer.note('more');
  });
  assert.equal(text, 'T 1.500000\n# 1.500002 DMESG text\n# 1.500002 more\n');
});

test('everything that is written can be read', async () => {
  const edid = new Uint8Array(128).map((_, i) => i);
  const header = vgpuHeader({
    platform: 'skl',
    vendorId: 0x8086,
    deviceId: 0x1912,
    revisionId: 6,
    bars: [],
    partition: {
      mappableBase: 0x4000000,
      mappableSize: 0x4000000,
      hiddenBase: 0x20000000,
      hiddenSize: 0x18000000,
      fences: 4,
    },
    pvinfoCaps: 0x1c,
    monitor: { connection: 'hdmi', port: 'B', edid },
    title: 'a try',
    legacyInterrupt: true,
    memory: [
      { base: 0, size: 0xa0000 },
      { base: 0x100000000, size: 0x1000 },
    ],
    notes: [],
  });
  const body = written((writer) => {
    writer.time(2_000_001);
    writer.memory(0x2a0e040, Uint8Array.of(1, 2, 0xff));
    writer.msi(0xfee01004, 0x26);
    writer.command({ engine: 'RCS0', place: 'ring', offset: 0x18, dwords: [0x7a000004, 1] });
    writer.command({ engine: 'BCS0', place: 'batch', offset: 0x1_0000_1000, dwords: [0x05000000] });
    writer.commandRegister('write', 'RCS0', 0x2580, 0x70004);
    writer.deviceWrite('ggtt', 0x37ffe040, 1);
    writer.deviceWrite('ppgtt', 0x1_0000_00d0, 2);
    writer.note('DMESG [    1.0] i915: hello');
  });
  const { store, device } = await reread(header + body);
  assert.equal(device.title, 'a try');
  assert.equal(device.partition?.hiddenSize, 0x18000000);
  assert.deepEqual(device.monitor?.edid, edid);
  assert.equal(device.legacyInterrupt, true);
  assert.deepEqual(device.memory, [
    { base: 0, size: 0xa0000 },
    { base: 0x100000000, size: 0x1000 },
  ]);
  const kinds = Array.from({ length: store.length }, (_, i) => store.kind(i));
  assert.deepEqual(kinds, [
    RecordKind.memory,
    RecordKind.interrupt,
    RecordKind.command,
    RecordKind.command,
    RecordKind.commandWrite,
    RecordKind.deviceWrite,
    RecordKind.deviceWrite,
    RecordKind.note,
  ]);
  assert.equal(store.space(6), Space.ppgtt);
  assert.equal(store.offset(6), 0x1_0000_00d0);
  assert.deepEqual([...store.bytes(0)], [1, 2, 0xff]);
});
