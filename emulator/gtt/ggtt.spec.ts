import assert from 'node:assert/strict';
import { test } from 'node:test';
import { testVgpu } from '../testing/test-vgpu.ts';
import { GGTT_OFFSET, ggttEntry, pageAddress, translateGgtt } from './ggtt.ts';

const OWN = 128 * 0x100000;
const at = GGTT_OFFSET + (OWN / 4096) * 8;

test('gvt-facts §5.3: two halves, in either order, make an entry', () => {
  for (const first of [0, 4]) {
    const { vgpu, w } = testVgpu();
    w(at + first, first === 0 ? 0x12345001 : 0x2);
    assert.equal(translateGgtt(vgpu.core, OWN), undefined, 'half an entry maps nothing');
    w(at + 4 - first, first === 0 ? 0x2 : 0x12345001);
    assert.equal(translateGgtt(vgpu.core, OWN + 0x10), 0x2_1234_5010);
  }
});

test('gvt-facts §5.3: a first half shows with the other half 0', () => {
  const { w, r } = testVgpu();
  w(at, 0x1001);
  w(at + 4, 0x7);
  w(at, 0x2001);
  assert.equal(r(at), 0x2001);
  assert.equal(r(at + 4), 0, 'the old high half is gone');
});

test('gvt-facts §5.3: the same half again replaces the waiting one', () => {
  const { vgpu, w } = testVgpu();
  w(at, 0x1001);
  w(at, 0x3001);
  w(at + 4, 0);
  assert.equal(translateGgtt(vgpu.core, OWN), 0x3000);
});

test('halves of many entries wait at once', () => {
  const { vgpu, w } = testVgpu();
  for (let i = 0; i < 8; i++) w(at + i * 8, (i << 12) | 1);
  for (let i = 0; i < 8; i++) assert.ok(ggttEntry(vgpu.core, OWN / 4096 + i).partial);
  for (let i = 7; i >= 0; i--) w(at + i * 8 + 4, 0);
  for (let i = 0; i < 8; i++) assert.equal(translateGgtt(vgpu.core, OWN + i * 4096), i << 12);
});

test('gvt-facts §5.3: entries of other slices read 0 and take nothing', () => {
  const { vgpu, w, r, faults } = testVgpu();
  w(GGTT_OFFSET, 0x1001);
  assert.equal(r(GGTT_OFFSET), 0);
  assert.equal(vgpu.core.ggtt.get(0), 0);
  assert.deepEqual(
    faults.map((fault) => fault.check),
    ['ggtt-write-out-of-range', 'ggtt-read-out-of-range'],
  );
});

test('gvt-facts §5.3: an 8-byte access at a 4-byte boundary is an error', () => {
  const { vgpu, faults } = testVgpu();
  vgpu.write('mmio', at + 4, 8, 1, 2);
  assert.equal(vgpu.core.ggtt.get((at - GGTT_OFFSET) / 4 + 1), 0);
  assert.deepEqual(
    faults.map((fault) => fault.check),
    ['ggtt-access'],
  );
});

test('gvt-facts §5.1: a page address takes bits 45 to 12', () => {
  assert.equal(pageAddress(0xfffff001, 0xffffffff), 0x3fff_ffff_f000);
  assert.equal(pageAddress(0x00000fff, 0), 0);
});

test('the last entry of a table is a guard that drivers clear: another check than the entry before it', () => {
  const { vgpu, faults } = testVgpu();
  for (const page of [0xfffff000, 0x7ffff000, 0xffffe000]) {
    vgpu.write('mmio', 0x800000 + (page / 4096) * 8, 8, 1, 0);
  }
  assert.deepEqual(
    faults.map(({ check }) => check),
    ['ggtt-guard-write', 'ggtt-guard-write', 'ggtt-write-out-of-range'],
  );
});
