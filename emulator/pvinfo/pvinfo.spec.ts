import assert from 'node:assert/strict';
import { test } from 'node:test';
import { testVgpu } from '../testing/test-vgpu.ts';

test('magic, version, capabilities and slice are as the guest expects them', () => {
  const { vgpu, r } = testVgpu();
  assert.deepEqual(vgpu.read('mmio', 0x78000, 8), {
    low: 0x76544776,
    high: 0x47765447,
    known: true,
  });
  assert.equal(vgpu.read('mmio', 0x78008, 2).low, 1);
  assert.equal(r(0x78010), 0x1c);
  assert.equal(r(0x78040), 128 * 0x100000);
  assert.equal(r(0x7804c), 512 * 0x100000);
  assert.equal(r(0x78050), 4);
});

test('any read tells that the guest knows, odd ones are reported', () => {
  const { vgpu, r, faults } = testVgpu();
  assert.equal(vgpu.core.state.pvNotified, false);
  r(0x78060);
  assert.equal(vgpu.core.state.pvNotified, true);
  assert.deepEqual(
    faults.map((each) => each.check),
    ['pvinfo-read'],
  );
});

test('PDPs and notify are stored, other writes are discarded', () => {
  const { w, r, faults } = testVgpu();
  w(0x78838, 0x1000);
  w(0x78818, 4);
  w(0x78040, 0);
  assert.equal(r(0x78838), 0x1000);
  assert.equal(r(0x78818), 4);
  assert.equal(r(0x78040), 128 * 0x100000);
  assert.ok(faults.some((each) => each.check === 'pvinfo-write'));
});

test('an unknown notification is stored and reported', () => {
  const { w, r, faults } = testVgpu();
  w(0x78818, 99);
  assert.equal(r(0x78818), 99);
  assert.ok(faults.some((each) => each.check === 'g2v-unknown'));
});

test('a write to the reserved words is failsafe', () => {
  const { vgpu, w } = testVgpu();
  w(0x78814, 1);
  assert.equal(vgpu.core.state.failsafe, 1);
});

test('fences beyond the own ones answer 0 and take nothing', () => {
  const { vgpu, w, r, faults } = testVgpu();
  r(0x78000);
  w(0x100018, 5);
  w(0x100020, 5);
  assert.equal(r(0x100018), 5);
  assert.equal(r(0x100020), 0);
  assert.equal(vgpu.core.state.failsafe, -1);
  assert.ok(faults.some((each) => each.check === 'fence-out-of-range'));
  const unaware = testVgpu();
  unaware.w(0x100020, 5);
  assert.equal(unaware.vgpu.core.state.failsafe, 0);
});
