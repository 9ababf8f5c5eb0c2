import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ByteText } from './byte-text.ts';
import { decodeUtf8, encodeUtf8 } from './utf8.ts';

function shown({ bytes, length }: ByteText): string {
  return decodeUtf8(bytes, 0, length);
}

test('a text is its pieces, one behind the other', () => {
  const text = new ByteText();
  text.ascii('at ').address(0x140).blank().address(0x12_3456_789a).blank();
  text.dword(0xffff_ffff).dword(-1).copy(encodeUtf8('.NAME.'), 1, 5);
  assert.equal(shown(text), 'at 00000140 123456789a ffffffffffffffffNAME');
  assert.equal(shown(text.clear().ascii('x')), 'x');
});

test('it grows as it has to', () => {
  const text = new ByteText();
  const piece = encodeUtf8('a'.repeat(255));
  text.copy(piece, 0, 255).blank().dword(0x1234_5678).ascii('b'.repeat(1000)).blank();
  assert.equal(shown(text), `${'a'.repeat(255)} 12345678${'b'.repeat(1000)} `);
});
