import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { ByteHeap, GrowingBytes, GrowingU32 } from './growing.ts';

const SEGMENT_BYTES = 2 ** 18;

test('strings of any length come back, whatever stands beside them', () => {
  const someLength = fc.oneof(
    fc.nat({ max: 20 }),
    fc.constantFrom(0, 4096, 4095, SEGMENT_BYTES - 1, SEGMENT_BYTES, SEGMENT_BYTES + 1),
    fc.nat({ max: SEGMENT_BYTES * 3 }),
  );
  fc.assert(
    fc.property(
      fc.array(someLength, { minLength: 1, maxLength: 12 }),
      fc.boolean(),
      (all, trim) => {
        const heap = new ByteHeap();
        const strings = all.map((length, index) => new Uint8Array(length).fill(index + 1));
        strings.forEach((bytes, index) => {
          assert.equal(heap.add(bytes, 0, bytes.length), index);
          if (trim && index % 3 === 0) heap.trim();
        });
        strings.forEach((bytes, index) => {
          assert.equal(heap.lengthOf(index), bytes.length);
          assert.equal(Buffer.compare(heap.get(index), bytes), 0);
          assert.ok(heap.equals(index, bytes, 0, bytes.length));
          assert.ok(!heap.equals(index, new Uint8Array(bytes.length + 1), 0, bytes.length + 1));
        });
      },
    ),
    { numRuns: 100 },
  );
});

test('numbers of any size come back from the bytes that they need', () => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 0, max: 0xffffffff })), (numbers) => {
      const bytes = new GrowingBytes();
      for (const number of numbers) bytes.pushVarint(number);
      bytes.trim();
      const reader = bytes.readAt(0);
      assert.deepEqual(
        numbers.map(() => reader.next()),
        numbers,
      );
    }),
  );
});

test('lists that were trimmed grow again, also empty ones', () => {
  for (const length of [0, 1, 2, 60, 64, 65]) {
    const [items, bytes] = [new GrowingU32(), new GrowingBytes()];
    const numbers = Array.from({ length: length + 9 }, (_, index) => 0xfffffff0 + (index % 16));
    for (const [index, number] of numbers.entries()) {
      if (index === length) for (const list of [items, bytes]) list.trim();
      items.push(number);
      bytes.pushVarint(number);
    }
    const reader = bytes.readAt(0);
    for (const [index, number] of numbers.entries()) {
      assert.deepEqual([items.at(index), reader.next()], [number, number], `after ${length}`);
    }
  }
});
