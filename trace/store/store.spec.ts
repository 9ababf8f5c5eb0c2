import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { RecordKind, Space } from '../record.ts';
import { encodeUtf8 } from '../text/utf8.ts';
import { CHUNK_RECORDS, MAX_MICROS } from './chunk.ts';
import { packKind, StoreWriter } from './store-writer.ts';

const u32 = fc.integer({ min: 0, max: 0xffffffff });

const record = fc.record({
  kind: fc.constantFrom(RecordKind.read, RecordKind.write, RecordKind.note, RecordKind.deviceWrite),
  space: fc.constantFrom(...Object.values(Space)),
  size: fc.constantFrom(1, 2, 4, 8),
  offset: fc.integer({ min: 0, max: 2 ** 48 - 1 }),
  low: u32,
  high: u32,
  advance: fc.nat(2 ** 33),
  stack: fc.option(fc.constantFrom('a < b', 'a < b < c', 'x')),
  text: fc.option(fc.string()),
});

test('a store gives back what was put in', () => {
  fc.assert(
    fc.property(fc.array(record), (records) => {
      const writer = new StoreWriter();
      let micros = 0;
      for (const [i, r] of records.entries()) {
        micros += r.advance;
        assert.ok(writer.advanceTo(micros));
        writer.appendWide(packKind(r.kind, r.space), r.size, r.offset, r, i + 1);
        const stack = encodeUtf8(r.stack ?? '');
        if (r.stack !== null) writer.setStack(stack, 0, stack.length);
        const text = encodeUtf8(r.text ?? '');
        if (r.text !== null) writer.setPayload(text, 0, text.length);
      }
      const store = writer.finish();
      assert.equal(store.length, records.length);
      micros = 0;
      for (const [i, r] of records.entries()) {
        micros += r.advance;
        assert.equal(store.kind(i), r.kind);
        assert.equal(store.space(i), r.space);
        assert.equal(store.size(i), r.size);
        assert.equal(store.offset(i), r.offset);
        assert.equal(store.low(i), r.low);
        assert.equal(store.high(i), r.high);
        assert.equal(store.timeNs(i), micros * 1000);
        assert.equal(store.line(i), i + 1);
        assert.deepEqual(store.stack(i), r.stack === null ? [] : r.stack.split(' < '));
        assert.equal(store.text(i), r.text ?? '');
      }
    }),
  );
});

test('records go on from chunk to chunk, with times and upper halves', () => {
  const writer = new StoreWriter();
  const count = CHUNK_RECORDS * 2 + 3;
  for (let i = 0; i < count; i++) {
    writer.advanceTo(i * 7);
    writer.append(packKind(RecordKind.write, Space.mmio), 4, i, i ^ 0x55, i + 10);
    if (i % 50_000 === 0) writer.setHigh(i + 1);
  }
  const store = writer.finish();
  assert.equal(store.length, count);
  assert.equal(store.chunks.length, 3);
  for (const i of [0, 1, 50_000, 65_535, 65_536, 100_000, 131_071, 131_072, count - 1]) {
    assert.equal(store.offset(i), i);
    assert.equal(store.low(i), i ^ 0x55);
    assert.equal(store.timeNs(i), i * 7000);
    assert.equal(store.high(i), i % 50_000 === 0 ? i + 1 : 0);
  }
});

test('a record of a plain access takes at most 24 bytes, also with a call stack', () => {
  const writer = new StoreWriter();
  const stack = encodeUtf8('inner < outer');
  for (let i = 0; i < 3 * CHUNK_RECORDS; i++) {
    writer.append(packKind(RecordKind.read, Space.mmio), 4, 0x44200, i, i + 1);
    writer.setStack(stack, 0, stack.length);
  }
  const store = writer.finish();
  assert.ok(
    store.bytesUsed / store.length <= 24,
    `${store.bytesUsed / store.length} bytes a record`,
  );
});

test('a line is found by the first record on it or after it', () => {
  const writer = new StoreWriter();
  for (const line of [3, 5, 5, 9])
    writer.append(packKind(RecordKind.write, Space.mmio), 4, 0, 0, line);
  const store = writer.finish();
  const wanted = [
    [0, 0],
    [3, 0],
    [4, 1],
    [5, 1],
    [6, 3],
    [9, 3],
    [10, 4],
  ] as const;
  for (const [line, expected] of wanted) assert.equal(store.recordAtLine(line), expected);
});

test('time neither runs back nor beyond what a number of nanoseconds can hold', () => {
  const writer = new StoreWriter();
  assert.ok(writer.advanceTo(5));
  assert.ok(!writer.advanceTo(4));
  assert.ok(!writer.advanceTo(MAX_MICROS + 1));
  assert.equal(writer.micros, 5);
});

test('asking for a record that is not there says how many there are', () => {
  const writer = new StoreWriter();
  writer.append(packKind(RecordKind.write, Space.mmio), 4, 0, 0, 1);
  const store = writer.finish();
  for (const record of [-1, 1, 65_536, Number.NaN]) {
    assert.throws(() => store.kind(record), /there is no record .*: the trace has 1/);
  }
});

test('thousands of different call stacks keep apart', () => {
  const writer = new StoreWriter();
  for (let i = 0; i < 20_000; i++) {
    writer.append(packKind(RecordKind.read, Space.mmio), 4, 0, 0, i + 1);
    const stack = encodeUtf8(`${'shared_'.repeat(12)}${i % 5000} < caller`);
    writer.setStack(stack, 0, stack.length);
  }
  const store = writer.finish();
  for (const i of [0, 4999, 5000, 12_345, 19_999]) {
    assert.deepEqual(store.stack(i), [`${'shared_'.repeat(12)}${i % 5000}`, 'caller']);
    assert.equal(store.stackId(i), store.stackId(i % 5000));
  }
});
