import assert from 'node:assert/strict';
import { test } from 'node:test';
import { RecordKind, Space } from '../record.ts';
import { countKinds, countLines, fieldTest, openField } from '../testing/field-traces.ts';
import { openText } from '../testing/read.ts';

const VFIO = 'gvt/skl_l2mmt.qemu-vfio.trace.gz';

fieldTest('a log of a vGPU of KVMGT: every access, in BAR0 and configuration space', async () => {
  const trace = await openField(VFIO);
  assert.deepEqual(trace.diagnostics, []);
  assert.equal(trace.format?.id, 'qemu');
  const reads = countLines(VFIO, /:vfio_(region_read|pci_read_config) /);
  const writes = countLines(VFIO, /:vfio_(region_write|pci_write_config) /);
  const others = countLines(VFIO, /:vfio_(?!region_(read|write) |pci_(read|write)_config )/);
  assert.deepEqual([reads, writes], [2899 + 132, 116_885 + 62]);
  assert.deepEqual(countKinds(trace), { read: reads, write: writes, note: others });
  assert.ok(trace.store.bytesUsed / trace.store.length <= 24);
});

fieldTest('the same log tells device, BARs and slice, and that firmware placed it', async () => {
  const { device, store } = await openField(VFIO);
  const { platform, vendorId, deviceId, revisionId, showsFirmware } = device;
  assert.deepEqual(
    [platform, vendorId, deviceId, revisionId, showsFirmware],
    ['skl', 0x8086, 0x1912, 6, true],
  );
  assert.deepEqual(device.bars, [
    { index: 0, base: 0xfd000000, size: 0x1000000 },
    { index: 2, base: 0xe0000000, size: 0x10000000 },
  ]);
  assert.deepEqual(device.partition, {
    mappableBase: 0x81000,
    mappableSize: 0x4000000,
    hiddenBase: 0x10000000,
    hiddenSize: 0x18000000,
    fences: 4,
  });
  // 10:11:19.611636 to 10:19:28.595664
  assert.equal(store.timeNs(store.length - 1), 488_984_028_000);
});

const OTHER = '11111111-0000';
const GPU = '0000:81:00.1';

test('of several devices the one that looks like an Intel GPU is taken, or the named one', async () => {
  const lines = [
    `vfio_region_read  (${OTHER}:region0+0x10, 4) = 0x5`,
    `vfio_region_read  (${OTHER}:region0+0x14, 4) = 0x5`,
    `vfio_region_write  (${GPU}:region0+0x2030, 0x40, 4)`,
    `vfio_region_read  (${GPU}:region0+0x78000, 8) = 0x4776544776544776`,
    `vfio_region_write  (${GPU}:region2+0x4000010, 0xab, 1)`,
    `vfio_region_read  (${GPU}:region9+0x8, 4) = 0x1`,
    `vfio_pci_read_config  (${GPU}, @0x2, len=0x2) 0x1912`,
  ];
  const { store, diagnostics } = await openText(lines.join('\n'));
  const { read, write, unknownAccess } = RecordKind;
  assert.deepEqual(
    lines.map((_, i) => [store.kind(i), store.space(i), store.low(i), store.direction(i)]),
    [
      [unknownAccess, Space.memory, 5, 'read'],
      [unknownAccess, Space.memory, 5, 'read'],
      [write, Space.mmio, 0x40, 'write'],
      [read, Space.mmio, 0x76544776, 'read'],
      [write, Space.aperture, 0xab, 'write'],
      [unknownAccess, Space.memory, 1, 'read'],
      [read, Space.config, 0x1912, 'read'],
    ],
  );
  assert.equal(store.high(3), 0x47765447);
  assert.deepEqual([store.offset(2), store.offset(4)], [0x2030, 0x4000010]);
  assert.match(diagnostics[0]?.message ?? '', /^2 accesses to 11111111-0000 are shown from 0x8000/);
  const named = await openText(lines.join('\n'), { hints: { device: '11111111' } });
  assert.deepEqual([named.store.kind(0), named.store.kind(2)], [read, unknownAccess]);
  const nobody = await openText(lines.join('\n'), { hints: { device: '00:1f.3' } });
  assert.match(
    nobody.diagnostics[0]?.message ?? '',
    /no device “00:1f.3” in this log; it has 1111/,
  );
});

test('lines are read with and without time, whatever stands between them', async () => {
  const { store, diagnostics } = await openText(
    [
      '131@1795342297.000001:vfio_region_write  (a:region0+0x2030, 0x1, 4)\r',
      '131@1795342297.500001:vfio_msi_interrupt  (a) vector 0 0xfee00000/0x26',
      'vfio_region_write (a:region0+0x2034, 0x2 , 4) is_readonly_region=0.',
      '131@1795342297.600001:apic_mem_readl 0xf0 = 0x1ff',
      '131@1795342297.600001:vfio_pci_reset  (a)',
      '131@1795342297.600001:vfio_populate_device_config Device a config:',
      '  size: 0x1000, offset: 0x70000000000, flags: 0x3',
      '',
    ].join('\n'),
  );
  assert.deepEqual(diagnostics, []);
  const rows = Array.from({ length: store.length }, (_, i) => [
    store.kind(i),
    store.timeNs(i) / 1000,
    store.low(i),
    store.text(i),
  ]);
  const { write, interrupt, note } = RecordKind;
  assert.deepEqual(rows, [
    [write, 0, 1, ''],
    [interrupt, 500_000, 0x26, 'msi fee00000 0026'],
    [write, 500_000, 2, ''],
    [note, 600_000, 0, 'vfio_pci_reset  (a)'],
    [note, 600_000, 0, 'vfio_populate_device_config Device a config:'],
  ]);
});

