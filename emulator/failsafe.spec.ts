import assert from 'node:assert/strict';
import { test } from 'node:test';
import { translateGgtt } from './gtt/ggtt.ts';
import { testVgpu } from './testing/test-vgpu.ts';

const OWN = 128 * 0x100000;
const ENTRY = 0x800000 + (OWN / 4096) * 8;

/** PVINFO has been read, and the guest then said that its resources do not suffice. */
function inFailsafe(before: (test: ReturnType<typeof testVgpu>) => void = () => {}) {
  const test = testVgpu();
  test.r(0x78000);
  before(test);
  test.w(0x78808, 1);
  assert.equal(test.vgpu.core.state.failsafe, 1);
  test.faults.splice(0);
  return test;
}

test('§2.4: reasons by trigger', () => {
  const cases: readonly (readonly [
    offset: number,
    value: number,
    read: boolean,
    reason: number,
  ])[] = [
    [0x100020, 1, false, 0], // fence 4 of 4, PVINFO never read
    [0x100020, 1, true, -1],
    [0x229c, 0x80008000, false, 0], // run list
    [0x2229c, 0x02000200, false, 0], // PPGTT
    [0x229c, 0x80008000, true, -1],
    [0x229c, 0x80000000, false, -1], // cleared, not set
    [0x229c, 0x00010001, true, 0], // bit 0: the host's
    [0x20d4, 0x00080008, true, 0], // CSFE_CHICKEN1 bit 3
    [0x20d4, 0x00100010, true, 0], // bit 4
    [0x20d4, 0x00100000, true, -1],
    [0x20d4, 0x00040004, true, -1],
    [0x78808, 0, true, 1], // rsv5[0]
    [0x78814, 7, true, 1], // rsv5[3]
    [0x78818, 1, true, -1],
  ];
  for (const [offset, value, read, reason] of cases) {
    const { vgpu, r, w } = testVgpu();
    if (read) r(0x78000);
    w(offset, value);
    const what = `${offset.toString(16)} = ${value.toString(16)}`;
    assert.equal(vgpu.core.state.failsafe, reason, what);
  }
});

test('gvt-facts §2.4: a read of a fence that is not owned is enough, and each engine has its own guarded registers', () => {
  const reader = testVgpu();
  reader.r(0x100020);
  assert.equal(reader.vgpu.core.state.failsafe, 0);
  for (const base of [0x2000, 0x22000, 0x12000, 0x1a000]) {
    for (const [register, value] of [
      [0x29c, 0x02000200],
      [0x29c, 0x80008000],
      [0x29c, 0x00010001],
      [0xd4, 0x00080008],
    ] as const) {
      const { vgpu, w } = testVgpu();
      w(base + register, value);
      assert.equal(vgpu.core.state.failsafe, 0, (base + register).toString(16));
    }
  }
});

test('gvt-facts §2.4: bit 2 of RING_MODE is the host’s on Coffee Lake and Comet Lake only', () => {
  const { vgpu, r, w } = testVgpu();
  r(0x78000);
  w(0x229c, 0x00040004);
  assert.equal(vgpu.core.state.failsafe, -1);
});

test('gvt-facts §2.4: an engine reset does not leave failsafe, the full reset does', () => {
  const { vgpu, w } = inFailsafe();
  w(0x941c, 1);
  w(0x941c, 2);
  assert.equal(vgpu.core.state.failsafe, 1);
  vgpu.reset();
  assert.equal(vgpu.core.state.failsafe, -1);
});

test('§2.4: bits that belong to the host are not set', () => {
  const { r, w, faults } = testVgpu();
  r(0x78000);
  w(0x229c, 0x80018001);
  assert.equal(r(0x229c) & 0xffff, 0x8000);
  assert.ok(faults.some(({ check }) => check === 'host-owned-bit'));
});

test('§2.4: registers are plain memory', () => {
  const { r, w } = inFailsafe();
  w(0x209c, 0x01000100);
  assert.equal(r(0x209c), 0x01000100, 'no mask');
  w(0x2234, 7);
  assert.equal(r(0x2234), 7, 'not read-only');
  w(0x941c, 2);
  assert.equal(r(0x941c), 2, 'no reset');
  w(0x78040, 3);
  assert.equal(r(0x78040), 3, 'PVINFO too');
});

test('§2.4: GGTT writes change what the guest sees, the hardware entries stay', () => {
  const { vgpu, r, w, faults } = inFailsafe(({ vgpu }) => vgpu.write('mmio', ENTRY, 8, 0x1001, 0));
  w(ENTRY, 0x5001);
  w(0x800000, 0x9001);
  vgpu.write('mmio', ENTRY + 8, 8, 0x7001, 0);
  assert.equal(r(ENTRY), 0x5001);
  assert.equal(r(0x800000), 0x9001, 'no range is checked');
  assert.equal(translateGgtt(vgpu.core, OWN), 0x1000);
  assert.equal(translateGgtt(vgpu.core, OWN + 0x1000), undefined);
  assert.deepEqual(faults, []);
});

test('§2.4: GGTT accesses of any size and place are those of plain memory', () => {
  const { vgpu, r } = inFailsafe();
  vgpu.write('mmio', ENTRY, 8, 0x44332211, 0x88776655);
  for (const [at, size, low, high] of [
    [0, 8, 0x44332211, 0x88776655],
    [1, 1, 0x22, 0],
    [3, 2, 0x5544, 0],
    [2, 4, 0x66554433, 0],
  ] as const) {
    const answer = vgpu.read('mmio', ENTRY + at, size);
    assert.deepEqual([answer.low, answer.high], [low, high], `${size} bytes at ${at}`);
  }
  vgpu.write('mmio', ENTRY + 1, 1, 0xff, 0);
  vgpu.write('mmio', ENTRY + 3, 2, 0, 0);
  assert.deepEqual([r(ENTRY), r(ENTRY + 4)], [0x0033ff11, 0x88776600]);
});

test('§2.4: accesses to neither region do nothing', () => {
  const { vgpu } = inFailsafe();
  vgpu.write('mmio', 0x300000, 4, 1, 0);
  assert.equal(vgpu.peek('memory', 0x300000, 4).known, false);
  assert.equal(vgpu.read('mmio', 0x300000, 4).known, false);
});

test('§2.4: the first reason stands', () => {
  const { vgpu, w } = inFailsafe();
  w(0x229c, 0x00010001);
  assert.equal(vgpu.core.state.failsafe, 1);
});

test('§2.4: that PVINFO was never read is said where it was not', () => {
  const { r, w, faults } = testVgpu();
  r(0x78000);
  w(0x229c, 0x00010001);
  const said = faults.find(({ check }) => check === 'failsafe-unsupported');
  assert.match(said?.message ?? '', /host's, were set/);
  assert.doesNotMatch(said?.message ?? '', /PVINFO/);
});
