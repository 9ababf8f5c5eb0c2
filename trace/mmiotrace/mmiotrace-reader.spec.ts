import assert from 'node:assert/strict';
import { test } from 'node:test';
import { RecordKind, Space } from '../record.ts';
import { describe, openText, sample } from '../testing/read.ts';

const HEADER = [
  'VERSION 20070824',
  'PCIDEV 0000 80861237 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 ',
  'PCIDEV 0010 80861912 a fd000004 0 e000000c 0 c001 0 c0002 1000000 0 10000000 0 40 0 20000 i915',
];

function log(...lines: string[]): string {
  return `${[...HEADER, ...lines].join('\n')}\n`;
}

test('addresses become offsets in the BARs of the Intel GPU', async () => {
  const { store, device, diagnostics, format } = await openText(
    log(
      'MAP 10.000001 1 0xfd000000 0xffffd111c1000000 0x200000 0x0 0',
      'R 8 10.000002 1 0xfd078000 0x4776544776544776 0x0 0',
      'W 4 10.000003 1 0xfd002098 0xffffffff 0x0 0',
      'MAP 10.000004 2 0xe0000000 0xffffd111c1000000 0x10000000 0x0 0',
      'W 1 10.000005 2 0xe4000010 0xab 0x0 0',
      'UNMAP 10.000006 2 0x0 0',
    ),
  );
  assert.deepEqual(diagnostics, []);
  assert.equal(format?.id, 'mmiotrace');
  assert.deepEqual(
    [device.platform, device.vendorId, device.deviceId, device.driver],
    ['skl', 0x8086, 0x1912, 'i915'],
  );
  assert.deepEqual(device.bars, [
    { index: 0, base: 0xfd000000, size: 0x1000000 },
    { index: 2, base: 0xe0000000, size: 0x10000000 },
  ]);
  const rows = Array.from({ length: store.length }, (_, i) => [
    store.kind(i),
    store.space(i),
    store.size(i),
    store.offset(i),
    store.low(i),
    store.high(i),
    store.timeNs(i),
  ]);
  const { read, write, mapping } = RecordKind;
  assert.deepEqual(rows, [
    [mapping, Space.mmio, 0, 0, 0x200000, 0, 10_000_001_000],
    [read, Space.mmio, 8, 0x78000, 0x76544776, 0x47765447, 10_000_002_000],
    [write, Space.mmio, 4, 0x2098, 0xffffffff, 0, 10_000_003_000],
    [mapping, Space.aperture, 0, 0, 0x10000000, 0, 10_000_004_000],
    [write, Space.aperture, 1, 0x4000010, 0xab, 0, 10_000_005_000],
    [mapping, Space.aperture, 0, 0, 0x10000000, 0, 10_000_006_000],
  ]);
  assert.equal(store.text(5), 'unmap 2: 0x10000000 bytes at 0xe0000000');
});

test('the log of a real driver gives its accesses and, from PVINFO, its slice', async () => {
  const { store, device, diagnostics } = await openText(sample('skl_vgpu.mmiotrace.gz'));
  let accesses = 0;
  for (let i = 0; i < store.length; i++) if (store.kind(i) <= RecordKind.write) accesses++;
  // 742 reads and 1,466 writes stand in the file, three of them in the video ROM.
  assert.equal(accesses, 742 + 1466 - 3);
  assert.deepEqual(device.partition, {
    mappableBase: 0x4000000,
    mappableSize: 0x4000000,
    hiddenBase: 0x20000000,
    hiddenSize: 0x18000000,
    fences: 4,
  });
  assert.deepEqual(
    diagnostics.map(({ line, message }) => [line, message]),
    [
      [
        81,
        '3 accesses lie outside the BARs of 00:02.0 (the first, at 0xc0000, here): shown, not replayed.',
      ],
    ],
  );
});

test('accesses outside the BARs keep their address and direction, apart from the device', async () => {
  const { store, diagnostics } = await openText(
    log(
      'MAP 1.000000 5 0xc0000 0xffffd111c1000000 0x20000 0x0 0',
      'R 2 1.000001 5 0xc0000 0xaa55 0x0 0',
      'W 2 1.000002 5 0xc0002 0x1 0x0 0',
      'UNKNOWN 1.000003 5 0xc0004 f3,a5,f6 0x0 0',
      'MAP 1.000004 6 0xfd000000 0xffffd111c1000000 0x200000 0x0 0',
      'UNKNOWN 1.000005 6 0xfd0103f8 f3,a5,f6 0x0 0',
      'R 4 1.000006 6 0xfd002030 0x1 0x0 0',
    ),
  );
  const rows = Array.from({ length: store.length }, (_, i) => [
    store.kind(i),
    store.space(i),
    store.offset(i),
    store.direction(i),
  ]);
  const { mapping, unknownAccess, read } = RecordKind;
  const { memory, mmio } = Space;
  assert.deepEqual(rows, [
    [mapping, memory, 0xc0000, undefined],
    [unknownAccess, memory, 0xc0000, 'read'],
    [unknownAccess, memory, 0xc0002, 'write'],
    [unknownAccess, memory, 0xc0004, undefined],
    [mapping, mmio, 0, undefined],
    [unknownAccess, mmio, 0x103f8, undefined],
    [read, mmio, 0x2030, 'read'],
  ]);
  assert.equal(store.low(1), 0xaa55);
  assert.equal(store.valueKnown(3), false);
  assert.equal(store.low(3), 0xf3a5f6);
  assert.match(diagnostics[0]?.message ?? '', /^3 accesses lie outside the BARs of 00:02.0/);
});

