import assert from 'node:assert/strict';
import { test } from 'node:test';
import { openTrace } from '../open-trace.ts';
import { RecordKind } from '../record.ts';
import { describeAll, openText } from '../testing/read.ts';
import { encodeUtf8 } from '../text/utf8.ts';

const SUBMISSION = [
  ' q-1 [000] ..... 1.000001: kvm_mmio: mmio write len 4 gpa 0xfd002230 val 0x0',
  ' q-1 [000] ..... 1.000002: kvm_mmio: mmio write len 4 gpa 0xfd002230 val 0x0',
  ' q-1 [000] ..... 1.000003: kvm_mmio: mmio write len 4 gpa 0xfd002230 val 0x20',
  ' q-1 [000] ..... 1.000004: kvm_mmio: mmio write len 4 gpa 0xfd002230 val 0x8006119',
  ' q-1 [000] ..... 1.000005: gma_translate: VM1 ggtt ring 0 root_entry_type 0 gma 0x8007000 -> gpa 0x2127000',
  ' q-1 [000] ..... 1.000006: gma_translate: VM1 ggtt ring 0 root_entry_type 0 gma 0x8009000 -> gpa 0x2125000',
  ' q-1 [000] ..... 1.000007: gvt_command: vgpu1 ring 0: address_type 0, buf_type 0, ip_gma 08009ff8,cmd (name=MI_X,len=3,raw cmd={0x1,0x2,0x3}), workload=00000000662f4777',
  ' t-2 [000] ..... 1.000008: gvt_command: vgpu1 ring 0: address_type 0, buf_type 0, ip_gma 0800b000,cmd (name=MI_NOOP,len=1,raw cmd={0x0}), workload=00000000662f4777',
  ' q-1 [000] ..... 1.000009: kvm_mmio: mmio write len 4 gpa 0xfd044200 val 0x0',
].join('\n');

test('memory that GVT-g was seen to read stands before the submission that made it read', async () => {
  const { store, diagnostics } = await openText(SUBMISSION, { hints: { bar0: 0xfd000000 } });
  assert.deepEqual(diagnostics, []);
  const rows = Array.from({ length: store.length }, (_, i) => {
    const kind = store.kind(i);
    if (kind !== RecordKind.memory) return [kind, store.line(i)];
    return [
      kind,
      store.line(i),
      store.offset(i).toString(16),
      [...new Uint32Array(store.bytes(i).slice().buffer)],
    ];
  });
  assert.deepEqual(rows, [
    [RecordKind.write, 1],
    [RecordKind.write, 2],
    [RecordKind.write, 3],
    // Two dwords of the command; its third is in a page of which nobody has said where it is.
    [RecordKind.memory, 4, '2125ff8', [1, 2]],
    // Head, tail, start; the other command is an indirect context's, too short to have a cache line.
    [RecordKind.memory, 4, '2127014', [0xff8]],
    [RecordKind.memory, 4, '212701c', [0x1004]],
    [RecordKind.memory, 4, '2127024', [0x8009000]],
    // Two pages at least.
    [RecordKind.memory, 4, '212702c', [0x1001]],
    [RecordKind.write, 4],
    [RecordKind.note, 5],
    [RecordKind.note, 6],
    [RecordKind.command, 7],
    [RecordKind.command, 8],
    [RecordKind.write, 9],
  ]);
});

const TABLES = [
  'spt_alloc: VM1 [alloc] spt 00aa type 17 mfn 0x9 gfn 0x20c8',
  'spt_change: VM1 [born] spt 00aa gfn 0x20c8 type 17',
  'spt_alloc: VM1 [alloc] spt 00bb type 16 mfn 0x9 gfn 0x120c7',
  'spt_change: VM1 [born] spt 00bb gfn 0x120c7 type 16',
  'spt_change: VM1 [new] spt 00bb gfn 0x120c7 type 16',
  ...Array.from(
    { length: 511 },
    (_, n) => `spt_refcount: VM1 [inc] spt 00bb before ${n + 1} -> after ${n + 2}`,
  ),
  'spt_change: VM1 [new] spt 00aa gfn 0x20c8 type 17',
  'spt_guest_change: VM1 [add] spt 00aa type 17 entry 0x120188003 index 0x2',
];

