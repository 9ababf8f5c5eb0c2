import assert from 'node:assert/strict';
import { test } from 'node:test';
import { encodeUtf8 } from '../text/utf8.ts';
import { StampReader } from './time-stamp.ts';

test('times are read alike, whether the line before is of the same second or not', () => {
  const stamps: readonly (readonly [string, string | undefined])[] = [
    ['[2026-11-22 10:11:19.611636] x', '2026-11-22T10:11:19.611Z'],
    ['[2026-11-22 10:11:19.000001] x', '2026-11-22T10:11:19.000Z'],
    ['[2026-11-22 10:11:20.000001]', '2026-11-22T10:11:20.000Z'],
    ['[2026-11-22 10:11:20.00000]1', undefined],
    ['[2026-11-22 10:11:20.00000', undefined],
    ['[2026-11-22 10:11:20.0000x1]', undefined],
    ['[2026-13-22 10:11:20.000001]', undefined],
    ['[2026-11-22 10:11:20.999999]', '2026-11-22T10:11:20.999Z'],
    ['2026-11-22 10:11:20.999999', undefined],
    ['', undefined],
  ];
  const one = new StampReader();
  for (const [text, moment] of stamps) {
    const bytes = encodeUtf8(text);
    const micros = one.read(bytes, 0, bytes.length);
    assert.equal(micros, new StampReader().read(bytes, 0, bytes.length), text);
    const shown = micros < 0 ? undefined : new Date(Math.floor(micros / 1000)).toISOString();
    assert.equal(shown, moment, text);
  }
});