test('another device can be named by its address or its ids', async () => {
  const lines = log(
    'PCIDEV 0018 80865a88 15 90000004 0 0 0 0 0 0 1000000 0 0 0 0 0 0 ',
    'W 4 1.000001 1 0xfd002098 0x1 0x0 0',
    'W 4 1.000002 1 0x90000300 0x2 0x0 0',
  );
  for (const [device, written] of [
    [undefined, 1],
    ['00:03.0', 2],
    ['8086:5a88', 2],
  ] as const) {
    const { store } = await openText(lines, { hints: device === undefined ? {} : { device } });
    const [first] = [0, 1].filter((i) => store.kind(i) === RecordKind.write);
    assert.equal(store.low(first ?? 0), written);
  }
});

test('lost events are a warning and a note, and their time of zero does not count', async () => {
  const { store, diagnostics } = await openText(
    log('MARK 5.000000 before modprobe i915', 'MARK 0.000000 Lost 17 events.'),
  );
  assert.match(diagnostics[0]?.message ?? '', /lost 17 events before this line/);
  assert.deepEqual([store.text(0), store.text(1)], ['before modprobe i915', 'Lost 17 events.']);
  assert.equal(store.timeNs(1), 5e9);
});

test('an excerpt without PCIDEV lines is read by the sizes of its mappings', async () => {
  const { store, diagnostics } = await openText(
    [
      'MAP 1.000000 1 0xfd000000 0xffffd111c1000000 0x200000 0x0 0',
      'W 4 1.000001 1 0xfd002098 0xffffffff 0x0 0',
      '',
    ].join('\n'),
  );
  assert.equal(store.offset(1), 0x2098);
  assert.equal(store.space(1), Space.mmio);
  assert.match(diagnostics[0]?.message ?? '', /No PCIDEV line describes an Intel GPU/);
});

test('the log of another vendor says so', async () => {
  const { store, diagnostics } = await openText(
    [
      'PCIDEV 0010 10025159 a fd000008 c001 febf0000 0 0 0 c0002 1000000 100 4000 0 0 0 20000 ',
      'MAP 8.489600 1 0xfebf0000 0xffffcd42c05c4000 0x4000 0x0 0',
      'R 1 8.497056 1 0xfebf03c2 0x0 0x0 0',
      '',
    ].join('\n'),
  );
  assert.match(diagnostics[0]?.message ?? '', /00:02.0 \(1002:5159\), which is no Intel GPU/);
  assert.equal(store.offset(1), 0x3c2);
});

test('each mistake gets a sentence that names it, and the lines around it load', async () => {
  const mistakes: readonly (readonly [string, RegExp])[] = [
    ['R 3 1.000000 1 0xfd000000 0x0 0x0 0', /expected: R 1\|2\|4\|8 SECONDS/],
    ['R 4 1.0 1 0xfd000000 0x0 0x0 0', /expected: R/],
    ['W 4 1.000000 1 0xfd000000', /expected: W/],
    ['W 4 1.000000 1 0xfd000000 0x0 0x0 0 extra', /expected: W/],
    ['W 4 1.000000 1 0x11111111111111111 0x0 0x0 0', /expected: W/],
    ['MAP 1.000000 1 zz 0x0 0x1000 0x0 0', /expected: MAP/],
    ['PCIDEV 0010 80861912 a', /expected: PCIDEV/],
    ['VERSION soon', /expected: VERSION/],
    ['NONSENSE', /is no line of an mmiotrace log/],
  ];
  for (const [line, expected] of mistakes) {
    const { store, diagnostics } = await openText(
      log('W 4 1.000000 1 0xfd002098 0x1 0x0 0', line, 'W 4 1.000000 1 0xfd002098 0x2 0x0 0'),
    );
    assert.equal(diagnostics[0]?.line, 5, line);
    assert.match(diagnostics[0]?.message ?? '', expected, line);
    assert.equal(describe(store, store.length - 1)['low'], 2, line);
  }
});

test('re-aligned lines and other line ends are accepted', async () => {
  const { store, diagnostics } = await openText(
    log(
      'MAP 1.000000 1 0xfd000000 0x0 0x200000 0x0 0',
      'R   4  1.000001   1 0xfd002098 0x7   0x0  0  \r',
    ),
  );
  assert.deepEqual(diagnostics, []);
  assert.deepEqual([store.offset(1), store.low(1)], [0x2098, 7]);
});
