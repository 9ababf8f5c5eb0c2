import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { asAddress, fits, parseHex, parseNumber, parseSeconds } from './numbers.ts';

test('hexadecimal numbers of up to 64 bits read back as they were written', () => {
  fc.assert(
    fc.property(fc.bigInt({ min: 0n, max: 2n ** 64n - 1n }), fc.boolean(), (value, prefixed) => {
      const parsed = parseHex((prefixed ? '0x' : '') + value.toString(16));
      assert.deepEqual(parsed, {
        low: Number(value & 0xffffffffn),
        high: Number(value >> 32n),
      });
    }),
  );
});

test('decimal numbers up to 2^53 read back as they were written', () => {
  fc.assert(
    fc.property(fc.maxSafeNat(), (value) => {
      const parsed = parseNumber(String(value));
      assert.equal((parsed?.high ?? -1) * 2 ** 32 + (parsed?.low ?? -1), value);
    }),
  );
});

test('what is no number, or too large, is refused', () => {
  for (const text of ['', '0x', 'g', '-1', '1.5', `1${'0'.repeat(16)}`, '0x_', ' 1']) {
    assert.equal(parseHex(text), undefined, text);
  }
  for (const text of ['', 'x', '-1', '1e3', '9007199254740992', '9'.repeat(400), 'NaN']) {
    assert.equal(parseNumber(text), undefined, text);
  }
  assert.equal(asAddress(parseHex('1000000000000')), undefined);
  assert.equal(asAddress(parseHex('ffffffffffff')), 2 ** 48 - 1);
});

test('leading zeros and separators do not count', () => {
  assert.deepEqual(parseHex(`${'0'.repeat(40)}12`), { low: 0x12, high: 0 });
  assert.deepEqual(parseHex('0000_000000d0'), { low: 0xd0, high: 0 });
});

test('a value fits where its size has room for it', () => {
  assert.ok(fits({ low: 0xff, high: 0 }, 1));
  assert.ok(!fits({ low: 0x100, high: 0 }, 1));
  assert.ok(!fits({ low: 0, high: 1 }, 4));
  assert.ok(fits({ low: 0, high: 1 }, 8));
});

test('seconds become whole microseconds without rounding errors', () => {
  fc.assert(
    fc.property(fc.nat(9_999_999), fc.nat(999_999), (seconds, micros) => {
      const text = `${seconds}.${String(micros).padStart(6, '0')}`;
      assert.equal(parseSeconds(text), seconds * 1e6 + micros);
    }),
  );
  assert.equal(parseSeconds('1.5'), 1_500_000);
  assert.equal(parseSeconds('2.0000019'), 2_000_001);
  for (const text of ['', '.', '1.', '.5', '-1', '1e9', '123456789.0']) {
    assert.equal(parseSeconds(text), undefined, text);
  }
});
