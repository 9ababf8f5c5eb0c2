import assert from 'node:assert/strict';
import { test } from 'node:test';
import { RecordKind, Space } from '../record.ts';
import { openText } from '../testing/read.ts';

const LINES = [
  'server[4711]: region7: read 0x8086 from (0:2)',
  'server[4711]: region0: wrote 0x40 to (0x2030:4)',
  'server[4711]: region0: read 0x4776544776544776 from (0x78000:8)',
  'server[4711]: region2: wrote 0xab to (0x4000010:1)',
  'server[4711]: region9: read 0x1 from (0x8:4)',
  'server[4711]: region0: read 64 bytes at 0x2000',
  'server[4711]: device reset by client',
];

test('accesses to the regions of a device, whatever the program writes before them', async () => {
  const { store, diagnostics, format } = await openText(LINES.join('\n'));
  assert.equal(format?.id, 'libvfio-user');
  const rows = Array.from({ length: store.length }, (_, i) => [
    store.kind(i),
    store.space(i),
    store.size(i),
    store.offset(i),
    store.low(i),
    store.high(i),
  ]);
  const { read, write, unknownAccess, note } = RecordKind;
  assert.deepEqual(rows, [
    [read, Space.config, 2, 0, 0x8086, 0],
    [write, Space.mmio, 4, 0x2030, 0x40, 0],
    [read, Space.mmio, 8, 0x78000, 0x76544776, 0x47765447],
    [write, Space.aperture, 1, 0x4000010, 0xab, 0],
    [unknownAccess, Space.memory, 4, 2 ** 47 + 9 * 2 ** 36 + 8, 1, 0],
    [unknownAccess, Space.mmio, 0, 0x2000, 0, 0],
    [note, Space.mmio, 0, 0, 0, 0],
  ]);
  assert.equal(store.text(6), 'server[4711]: device reset by client');
  assert.deepEqual(
    diagnostics.map(({ severity, line }) => [severity, line]),
    [['warning', 5]],
  );
});

test('time stamps of SPDK count', async () => {
  const stamp = (seconds: string) =>
    `[2026-11-22 10:11:${seconds}] vfio_user.c: 123:vfio_user_log: *DEBUG*: `;
  const { store } = await openText(
    [
      `${stamp('19.611636')}region0: wrote 0x1 to (0x2030:4)`,
      `${stamp('20.611637')}region0: read 0x1 from (0x2030:4)`,
    ].join('\n'),
  );
  assert.deepEqual([store.timeNs(0), store.timeNs(1)], [0, 1_000_001_000]);
});

test('a malformed access is reported with its line', async () => {
  const { store, diagnostics } = await openText(
    [...LINES.slice(0, 4), 'server[4711]: region0: wrote 0x1 to (0x2030:3)'].join('\n'),
  );
  assert.equal(store.length, 4);
  assert.equal(diagnostics[0]?.line, 5);
  assert.match(diagnostics[0]?.message ?? '', /expected: regionN: wrote\|read/);
});
