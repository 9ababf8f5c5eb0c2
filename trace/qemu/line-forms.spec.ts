import assert from 'node:assert/strict';
import { test } from 'node:test';
import { RecordKind, Space } from '../record.ts';
import { openText } from '../testing/read.ts';

const { read, write } = RecordKind;

/** gvt-facts §13.6: a line in each of its forms; kind, offset, size and value. */
const VFIO: readonly (readonly [
  line: string,
  kind: number,
  offset: number,
  size: number,
  low: number,
])[] = [
  [
    'vfio_region_read  (0000:00:02.0:region0+0x78000, 4) = 0x76544776',
    read,
    0x78000,
    4,
    0x76544776,
  ],
  ['vfio_region_write  (0000:00:02.0:region0+0x2030, 0x40 , 4)', write, 0x2030, 4, 0x40],
  ['vfio_region_write  (0000:00:02.0:region0+0x800008, 0x1001 , 8)', write, 0x800008, 8, 0x1001],
  [
    'vfio_region_write  (0000:00:02.0:region0+0x2034, 0x41 , 4) is_readonly_region=0.',
    write,
    0x2034,
    4,
    0x41,
  ],
  [
    '131@1700000000.000001:vfio_region_read  (0000:00:02.0:region0+0x2035, 1) = 0x7',
    read,
    0x2035,
    1,
    7,
  ],
];

test('gvt-facts §13.6: vfio_region_read and _write, with and without time, and with what newer builds add', async () => {
  const { store, diagnostics } = await openText(`${VFIO.map(([line]) => line).join('\n')}\n`);
  assert.deepEqual(
    diagnostics.filter(({ severity }) => severity === 'error'),
    [],
  );
  VFIO.forEach(([line, kind, offset, size, low], i) => {
    const row = [store.kind(i), store.space(i), store.offset(i), store.size(i), store.low(i)];
    assert.deepEqual(row, [kind, Space.mmio, offset, size, low], line);
  });
});

const NAMED = " name 'i915-mmio'";

for (const [form, name] of [
  ['with the region’s name', NAMED],
  ['of older releases, without it', ''],
] as const) {
  test(`gvt-facts §13.6: memory_region_ops_read and _write ${form}`, async () => {
    const line = (what: string, addr: string, value: string, size: number) =>
      `memory_region_ops_${what} cpu 0 mr 0x55d0 addr ${addr} value ${value} size ${size}${name}`;
    const lines = [
      line('read', '0xfd078000', '0x76544776', 4),
      line('write', '0xfd002030', '0x40', 4),
      line('write', '0xfd800000', '0x1001', 8),
    ];
    const { store } = await openText(`${lines.join('\n')}\n`, { hints: { bar0: 0xfd000000 } });
    const accesses = Array.from({ length: store.length }, (_, i) => i).filter(
      (i) => store.kind(i) === read || store.kind(i) === write,
    );
    assert.deepEqual(
      accesses.map((i) => [store.kind(i), store.offset(i), store.size(i), store.low(i)]),
      [
        [read, 0x78000, 4, 0x76544776],
        [write, 0x2030, 4, 0x40],
        [write, 0x800000, 8, 0x1001],
      ],
    );
  });
}