test('each mistake gets a sentence that names it, and the lines around it load', async () => {
  const mistakes: readonly (readonly [string, RegExp])[] = [
    ['vfio_region_write  (a:region0+0x2030, 0x1, 3)', /expected: vfio_region_write \(DEVICE:reg/],
    ['vfio_region_write  (a:region0+0x2030, 0x1', /expected: vfio_region_write/],
    ['vfio_region_read  (a:region0+0x2030, 4) = 0x1 x', /expected: vfio_region_read/],
    ['vfio_region_read  (a:region0+0xfffffffffffff, 4) = 0x1', /expected: vfio_region_read/],
    ['vfio_pci_read_config  (a, @0x1000, len=0x4) 0x1', /expected: vfio_pci_read_config/],
    ['memory_region_ops_read cpu 0 mr 0x1 addr 0x2 value 0x3 size 5', /expected: memory_region/],
    ["memory_region_ops_read cpu 0 mr 0x1 addr 0x2 value 0x3 size 4 name 'a", /expected: memory_/],
    ['[    0.000000] Linux version 6.1', /is no line of a QEMU trace/],
  ];
  const good = 'vfio_region_write  (a:region0+0x2030, 0x1, 4)';
  for (const [line, expected] of mistakes) {
    const { store, diagnostics } = await openText([good, good, good, good, line, good].join('\n'));
    assert.equal(diagnostics[0]?.line, 5, line);
    assert.match(diagnostics[0]?.message ?? '', expected, line);
    assert.equal(store.length, 5, line);
  }
});

interface Log {
  readonly name: string;
  /** The region that is taken for the GPU's, its base, and the accesses to it. */
  readonly region: string;
  readonly base: number;
  readonly inside: RegExp;
}

const LOGS: readonly Log[] = [
  {
    name: 'linux64/skl_native.same-run.qemu.trace.gz',
    region: 'igd-gttmmadr',
    base: 0xfd000000,
    inside: /'igd-gttmmadr'/,
  },
  {
    name: 'linux64/skl_vgpu.same-run.qemu.trace.gz',
    region: 'igd-gttmmadr',
    base: 0xfd000000,
    inside: /'igd-gttmmadr'/,
  },
  { name: 'qemu/ati.gpu.trace.gz', region: 'ati.mmregs', base: 0xfebf0000, inside: /'ati.mmregs'/ },
  {
    name: 'qemu/bochs.gpu.trace.gz',
    region: 'bochs dispi interface',
    base: 0xfebf8000,
    inside: /addr 0xfebf8[0-9a-f]{3} /,
  },
  {
    name: 'qemu/bochs.full.trace.gz',
    region: 'bochs dispi interface',
    base: 0xfebf8000,
    inside: /addr 0xfebf8[0-9a-f]{3} /,
  },
  {
    name: 'mmiotrace/bochs.same-run.qemu.trace.gz',
    region: 'bochs dispi interface',
    base: 0xfebf8000,
    inside: /addr 0xfebf8[0-9a-f]{3} /,
  },
  {
    name: 'qemu/virtiovga.gpu.trace.gz',
    region: 'virtio-pci-common-virtio-gpu',
    base: 0xfe800000,
    inside: /addr 0xfe80[0-3][0-9a-f]{3} /,
  },
];

for (const { name, region, base, inside } of LOGS) {
  fieldTest(
    `${name}: the GPU's region becomes BAR0, and nothing of the others is lost`,
    async () => {
      const trace = await openField(name);
      assert.deepEqual(
        trace.diagnostics.filter(({ severity }) => severity === 'error'),
        [],
      );
      assert.equal(trace.device.bars[0]?.base, base);
      assert.ok(trace.device.notes.some((note) => note.includes(`“${region}”`)));
      const kinds = countKinds(trace);
      const accesses = (kinds['read'] ?? 0) + (kinds['write'] ?? 0);
      assert.equal(accesses, countLines(name, inside));
      const all = countLines(name, /memory_region_ops_(read|write)/);
      assert.equal(accesses + (kinds['unknownAccess'] ?? 0), all);
      assert.ok(trace.store.bytesUsed / trace.store.length <= 24);
    },
  );
}

fieldTest('another region can be named', async () => {
  const { store, device } = await openField('qemu/bochs.full.trace.gz', {
    hints: { device: 'hpet' },
  });
  let accesses = 0;
  for (let i = 0; i < store.length; i++) if (store.kind(i) <= RecordKind.write) accesses++;
  assert.equal(accesses, 2302);
  assert.deepEqual(device.bars, [{ index: 0, base: 0xfed00000, size: 4096 }]);
});

test('regions without a name are told apart by their address', async () => {
  const { store, diagnostics } = await openText(
    [
      'memory_region_ops_read cpu 0 mr 0x55d1018b31b0 addr 0x70 value 0xffffffffffffffff size 1',
      'memory_region_ops_write cpu -1 mr 0x55d1018b31b0 addr 0x71 value 0x8f size 1',
      '',
    ].join('\n'),
  );
  assert.deepEqual([store.text(0), store.low(1), store.high(1), store.direction(2)].slice(1), [
    0xff,
    0,
    'write',
  ]);
  assert.match(diagnostics[0]?.message ?? '', /without a name, 0x55d1018b31b0 \(2\)/);
});
