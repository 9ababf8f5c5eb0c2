import assert from 'node:assert/strict';
import { test } from 'node:test';
import { FakeDevice } from '../testing/fake-device.ts';
import { targetProblem, WatchedTarget } from './watched-target.ts';

test('bits of the upper half of an entry are told apart from its lower half', () => {
  const device = new FakeDevice();
  const bits = { low: 30, high: 33 };
  const target = new WatchedTarget({ space: 'ggtt', address: 0x1000, size: 8, bits });
  target.refresh(device);
  device.poke('mmio', 0x800008, 8, 0x3fffffff, 0xfffffffc);
  assert.equal(target.change(device), undefined);
  device.poke('mmio', 0x800008, 8, 0xc0000000, 0x1);
  const change = target.change(device);
  assert.deepEqual([change?.previous.low, change?.next.low], [0, 0x7]);
});

test('of a large target the first changed part is told', () => {
  const device = new FakeDevice();
  device.showMemory(0x1000, new Uint8Array(64));
  const target = new WatchedTarget({ space: 'memory', address: 0x1004, size: 40 });
  target.refresh(device);
  device.poke('memory', 0x1018, 1, 5, 0);
  const change = target.change(device);
  assert.deepEqual([change?.address, change?.size, change?.next.low], [0x1018, 8, 5]);
  assert.equal(target.change(device), undefined, 'it was looked at');
});

test('what becomes known changes', () => {
  const device = new FakeDevice();
  const target = new WatchedTarget({ space: 'memory', address: 0x2000, size: 4 });
  target.refresh(device);
  device.showMemory(0x2000, new Uint8Array(4));
  const change = target.change(device);
  assert.deepEqual([change?.previous.known, change?.next.known], [false, true]);
});

test('places that do not exist are refused with a sentence', () => {
  const wrong = [
    { space: 'mmio', address: 0x1000000, size: 4 },
    { space: 'config', address: 4094, size: 4 },
    { space: 'ggtt', address: 2 ** 32, size: 8 },
    { space: 'memory', address: -1, size: 4 },
    { space: 'memory', address: 0, size: 0 },
    { space: 'memory', address: 0, size: 1e9 },
    { space: 'mmio', address: 0x2030, size: 4, bits: { low: 5, high: 4 } },
    { space: 'mmio', address: 0x2030, size: 4, bits: { low: 0, high: 32 } },
  ] as const;
  for (const target of wrong) assert.match(targetProblem(target) ?? '', /\.$/);
  assert.equal(targetProblem({ space: 'mmio', address: 0x2030, size: 4 }), undefined);
});
