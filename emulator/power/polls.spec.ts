import assert from 'node:assert/strict';
import { test } from 'node:test';
import { play } from '../testing/play.ts';
import { testBroadwell, testVgpu } from '../testing/test-vgpu.ts';
import { POLLED_ROWS } from './testing/polled-rows.ts';

for (const { title, bdw, lines } of POLLED_ROWS) {
  test(`gvt-facts §8: ${title}`, () => {
    const device = bdw ? testBroadwell() : testVgpu();
    play(device, lines);
    const untracked = device.faults.filter(({ check }) => check === 'untracked-register');
    assert.deepEqual(untracked, []);
  });
}

test('gvt-facts §8: the sideband keeps 20 registers', () => {
  const { r, w } = testVgpu();
  const go = (address: number, operation: number) => {
    w(0xc6000, address * 0x10000);
    w(0xc6008, (operation << 8) | 1);
    return r(0xc6004);
  };
  for (let n = 0; n < 25; n++) {
    w(0xc6004, 1000 + n);
    go(n, 7);
  }
  for (let n = 0; n < 25; n++) assert.equal(go(n, 6), n < 20 ? 1000 + n : 0);
  w(0xc6004, 7);
  go(3, 7);
  assert.equal(go(3, 6), 7, 'one that is known is written again');
});

test('gvt-facts §8: what a vGPU refuses or never finishes has a check', () => {
  for (const [offset, value, check] of [
    [0x4df4, 1, 'trtt-physical'],
    [0xc314, 1, 'guc-unsupported'],
  ] as const) {
    const { w, faults } = testVgpu();
    w(offset, value);
    assert.deepEqual(
      faults.map((fault) => fault.check),
      [check],
    );
  }
});

test('gvt-facts §8: fuses and straps that a driver reads at boot are there, read-only by use', () => {
  const { r, faults } = testVgpu();
  for (const offset of [0x9424, 0x9120, 0x9134, 0x9138, 0x913c, 0x51000, 0x42014, 0xc2014])
    r(offset);
  assert.deepEqual(
    faults.map(({ message }) => message),
    [],
  );
});
