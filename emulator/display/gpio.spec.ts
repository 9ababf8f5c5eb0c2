import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import type { RegisterRow } from '../mmio/register-row.ts';
import { testCore } from '../testing/test-core.ts';

const ROWS: readonly RegisterRow[] = [
  { name: 'GPIO', offset: 0xc5010, count: 6, onWrite: 'gpio', onRead: 'gpio' },
];
const CLOCK_IN = 0x10;
const DATA_IN = 0x1000;

test('lines that nobody drives are high', () => {
  const { r, w } = testCore(ROWS);
  assert.equal(r(0xc5020), CLOCK_IN | DATA_IN);
  w(0xc5020, 0x00000101);
  assert.equal(r(0xc5020), CLOCK_IN | DATA_IN);
});

test('a driven line reads as what was driven, and the other stays high', () => {
  const { r, w } = testCore(ROWS);
  w(0xc5020, 0x700);
  assert.equal(r(0xc5020), 0x200 | CLOCK_IN);
  w(0xc5020, 0x7);
  assert.equal(r(0xc5020), 0x202);
  w(0xc5020, 0xc00);
  assert.equal(r(0xc5020), 0xa02 | DATA_IN);
});

test('direction and value change only where their mask bits are written', () => {
  const { r, w } = testCore(ROWS);
  w(0xc5020, 0x0a0a);
  assert.equal(r(0xc5020), CLOCK_IN | DATA_IN);
  w(0xc5020, 0x0f);
  w(0xc5020, 0);
  assert.equal(r(0xc5020), 0x0a | CLOCK_IN | DATA_IN);
});

test('a bit-banged I2C address is not acknowledged', () => {
  const { r, w } = testCore(ROWS);
  const line = (shift: number, high: boolean) => w(0xc501c, (high ? 0x1 : 0x7) << shift);
  line(8, false);
  line(0, false);
  for (const bit of [1, 0, 1, 0, 0, 0, 0, 0]) {
    line(8, bit === 1);
    line(0, true);
    line(0, false);
  }
  line(8, true);
  line(0, true);
  assert.equal(r(0xc501c) & DATA_IN, DATA_IN);
});

/** One line by the rules of its bits: direction mask and direction, value mask and value, value in, pull-up. */
function lineAfter(held: number, asked: number): { stored: number; read: number } {
  const direction = ((asked & 1) !== 0 ? asked : held) & 2;
  const value = ((asked & 4) !== 0 ? asked : held) & 8;
  const stored = direction | value | (asked & 0x20);
  const isLow = direction !== 0 && value === 0;
  return { stored, read: stored | (isLow ? 0 : 0x10) };
}

test('both lines follow their own bits, whatever is written', () => {
  fc.assert(
    fc.property(fc.array(fc.nat(0xffffffff), { minLength: 1, maxLength: 8 }), (writes) => {
      const { r, w } = testCore(ROWS);
      let [clock, data] = [0, 0];
      for (const written of writes) {
        w(0xc5014, written);
        const [first, second] = [lineAfter(clock, written), lineAfter(data, written >>> 8)];
        [clock, data] = [first.stored, second.stored];
        assert.equal(r(0xc5014), first.read | (second.read << 8));
      }
    }),
  );
});
