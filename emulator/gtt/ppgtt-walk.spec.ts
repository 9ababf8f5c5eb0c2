import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { testVgpu } from '../testing/test-vgpu.ts';
import type { Vgpu } from '../vgpu.ts';
import { type PpgttRoot, walkPpgtt } from './ppgtt-walk.ts';

const PML4 = 0x10000;
const ROOT: PpgttRoot = { levels: 4, pml4: PML4 };

function put(vgpu: Vgpu, address: number, entry: number): void {
  vgpu.core.memory.writeValue(address, 8, entry % 2 ** 32, Math.floor(entry / 2 ** 32));
}

/** Tables one page apart, all of whose entries are known and 0. */
function emptyTables(vgpu: Vgpu, count: number): void {
  for (let i = 0; i < count; i++) vgpu.showMemory(PML4 + i * 4096, new Uint8Array(4096));
}

function build(vgpu: Vgpu, address: number, leafLevel: 2 | 3, leaf: number, pdeBits = 0): void {
  emptyTables(vgpu, 4);
  [39, 30, 21, 12].slice(0, leafLevel + 1).forEach((shift, depth) => {
    let index = Math.floor(address / 2 ** shift) % 512;
    if (depth === 3 && (pdeBits & 0x800) !== 0) index &= ~15;
    const next = PML4 + (depth + 1) * 4096 + 3 + (depth === 2 ? pdeBits : 0);
    put(vgpu, PML4 + depth * 4096 + index * 8, depth === leafLevel ? leaf : next);
  });
}

test('gvt-facts §5.1: 4K pages translate at every address', () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 2 ** 48 - 1 }), (address) => {
      const { vgpu } = testVgpu();
      build(vgpu, address, 3, 0x7_1234_5000 + 3);
      const { outcome, levels } = walkPpgtt(vgpu.core, ROOT, address);
      assert.equal(levels.length, 4);
      assert.ok(outcome.kind === 'mapped');
      assert.equal(outcome.address, 0x7_1234_5000 + (address % 4096));
      assert.equal(outcome.pageSize, '4K');
    }),
    { numRuns: 20 },
  );
});

test('gvt-facts §5.1: a PDE with the page-size bit maps 2M and takes its PAT bit from bit 12', () => {
  const { vgpu } = testVgpu();
  build(vgpu, 0x12345678, 2, 0x40200000 + 0x1000 + 0x83);
  const { outcome } = walkPpgtt(vgpu.core, ROOT, 0x12345678);
  assert.deepEqual(outcome, {
    kind: 'mapped',
    address: 0x40200000 + (0x12345678 % 0x200000),
    pageSize: '2M',
    writable: true,
    pat: 4,
  });
});

test('gvt-facts §5.2: 64K pages need all four walkers enabled', () => {
  const { vgpu, w } = testVgpu();
  const address = 0x1234_5678;
  build(vgpu, address, 3, 0x50000 + 1, 0x800);
  assert.equal(walkPpgtt(vgpu.core, ROOT, address).outcome.kind, 'invalid');
  w(0x4080, 0xf);
  const { outcome } = walkPpgtt(vgpu.core, ROOT, address);
  assert.ok(outcome.kind === 'mapped');
  assert.equal(outcome.pageSize, '64K');
  assert.equal(outcome.address, 0x50000 + (address % 0x10000));
});

test('gvt-facts §5.1: a 3-level root takes its pointer from address bits 31:30', () => {
  const { vgpu } = testVgpu();
  emptyTables(vgpu, 2);
  put(vgpu, PML4, PML4 + 4096 + 3);
  put(vgpu, PML4 + 4096, 0x9000 + 1);
  const root: PpgttRoot = { levels: 3, pdps: [0, 0, PML4, 0] };
  const walk = walkPpgtt(vgpu.core, root, 0x8000_0004);
  assert.ok(walk.outcome.kind === 'mapped');
  assert.equal(walk.outcome.address, 0x9004);
  assert.deepEqual(walkPpgtt(vgpu.core, root, 0).outcome, { kind: 'not present', level: 'PDPE' });
});

test('gvt-facts §5.4: the walk says where it ends: not present, unknown, or a 1G page', () => {
  const { vgpu } = testVgpu();
  assert.deepEqual(walkPpgtt(vgpu.core, ROOT, 0).outcome, { kind: 'unknown', level: 'PML4E' });
  emptyTables(vgpu, 2);
  assert.deepEqual(walkPpgtt(vgpu.core, ROOT, 0).outcome, { kind: 'not present', level: 'PML4E' });
  put(vgpu, PML4, PML4 + 4096 + 3);
  put(vgpu, PML4 + 4096, 0x83);
  assert.equal(walkPpgtt(vgpu.core, ROOT, 0).outcome.kind, 'invalid');
});
