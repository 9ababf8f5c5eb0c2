import assert from 'node:assert/strict';
import { test } from 'node:test';
import { decodeUtf8, encodeUtf8 } from '../text/utf8.ts';
import { EventHead } from './event-head.ts';

/** Microseconds, event and text of a line; undefined where it has no head. */
function headOf(line: string): [number, string, string] | undefined {
  const head = new EventHead();
  // What stands before and behind it in the file is not looked at.
  const [before, behind] = ['[00', '1.5: a: b'];
  const bytes = encodeUtf8(before + line + behind);
  const end = bytes.length - behind.length;
  if (!head.read(bytes, before.length, end)) return undefined;
  const { name, micros, at } = head;
  return [micros, decodeUtf8(bytes, name.start, name.end), decodeUtf8(bytes, at, end)];
}

test('the head of an event’s line: its time, its name, where its text begins', () => {
  const rows: readonly (readonly [string, ReturnType<typeof headOf>])[] = [
    [' q-1 [000] ..... 8.331585: event: text', [8_331_585, 'event', 'text']],
    [' q-1 [000] 8.3: event: a: b', [8_300_000, 'event', 'a: b']],
    ['a [1] [x] [01-2 [0012]\td..1. \t8.1234567:  kvm:kvm_mmio:', [8_123_456, 'kvm_mmio', '']],
    [' q-1 [000] ..... 8.331585: <stack trace>', [8_331_585, '<stack trace>', '<stack trace>']],
    [' q-1 [0] ..... 8.331585: event: text', undefined],
    [' q-1 [000]..... 8.331585: event: text', undefined],
    [' q-1 [000] ..... 8.: event: text', undefined],
    [' q-1 [000] ..... 8.1234567890: event: text', undefined],
    [' q-1 [000] ..... 8.331585 event: text', undefined],
    [' q-1 [000] ..... 8.331585:event: text', undefined],
    [' q-1 [000] ..... 8.331585: event', undefined],
    [' q-1 [000] ..... 8.331585: kvm:event', undefined],
    [' q-1 [000] ..... 8.331585: : text', undefined],
    [' q-1 [000] ..... ', undefined],
    [' q-1 [000]', undefined],
    ['', undefined],
  ];
  for (const [line, expected] of rows) assert.deepEqual(headOf(line), expected, line);
});
