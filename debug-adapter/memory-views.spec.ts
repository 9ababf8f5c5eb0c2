import assert from 'node:assert/strict';
import { test } from 'node:test';
import { MemoryViews } from './memory-views.ts';

test('what a client has read of one reference is one range', () => {
  const views = new MemoryViews();
  views.add('mmio:0x2000', 64, 64);
  views.add('mmio:0x2000', 0, 16);
  views.add('config:0x0', 0, 256);
  assert.deepEqual(views.ranges(), [
    { memoryReference: 'mmio:0x2000', offset: 0, count: 128 },
    { memoryReference: 'config:0x0', offset: 0, count: 256 },
  ]);
});

test('a client that reads everywhere is remembered within bounds', () => {
  const views = new MemoryViews();
  for (let page = 0; page < 1000; page++) views.add(`memory:0x${page.toString(16)}000`, 0, 16);
  assert.equal(views.ranges().length, 64);
  assert.equal(views.ranges().at(-1)?.memoryReference, 'memory:0x3e7000');
});
