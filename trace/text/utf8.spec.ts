import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { decodeUtf8, encodeUtf8 } from './utf8.ts';

test('decodes every text as TextDecoder does', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (text) => {
      const bytes = new TextEncoder().encode(text);
      assert.equal(decodeUtf8(bytes), new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes));
      assert.deepEqual(encodeUtf8(text), bytes);
    }),
  );
});

test('bytes that are not UTF-8 become replacement characters and nothing is lost around them', () => {
  assert.equal(decodeUtf8(new Uint8Array([0x41, 0xff, 0x42])), 'A\ufffdB');
  assert.equal(decodeUtf8(new Uint8Array([0xc3])), '\ufffd');
  // Overlong spelling of “/”, and a surrogate.
  assert.equal(decodeUtf8(new Uint8Array([0xc0, 0xaf])), '\ufffd\ufffd');
  assert.equal(decodeUtf8(new Uint8Array([0xed, 0xa0, 0x80, 0x21])), '\ufffd\ufffd\ufffd!');
});

test('random bytes decode to a text that encodes again without surrogates', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 64 }), (bytes) => {
      const text = decodeUtf8(bytes);
      assert.equal(decodeUtf8(encodeUtf8(text)), text);
    }),
  );
});

test('texts longer than one argument list are put together', () => {
  const text = 'añ€😀'.repeat(5000);
  assert.equal(decodeUtf8(encodeUtf8(text)), text);
});
