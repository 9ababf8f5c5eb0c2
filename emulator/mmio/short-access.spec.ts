import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { testVgpu } from '../testing/test-vgpu.ts';

/** Accesses of 1 and 2 bytes, for each access mode (gvt-facts §2.3, §13.7: all sizes occur). */

const PLAIN = 0x2094;
const MI_MODE = 0x209c;
const MASTER = 0x44200;

test('gvt-facts §13.7: a plain register is its bytes, whatever sizes they are written and read in', () => {
  const sizes = fc.constantFrom(1, 2, 4);
  fc.assert(
    fc.property(
      fc.array(fc.tuple(sizes, fc.nat(3), fc.nat(0xffffffff)), { maxLength: 8 }),
      (writes) => {
        const { vgpu } = testVgpu();
        const bytes = new DataView(new ArrayBuffer(4));
        for (const [size, place, value] of writes) {
          const at = place - (place % size);
          const part = size === 4 ? value : value % 2 ** (size * 8);
          vgpu.write('mmio', PLAIN + at, size, part, 0);
          for (let i = 0; i < size; i++) bytes.setUint8(at + i, part >>> (i * 8));
        }
        for (let at = 0; at < 4; at++) {
          assert.equal(vgpu.read('mmio', PLAIN + at, 1).low, bytes.getUint8(at));
        }
        assert.equal(vgpu.read('mmio', PLAIN + 2, 2).low, bytes.getUint16(2, true));
        assert.equal(vgpu.read('mmio', PLAIN, 4).low, bytes.getUint32(0, true));
      },
    ),
    { numRuns: 50 },
  );
});

test('gvt-facts §2.3 step 7: mask and value are what landed in the register: a half of a mode mask changes nothing', () => {
  const { vgpu, r, w } = testVgpu();
  w(MI_MODE, 0x01000100);
  const was = r(MI_MODE);
  for (const [at, size, value] of [
    [0, 2, 0],
    [0, 2, 0xffff],
    [2, 2, 0xffff],
    [3, 1, 0x01],
    [1, 1, 0x00],
  ] as const) {
    vgpu.write('mmio', MI_MODE + at, size, value, 0);
    assert.equal(r(MI_MODE), was, `${size} bytes at + ${at}`);
  }
});

test('gvt-facts §7.3 rule 5: a write of the master’s first byte leaves its bit 31 alone', () => {
  const { vgpu, r, w } = testVgpu();
  w(MASTER, 0x80000000);
  vgpu.write('mmio', MASTER, 1, 0xff, 0);
  assert.equal(r(MASTER), 0x80000000);
  vgpu.write('mmio', MASTER + 3, 1, 0x00, 0);
  assert.equal(r(MASTER), 0);
  vgpu.write('mmio', MASTER + 2, 2, 0x8000, 0);
  assert.equal(r(MASTER), 0x80000000);
});

test('gvt-facts §7.3 rule 3: of an IIR a short write clears bits of its bytes only', () => {
  const { vgpu, r } = testVgpu();
  const IIR = 0x44308;
  vgpu.poke('mmio', IIR, 4, 0xffffffff, 0);
  vgpu.write('mmio', IIR + 1, 1, 0x0f, 0);
  assert.equal(r(IIR), 0xfffff0ff);
});

test('gvt-facts §2.3 step 8: a short write keeps the bits of a read-only mask', () => {
  const { vgpu, r } = testVgpu();
  const was = r(0x2370);
  vgpu.write('mmio', 0x2372, 2, 0xffff, 0);
  vgpu.write('mmio', 0x2370, 1, 0xff, 0);
  assert.equal(r(0x2370), was);
});

test('gvt-facts §6.2: FORCE_TO_NONPRIV is written in 4 bytes or not at all', () => {
  const { vgpu, r, faults } = testVgpu();
  vgpu.write('mmio', 0x24d0, 2, 0x7014, 0);
  vgpu.write('mmio', 0x24d4, 1, 0x94, 0);
  assert.deepEqual([r(0x24d0), r(0x24d4)], [0, 0]);
  assert.equal(faults.filter(({ check }) => check === 'nonpriv-refused').length, 2);
  vgpu.write('mmio', 0x24d0, 4, 0x7014, 0);
  assert.equal(r(0x24d0), 0x7014);
});

test('gvt-facts §2.2: the six GPIO registers permit short accesses at odd places, their neighbours do not', () => {
  const { vgpu, faults } = testVgpu();
  for (let pin = 0; pin < 6; pin++) vgpu.read('mmio', 0xc5010 + pin * 4 + 1, 2);
  assert.equal(faults.length, 0);
  vgpu.read('mmio', 0xc5028 + 1, 2);
  assert.equal(faults.at(-1)?.check, 'access-alignment');
});
