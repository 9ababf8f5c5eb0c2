import assert from 'node:assert/strict';
import { test } from 'node:test';
import { SerialLines } from './serial-lines.ts';

function linesOf(text: string): string[] {
  const lines: string[] = [];
  const serial = new SerialLines((line) => lines.push(line));
  for (const byte of new TextEncoder().encode(text)) serial.take(byte);
  return lines;
}

test('bytes become lines; what has no end yet is kept back', () => {
  assert.deepEqual(linesOf('one\r\ntwo\n\nthr'), ['one', 'two', '']);
});

test('what steers a terminal is left out, letters of any script are not', () => {
  assert.deepEqual(
    linesOf('\u001bc\u001b[?7l\u001b[2J\u001b[31mred\u001b[0m größer\tx\u0007\r\n'),
    ['red größer\tx'],
  );
});
