import assert from 'node:assert/strict';
import { test } from 'node:test';
import { DEFAULT_PARTITION } from '../partition.ts';
import { testVgpu } from '../testing/test-vgpu.ts';

function guest(fences: number) {
  const test = testVgpu({ partition: { ...DEFAULT_PARTITION, fences } });
  test.r(0x78000);
  return test;
}

test('gvt-facts §4.4: a fence is 8 bytes, read back in halves and whole', () => {
  const { vgpu, r, w } = guest(4);
  vgpu.write('mmio', 0x100018, 8, 0x08000001, 0x081ff01f);
  assert.deepEqual([r(0x100018), r(0x10001c)], [0x08000001, 0x081ff01f]);
  w(0x100018, 0);
  assert.deepEqual(vgpu.read('mmio', 0x100018, 8), { low: 0, high: 0x081ff01f, known: true });
});

test('gvt-facts §4.4: of an index that is not owned a read answers 0 and a write is dropped', () => {
  for (const fences of [0, 1, 4, 16]) {
    for (let index = 0; index < 16; index++) {
      const { vgpu, r, w, faults } = guest(fences);
      const owned = index < fences;
      for (const half of [0, 4]) {
        w(0x100000 + index * 8 + half, 0x1001);
        assert.equal(r(0x100000 + index * 8 + half), owned ? 0x1001 : 0);
      }
      assert.equal(vgpu.peek('mmio', 0x100000 + index * 8, 4).low, owned ? 0x1001 : 0);
      const reported = faults.filter(({ check }) => check === 'fence-out-of-range').length;
      assert.equal(reported, owned ? 0 : 4, `${index} of ${fences}`);
      assert.equal(vgpu.core.state.failsafe, -1);
    }
  }
});

test('gvt-facts §4.4: the handlers cover the first 16; what is behind them is plain memory', () => {
  const { r, w, faults } = guest(4);
  w(0x100080, 0x1001);
  assert.equal(r(0x100080), 0x1001);
  assert.deepEqual(
    faults.map(({ check }) => check),
    ['untracked-register', 'untracked-register'],
  );
});
