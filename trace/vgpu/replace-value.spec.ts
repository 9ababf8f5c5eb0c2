import assert from 'node:assert/strict';
import { test } from 'node:test';
import { replaceValue } from './replace-value.ts';

test('a value is replaced, and nothing else of its line', () => {
  const cases: [string, string, string | undefined][] = [
    ['R32 RCS0.RING_HEAD = 0x40   // all', '0x48', 'R32 RCS0.RING_HEAD = 0x48   // all'],
    ['  CR16 0x00 = 0x8086', '0x1', '  CR16 0x00 = 0x1'],
    ['R32 0x20 64  @ f < g', '0x1', 'R32 0x20 0x1  @ f < g'],
    ['R32 ring+8 = page+0x10 // x', '0x1', 'R32 ring+8 = 0x1 // x'],
    ['expect memory ggtt:ring+4 11', '12', 'expect memory ggtt:ring+4 12'],
    ['expect mem32[ring+4] == 0x11', '0x12', 'expect mem32[ring+4] == 0x12'],
    ['expect RCS0.RING_START == ring', '0x1', undefined],
    ['R 4 078000 76544776', '00000001', 'R 4 078000 00000001'],
    [
      'expect memory ggtt:4001000 11?? 0000 // x',
      '12?? 0000',
      'expect memory ggtt:4001000 12?? 0000 // x',
    ],
    ['expect RCS0.RING_TAIL == 0x40', '0x48', 'expect RCS0.RING_TAIL == 0x48'],
    ['expect (value & 0xff) == 16', '0x11', 'expect (value & 0xff) == 0x11'],
    ['expect RCS0.RING_TAIL >= 0x40', '0x48', undefined],
    ['expect A == 1 && B == 2', '3', undefined],
    ['expect no fault', '1', undefined],
    ['W32 RCS0.RING_TAIL 0x40', '1', undefined],
    ['R32 RCS0.RING_TAIL', '1', undefined],
  ];
  for (const [line, value, wanted] of cases) assert.equal(replaceValue(line, value), wanted, line);
});

test('a very long line is looked through once', () => {
  const blanks = ' '.repeat(300_000);
  const long: [string, string | undefined][] = [
    [`R32 RING = 0x1${blanks}x`, undefined],
    [`R32 RING = 0x1${blanks}`, `R32 RING = 0x2${blanks}`],
    [`R32 RING = 0x1${' @x'.repeat(100_000)}`, undefined],
    [`expect memory 1000${blanks}!`, undefined],
    [`expect memory 1000${blanks}11`, `expect memory 1000${blanks}0x2`],
    [`expect${blanks}!`, undefined],
    [`expect ${'(a)'.repeat(100_000)} = 1`, undefined],
    [`expect ${'('.repeat(300_000)} == 1`, `expect ${'('.repeat(300_000)} == 0x2`],
    [`expect ${'a == '.repeat(60_000)}1`, undefined],
    [`expect a == ${'1'.repeat(300_000)}x`, undefined],
  ];
  for (const [line, wanted] of long) assert.equal(replaceValue(line, '0x2'), wanted);
});
