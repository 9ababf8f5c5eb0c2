import assert from 'node:assert/strict';
import { test } from 'node:test';
import { openTrace } from '../../trace/index.ts';
import { BARE_DWORDS, bareAccesses, bareLoop } from './bare-loop.ts';
import { countNewlines } from './count-newlines.ts';

test('the bare loop stores every write and counts the reads that differ', async () => {
  const text =
    'W 4 002030 00000040\nR 4 002030 00000040\nCR 4 04 00000000\nR 4 002034 00000001\nAW 4 1000 00000007\n';
  const { store } = await openTrace([new TextEncoder().encode(text)]);
  const accesses = bareAccesses(store);
  assert.equal(accesses.length, 4);
  const registers = new Uint32Array(BARE_DWORDS);
  assert.equal(bareLoop(accesses, registers), 1);
  assert.equal(registers[0x2030 >>> 2], 0x40);
  assert.equal(registers[0x1000 >>> 2], 7);
});

test('newlines are counted by the byte', () => {
  assert.equal(countNewlines(new TextEncoder().encode('a\n\nb\n')), 3);
  assert.equal(countNewlines(new Uint8Array(0)), 0);
});
