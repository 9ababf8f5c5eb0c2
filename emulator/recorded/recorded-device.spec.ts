import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { createVgpu, defaultConfig } from '../index.ts';
import { RecordedDevice } from './recorded-device.ts';

const known = (low: number, high = 0) => ({ low, high, known: true });
const UNKNOWN = { low: 0, high: 0, known: false };

test('what no record has shown is unknown', () => {
  const device = new RecordedDevice();
  assert.deepEqual(device.read('mmio', 0x50, 4), UNKNOWN);
  device.write('mmio', 0x50, 1, 0x7f, 0);
  assert.deepEqual(device.peek('mmio', 0x50, 1), known(0x7f));
  assert.deepEqual(device.peek('mmio', 0x50, 4), UNKNOWN);
  assert.deepEqual(device.peek('ggtt', 0x50, 4), UNKNOWN);
  assert.equal(device.poke('ggtt', 0x50, 4, 1, 0), false);
});

test('a read answers what was recorded, which stays until the next record', () => {
  const device = new RecordedDevice();
  device.write('mmio', 0x50, 4, 1, 0);
  device.recordedAnswer(known(5, 6));
  assert.deepEqual(device.read('mmio', 0x50, 8), known(5, 6));
  assert.deepEqual(device.peek('mmio', 0x54, 4), known(6));
  device.recordedAnswer(UNKNOWN);
  assert.deepEqual(device.read('mmio', 0x50, 4), known(5));
  assert.deepEqual(device.read('aperture', 0x50, 4), UNKNOWN);
});

test('whoever listens is told of changes, by the dword', () => {
  const device = new RecordedDevice();
  const told: unknown[] = [];
  device.setListener({
    registerChanged: (...change) => told.push(change),
    ggttEntryChanged: (...change) => told.push(change),
    configChanged: (...change) => told.push(change),
    memoryWritten: (...change) => told.push(change),
  });
  device.write('mmio', 0x50, 8, 1, 2);
  device.write('mmio', 0x50, 4, 1, 0);
  device.write('mmio', 0x51, 1, 3, 0);
  device.write('mmio', 0x80_0008, 4, 7, 0);
  device.write('config', 4, 2, 6, 0);
  device.showMemory(0x1000, new Uint8Array(3));
  assert.deepEqual(told, [
    [0x50, 0, 1],
    [0x54, 0, 2],
    [0x50, 1, 0x301],
    [1, 7, 0],
    [4, 0, 6],
    [0x1000, 3],
  ]);
});

test('memory has a bound: what is written beyond it stays unknown', () => {
  const device = new RecordedDevice();
  const last = 65_536 * 4096;
  for (let page = 0; page < 65_536; page++) device.write('aperture', page * 4096, 4, page, 0);
  device.write('aperture', last, 4, 1, 0);
  assert.deepEqual(device.peek('aperture', last, 4), UNKNOWN);
  device.write('aperture', last - 4096, 4, 2, 0);
  assert.deepEqual(device.peek('aperture', last - 4096, 4), known(2));
});

test('saved, changed and restored it is as before; other devices’ snapshots are refused', () => {
  const step = fc.record({
    space: fc.constantFrom('mmio' as const, 'aperture' as const, 'config' as const, 'io' as const),
    offset: fc.nat(0x2000),
    size: fc.constantFrom(1, 2, 4, 8),
    low: fc.nat(0xffffffff),
  });
  fc.assert(
    fc.property(fc.array(step), fc.array(step), (before, after) => {
      const device = new RecordedDevice();
      const apply = ({ space, offset, size, low }: (typeof before)[number]) =>
        device.write(space, offset, size, low, 0);
      before.forEach(apply);
      device.advanceTo(before.length);
      const hash = device.hash();
      const snapshot = device.save();
      after.forEach(apply);
      device.restore(snapshot);
      assert.equal(device.hash(), hash);
    }),
  );
  const other = createVgpu(defaultConfig()).save();
  assert.throws(() => new RecordedDevice().restore(other), TypeError);
});
