import assert from 'node:assert/strict';
import { test } from 'node:test';
import { openTrace } from '../index.ts';
import { RecordKind, Space } from '../record.ts';
import { countKinds, fieldTest, fieldTrace, openField } from '../testing/field-traces.ts';
import { describeAll, sample } from '../testing/read.ts';

/** An independent count: packets by opcode and sub-opcode, memory writes by space, pages and entries touched. */
function countPackets(bytes: Uint8Array) {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const counts = { registers: 0, polls: 0, pages: 0, entries: 0, packets: 0 };
  for (let at = 0; at < bytes.length; counts.packets++) {
    const header = view.getUint32(at, true);
    const kind = (header >>> 16) & 0x1fff;
    const size = ((header & 0xffff) + 1) * 4;
    if (kind === 0x1703) counts.registers++;
    if (kind === 0x1702) counts.polls++;
    if (kind === 0x1706) {
      const [address, count] = [view.getUint32(at + 4, true), view.getUint32(at + 16, true)];
      if (view.getUint32(at + 12, true) >>> 28 === 4) counts.entries += count / 8;
      else counts.pages += Math.ceil(((address % 4096) + count) / 4096);
    }
    at += size;
  }
  return counts;
}

for (const [name, platform, deviceId, title] of [
  ['aub/skl_clr.aub.gz', 'skl', 0x1912, 'clr'],
  ['aub/skl_t2.aub.gz', 'skl', 0x1912, 't'],
  ['aub/bdw_t2.aub.gz', 'bdw', 0x162e, 't'],
  ['aub/kbl_t_small1.aub.gz', 'kbl', 0x5912, 't_small'],
] as const) {
  fieldTest(`${name}: memory by pages, GGTT entries, registers, in order`, async () => {
    const trace = await openField(name);
    assert.equal(trace.format?.id, 'aub');
    assert.deepEqual(trace.diagnostics, []);
    const { device } = trace;
    assert.deepEqual([device.platform, device.deviceId, device.title], [platform, deviceId, title]);
    const counts = countPackets(fieldTrace(name));
    assert.deepEqual(countKinds(trace), {
      memory: counts.pages,
      write: counts.registers + counts.entries,
      // One more each: the read of PVINFO that stands for whoever plays the file.
      read: counts.polls + 1,
      note: counts.polls + 1,
    });
    assert.equal(trace.store.line(trace.store.length - 1), counts.packets);
  });
}

const CLEAR = sample('skl_clr.aub.gz');

test('what is written through the GGTT is shown where it lies in memory', async () => {
  const { store } = await openTrace([CLEAR]);
  // The last packet but two writes the ring's tail into the context image, at graphics address 0x301c.
  const entries = new Map<number, number>();
  let tail: number | undefined;
  for (let i = 0; i < store.length; i++) {
    const offset = store.offset(i);
    if (store.kind(i) === RecordKind.write && offset >= 0x800000) entries.set(offset, store.low(i));
    if (store.kind(i) === RecordKind.memory && store.size(i) === 4) tail = i;
  }
  const entry = entries.get(0x800000 + 8 * 3) ?? 0;
  assert.equal(store.offset(tail ?? 0), entry - (entry % 4096) + 0x1c);
  assert.deepEqual([...store.bytes(tail ?? 0)], [16, 0, 0, 0]);
});

test('the first four writes after the memory are a submission', async () => {
  const { store } = await openTrace([CLEAR]);
  const writes = Array.from({ length: store.length }, (_, i) => i)
    .filter((i) => store.kind(i) === RecordKind.write && store.offset(i) === 0x2230)
    .map((i) => [store.space(i), store.size(i), store.low(i)]);
  assert.deepEqual(writes.slice(0, 4), [
    [Space.mmio, 4, 0],
    [Space.mmio, 4, 0],
    [Space.mmio, 4, 0],
    [Space.mmio, 4, 0x2339],
  ]);
});

test('the store does not depend on where the file is cut in pieces', async () => {
  const head = CLEAR.subarray(0, 20_000);
  const whole = JSON.stringify(describeAll(await openTrace([head])));
  for (const size of [1, 3, 7, 64, 1000, 4099]) {
    const pieces: Uint8Array[] = [];
    for (let at = 0; at < head.length; at += size) pieces.push(head.subarray(at, at + size));
    assert.equal(JSON.stringify(describeAll(await openTrace(pieces))), whole, `pieces of ${size}`);
  }
});

