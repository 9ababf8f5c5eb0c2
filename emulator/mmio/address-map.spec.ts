import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Fault } from '../device-model.ts';
import { GGTT_ENTRIES, GGTT_OFFSET } from '../gtt/ggtt.ts';
import { testBroadwell, testVgpu } from '../testing/test-vgpu.ts';
import { MMIO_SIZE } from './register-map.ts';

const MIB = 0x100000;

test('gvt-facts §2.1: a register file of 2 MiB, a GGTT of 1,048,576 entries for 4 GiB from 8 MiB on', () => {
  assert.equal(MMIO_SIZE, 2 * MIB);
  assert.equal(MMIO_SIZE / 4, 524_288);
  assert.equal(GGTT_OFFSET, 8 * MIB);
  assert.equal(GGTT_ENTRIES, 1_048_576);
  assert.equal(GGTT_ENTRIES * 4096, 4 * 2 ** 30);
});

/** First and last dword of areas that are tracked as a whole, and their neighbours that are not. */
const AREAS = [
  ['MCHBAR mirror', 0x140000, 0x17fffc],
  ['PVINFO', 0x78000, 0x78ffc],
  ['DMC firmware', 0x80000, 0x82ffc],
  ['palette A', 0x4a000, 0x4a3fc],
  ['palette B', 0x4a800, 0x4abfc],
  ['palette C', 0x4b000, 0x4b3fc],
] as const;

function untracked(faults: readonly Fault[]): number {
  return faults.filter(({ check }) => check === 'untracked-register').length;
}

for (const [name, first, last] of AREAS) {
  test(`gvt-facts §2.1: ${name} is tracked from ${first.toString(16)} to ${last.toString(16)}`, () => {
    const { r, faults } = testVgpu();
    for (const offset of [first, (first + last + 4) / 2, last]) r(offset);
    assert.equal(untracked(faults), 0);
    // Behind each palette stand other registers of the pipe.
    if (name.startsWith('palette')) return;
    r(last + 4);
    assert.equal(untracked(faults), 1, 'the dword behind it is not');
  });
}

test('gvt-facts §2.1: there is a DMC on Skylake and later only', () => {
  const { r, faults } = testBroadwell();
  r(0x80000);
  assert.equal(untracked(faults), 1);
});

test('gvt-facts §2.1: between 0x200000 and 0x7fffff there is nothing of the device', () => {
  for (const [offset, stray] of [
    [0x1ffffc, false],
    [0x200000, true],
    [0x7ffffc, true],
    [0x800000, false],
    [0xfffffc, false],
  ] as const) {
    const { r, faults } = testVgpu();
    r(offset);
    const found = faults.some(({ check }) => check === 'stray-access');
    assert.equal(found, stray, offset.toString(16));
  }
});

test('gvt-facts §2.3 step 1, 3: GGTT accesses have 4 or 8 bytes at a multiple of 4, within the table', () => {
  const own = 0x800000 + (128 * MIB * 8) / 4096;
  for (const [offset, size, right] of [
    [own, 4, true],
    [own + 4, 4, true],
    [own, 8, true],
    [own, 1, false],
    [own, 2, false],
    [own + 1, 4, false],
    [own + 2, 2, false],
    [0xfffffc, 8, false],
  ] as const) {
    const name = `${size} bytes at ${offset.toString(16)}`;
    for (const way of ['read', 'write'] as const) {
      const { vgpu, faults } = testVgpu();
      if (way === 'read') {
        const answer = vgpu.read('mmio', offset, size);
        if (!right) assert.deepEqual(answer, { low: 0, high: 0, known: true }, name);
      } else {
        vgpu.write('mmio', offset, size, 0x1001, 0);
        if (!right) assert.equal(vgpu.core.ggtt.get((own - 0x800000) / 4), 0, name);
      }
      const refused = faults.some(({ check }) => check === 'ggtt-access');
      assert.equal(refused, !right, `${way} of ${name}`);
    }
  }
});

test('gvt-facts §2.3 step 4: what is stray is written to memory behind BAR0 byte by byte', () => {
  const { vgpu } = testVgpu({
    firmware: { bar0: 0xd0000000, bar2: 0xc0000000, command: 0x107, interruptLine: 10 },
  });
  vgpu.write('mmio', 0x200000, 8, 0x55667788, 0x11223344);
  vgpu.write('mmio', 0x200001, 1, 0xaa, 0);
  assert.deepEqual(vgpu.peek('memory', 0xd0200000, 8), {
    low: 0x5566aa88,
    high: 0x11223344,
    known: true,
  });
  assert.equal(vgpu.read('mmio', 0x200006, 2).low, 0x1122);
});