test('page tables stand before the notification that announces them, changes of them where they are made', async () => {
  const { store } = await openText(
    [
      ' q-1 [000] ..... 1.000001: kvm_mmio: mmio write len 4 gpa 0xfd078818 val 0x4',
      ...TABLES.map((event) => ` q-1 [000] ..... 1.000002: ${event}`),
    ].join('\n'),
    { hints: { bar0: 0xfd000000 } },
  );
  const memory = Array.from({ length: store.length }, (_, i) => i).filter(
    (i) => store.kind(i) === RecordKind.memory,
  );
  const words = (record: number) => [...new Uint32Array(store.bytes(record).slice().buffer)];
  // A table of which not all entries lead somewhere is not shown.
  assert.deepEqual(
    memory.map((record) => [record, store.offset(record).toString(16), store.bytes(record).length]),
    [
      [0, '20c8000', 4096],
      [store.length - 1, '20c8010', 8],
    ],
  );
  assert.deepEqual(words(0).slice(0, 4), [0x120c7003, 0, 0x120c7003, 0]);
  assert.deepEqual(words(store.length - 1), [0x20188003, 1]);
});

test('a ring that comes to its end goes on at its start; another vGPU’s events are not ours', async () => {
  const submit = (second: number) =>
    [0, 0, 0x20, 0x8006119].map(
      (value) =>
        ` q-1 [000] ..... ${second}.000001: kvm_mmio: mmio write len 4 gpa 0xfd002230 val 0x${value.toString(16)}`,
    );
  const translate = (vm: number, gma: string, gpa: string) =>
    ` q-1 [000] ..... 1.000002: gma_translate: VM${vm} ggtt ring 0 root_entry_type 0 gma 0x${gma} -> gpa 0x${gpa}`;
  const command = (vgpu: number, gma: string) =>
    ` q-1 [000] ..... 1.000002: gvt_command: vgpu${vgpu} ring 0: address_type 0, buf_type 0, ip_gma ${gma},cmd (name=X,len=2,raw cmd={0x1,0x2}), workload=0`;
  const { store, device } = await openText(
    [
      ...submit(1),
      translate(1, '8007000', '2127000'),
      translate(1, '8009000', '2125000'),
      translate(2, '8009000', '9999000'),
      command(1, '08009000'),
      command(2, '08009008'),
      ...submit(2),
      translate(1, '8007000', '2127000'),
      command(1, '08009ff8'),
      command(1, '08009000'),
    ].join('\n'),
    { hints: { bar0: 0xfd000000 } },
  );
  const shown = Array.from({ length: store.length }, (_, i) => i)
    .filter((i) => store.kind(i) === RecordKind.memory)
    .map((i) => [
      store.offset(i).toString(16),
      [...new Uint32Array(store.bytes(i).slice().buffer)],
    ]);
  const image = (head: number, tail: number) => [
    ['2127014', [head]],
    ['212701c', [tail]],
    ['2127024', [0x8009000]],
    ['212702c', [1]],
  ];
  assert.deepEqual(shown, [
    ['2125000', [1, 2]],
    ...image(0, 8),
    ['2125000', [1, 2]],
    ['2125ff8', [1, 2]],
    ...image(0xff8, 8),
  ]);
  assert.equal(device.vgpuId, 1);
});

test('lines that are held are the same wherever the file is cut into pieces, empty lines among them', async () => {
  const events = [
    'kvm_mmio: mmio write len 4 gpa 0xfd078818 val 0x4',
    ...TABLES,
    'spt_refcount: VM1 [dec] spt 00bb before 3 -> after 2',
  ].map((event) => ` q-1 [000] ..... 1.000002: ${event}\n\n`);
  const bytes = encodeUtf8(`${SUBMISSION}\n${events.join('')}${events.slice(-1).join('')}`);
  const options = { hints: { bar0: 0xfd000000 } };
  const whole = describeAll(await openText(bytes, options));
  for (const size of [1, 7, 128, 1000, 20_000]) {
    const pieces = Array.from({ length: Math.ceil(bytes.length / size) }, (_, n) =>
      bytes.slice(n * size, (n + 1) * size),
    );
    assert.deepEqual(describeAll(await openTrace(pieces, options)), whole, `pieces of ${size}`);
  }
});

test('what is shown of more lines than a submission has is left out; no line is lost', async () => {
  const count = 20_500;
  const lines = Array.from(
    { length: count },
    (_, n) => ` q-1 [000] ..... 2.000000: spt_refcount: VM1 [inc] spt 00bb before ${n} -> after 1`,
  );
  const { store, diagnostics } = await openText(`${SUBMISSION}\n${lines.join('\n')}`, {
    hints: { bar0: 0xfd000000 },
  });
  assert.deepEqual(diagnostics, []);
  const notes = Array.from({ length: store.length }, (_, i) => store.text(i) ?? '').filter((text) =>
    text.startsWith('spt_refcount'),
  );
  assert.equal(notes.length, count);
  assert.equal(notes.at(-1), `spt_refcount: VM1 [inc] spt 00bb before ${count - 1} -> after 1`);
});