/** A packet of memory trace: opcode 0x2e. */
function packet(kind: number, ...dwords: number[]): number[] {
  return [((7 << 29) | (0x2e << 23) | (kind << 16) | dwords.length) >>> 0, ...dwords];
}

const VERSION = packet(0x0e, 1, 0, 0, 0, 0x2d494350, 0x303d4449, 0x32313931);

function file(...packets: number[][]): Uint8Array {
  return new Uint8Array(Uint32Array.from([VERSION, ...packets].flat()).buffer);
}

test('what is wrong with a packet is said with its number and byte, and the others load', async () => {
  const bytes = file(
    packet(0x06, 0, 0, 2 << 28, 100, 1),
    packet(0x06, 0, 0, 7 << 28, 4, 1),
    packet(0x06, 4, 0, 4 << 28, 8, 1, 0),
    packet(0x06, 0, 0x10000, 2 << 28, 4, 1),
    packet(0x03, 0x2030, 2 << 16),
    packet(0x11, 1),
    packet(0x03, 0x2030, 2 << 16, 0xffffffff, 0, 0x40),
  );
  const { store, diagnostics } = await openTrace([bytes]);
  assert.deepEqual(
    diagnostics.map(({ line, severity }) => [line, severity]),
    [
      [2, 'error'],
      [3, 'error'],
      [4, 'error'],
      [5, 'error'],
      [6, 'error'],
      [7, 'warning'],
    ],
  );
  assert.match(
    diagnostics[0]?.message ?? '',
    /^Packet 2, at byte 32, announces 100 bytes of contents and has 4\.$/,
  );
  assert.match(
    diagnostics.at(-1)?.message ?? '',
    /^Packet 7, of opcode 0x2e, sub-opcode 0x11, is not/,
  );
  assert.deepEqual([store.length, store.low(2)], [3, 0x40]);
});

test('pages that are written without an entry in the GGTT are counted, and the first packet is named', async () => {
  const bytes = file(packet(0x06, 0x3000, 0, 0, 4, 1), packet(0x06, 0x5000, 0, 0, 8, 1, 2));
  const { store, diagnostics } = await openTrace([bytes]);
  assert.ok(
    !Array.from({ length: store.length }, (_, i) => store.kind(i)).includes(RecordKind.memory),
  );
  assert.equal(diagnostics[0]?.line, 2);
  assert.match(
    diagnostics[0]?.message ?? '',
    /^2 pages were written through the GGTT without an entry there, first by packet 2:/,
  );
});

test('a file that ends within a packet, or goes on with something else, keeps what came before', async () => {
  const cut = await openTrace([file(packet(0x06, 0, 0, 2 << 28, 8, 1, 2)).subarray(0, 58)]);
  assert.match(cut.diagnostics[0]?.message ?? '', /ends within packet 2, at byte 58/);
  const strange = await openTrace([file([1, 2, 3, 4, 5, 6])]);
  assert.match(strange.diagnostics[0]?.message ?? '', /^Packet 2, at byte 32, does not begin like/);
});

test('the older form: blocks through the GGTT, commands as notes', async () => {
  const block = (...dwords: number[]) => [
    ((7 << 29) | (1 << 23) | (0x41 << 16) | 4) >>> 0,
    ...dwords,
  ];
  const header = [
    ((7 << 29) | (1 << 23) | (0x05 << 16) | 11) >>> 0,
    ...new Array<number>(12).fill(0),
  ];
  const words = [
    header,
    // An entry for graphics page 1, contents, and commands for the render ring.
    block(1 | (4 << 16), 0, 8, 8, 0, 0x5001, 0),
    block(1, 0, 0x1010, 6, 0, 0x01020304, 0x0506),
    block(2 | (2 << 8), 0, 0x1000, 4, 0, 0x18800101),
  ];
  const { store, diagnostics, format } = await openTrace([
    new Uint8Array(Uint32Array.from(words.flat()).buffer),
  ]);
  assert.equal(format?.id, 'aub');
  assert.deepEqual(diagnostics, []);
  const rows = Array.from({ length: store.length }, (_, i) => [store.kind(i), store.offset(i)]);
  const { memory, write, note, read } = RecordKind;
  assert.deepEqual(rows, [
    [note, 0],
    [read, 0x78000],
    [write, 0x800008],
    [memory, 0x5010],
    [memory, 0x5000],
    [note, 0],
  ]);
  assert.deepEqual([...store.bytes(3)], [4, 3, 2, 1, 6, 5]);
  assert.match(store.text(5), /^4 bytes of commands for the render ring at 0x1000/);
});
