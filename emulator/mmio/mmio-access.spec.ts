import assert from 'node:assert/strict';
import { test } from 'node:test';
import { testVgpu } from '../testing/test-vgpu.ts';

const GPIO = 0xc5010;
/** Has neither hooks nor masks. */
const PLAIN = 0x2094;

function checks(faults: readonly { check: string }[]): string[] {
  return faults.map(({ check }) => check);
}

test('§2.3 step 2: more than 8 bytes, and sizes that no bus has, are errors', () => {
  const { vgpu, faults } = testVgpu();
  vgpu.write('mmio', PLAIN, 16, 1, 0);
  assert.deepEqual(vgpu.read('mmio', PLAIN, 3), { low: 0, high: 0, known: true });
  assert.deepEqual(checks(faults), ['access-size', 'access-size']);
});

test('§2.3 step 4: between registers and GGTT it is guest memory at that address', () => {
  const { vgpu, faults } = testVgpu({
    firmware: { bar0: 0xd0000000, bar2: 0xc0000000, command: 0x107, interruptLine: 10 },
  });
  vgpu.write('mmio', 0x300000, 4, 0x1234, 0);
  assert.equal(vgpu.peek('memory', 0xd0300000, 4).low, 0x1234);
  assert.equal(vgpu.read('mmio', 0x300000, 4).low, 0x1234);
  assert.deepEqual(checks(faults), ['stray-access', 'stray-access']);
});

test('§2.3 step 5: a read must not cross the 2 MiB end', () => {
  const { vgpu, faults } = testVgpu();
  assert.deepEqual(vgpu.read('mmio', 0x1ffffc, 8), { low: 0, high: 0, known: true });
  assert.deepEqual(checks(faults), ['access-end']);
});

test('§2.3 step 5: a read must be naturally aligned, unless the register has F_UNALIGN', () => {
  const { vgpu, faults } = testVgpu();
  vgpu.read('mmio', PLAIN + 1, 2);
  vgpu.read('mmio', PLAIN, 8);
  assert.deepEqual(checks(faults), ['access-alignment', 'access-alignment']);
  vgpu.read('mmio', GPIO + 1, 2);
  vgpu.read('mmio', PLAIN + 2, 2);
  assert.equal(faults.length, 2);
});

test('§2.3 step 5, corrected: writes are checked as reads are', () => {
  const { vgpu, w, r, faults } = testVgpu();
  w(PLAIN, 0x11111111);
  vgpu.write('mmio', PLAIN + 1, 2, 0xffff, 0);
  vgpu.write('mmio', 0x1ffffc, 8, 1, 1);
  assert.equal(r(PLAIN), 0x11111111);
  assert.deepEqual(checks(faults), ['access-alignment', 'access-end']);
  vgpu.write('mmio', PLAIN + 2, 2, 0x2222, 0);
  assert.equal(r(PLAIN), 0x22221111);
});

test('bugs.md §9.3, gvt-facts §2.3 step 5, faithful: writes at odd places are taken', () => {
  const { vgpu, r, faults } = testVgpu({ quirks: ['mmio-writes-unchecked'] });
  vgpu.write('mmio', PLAIN + 1, 2, 0xffff, 0);
  assert.equal(r(PLAIN), 0x00ffff00);
  assert.deepEqual(faults, []);
});

test('§2.3 step 6: a register without a row is plain memory, and said to be untracked', () => {
  const { w, r, faults } = testVgpu();
  w(0x3c000, 5);
  assert.equal(r(0x3c000), 5);
  assert.deepEqual(checks(faults), ['untracked-register', 'untracked-register']);
});

test('§2.3 step 7: of a mode-mask register only what the mask selects changes', () => {
  const { w, r } = testVgpu();
  r(0x78000);
  w(0x209c, 0x01000100);
  w(0x209c, 0x00010001);
  assert.equal(r(0x209c), 0x301);
  w(0x209c, 0x01000000);
  assert.equal(r(0x209c), 0x201);
});

test('§2.3 step 8: a write to a read-only register keeps it, and is reported', () => {
  const { w, r, faults } = testVgpu();
  const was = r(0x2234);
  w(0x2234, ~was >>> 0);
  assert.equal(r(0x2234), was);
  assert.deepEqual(checks(faults), ['read-only-write']);
});

test('bugs.md §9.1, gvt-facts §2.3 step 8, faithful: of a write to a read-only register nothing is said', () => {
  const { w, r, faults } = testVgpu({ quirks: ['ro-write-unreported'] });
  const was = r(0x2234);
  w(0x2234, ~was >>> 0);
  assert.equal(r(0x2234), was);
  assert.deepEqual(faults, []);
});

test('§2.3: an 8-byte access to two registers is two accesses, the low one first', () => {
  const { vgpu, r } = testVgpu();
  vgpu.write('mmio', 0x2040, 8, 0x11, 0x22);
  assert.equal(r(0x2040), 0x11);
  assert.equal(r(0x2044), 0x22);
  assert.deepEqual(vgpu.read('mmio', 0x2040, 8), { low: 0x11, high: 0x22, known: true });
});
