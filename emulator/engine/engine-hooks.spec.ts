import assert from 'node:assert/strict';
import { test } from 'node:test';
import { EngineGuest, SCRATCH } from '../testing/engine-guest.ts';
import { testVgpu } from '../testing/test-vgpu.ts';

const RING_MODE = 0x229c;

test('gvt-facts §2.4: run lists before PVINFO was read are failsafe, after it they are not', () => {
  const early = testVgpu();
  early.w(RING_MODE, 0x80008000);
  assert.equal(early.vgpu.core.state.failsafe, 0);
  const late = testVgpu();
  late.r(0x78000);
  late.w(RING_MODE, 0x80008000);
  assert.equal(late.vgpu.core.state.failsafe, -1);
  assert.equal(late.r(RING_MODE), 0x8000);
});

test('a mask that clears the run list bit is not a request for it', () => {
  const { vgpu, w } = testVgpu();
  w(RING_MODE, 0xffff0000);
  assert.equal(vgpu.core.state.failsafe, -1);
});

test('gvt-facts §2.4: host bits of RING_MODE and CSFE_CHICKEN1 lead to failsafe', () => {
  for (const [offset, value] of [
    [RING_MODE, 0x00010001],
    [0x20d4, 0x00080008],
    [0x20d4, 0x00100010],
  ] as const) {
    const { vgpu, w, r } = testVgpu();
    r(0x78000);
    w(offset, value);
    assert.equal(vgpu.core.state.failsafe, 0, offset.toString(16));
  }
});

test('in failsafe registers are plain memory', () => {
  const { w, r } = testVgpu();
  w(0x78808, 1);
  w(RING_MODE, 0x12345678);
  assert.equal(r(RING_MODE), 0x12345678);
});

test('gvt-facts §6.2: a status page outside the own slice is refused', () => {
  const { w, r, faults } = testVgpu();
  w(0x2080, 640 * 0x100000);
  w(0x2080, 0x1000);
  assert.equal(r(0x2080), 640 * 0x100000);
  assert.deepEqual(
    faults.map((each) => each.check),
    ['hws-page-range'],
  );
  w(0x2080, 0);
  assert.equal(r(0x2080), 0);
});

test('gvt-facts §6.2: FORCE_TO_NONPRIV takes the whitelist and the own NOPID only', () => {
  const { w, r, faults } = testVgpu();
  w(0x24d0, 0x7014);
  w(0x24d4, 0x2094);
  w(0x24d8, 0x2030);
  assert.deepEqual([r(0x24d0), r(0x24d4), r(0x24d8)], [0x7014, 0x2094, 0]);
  assert.equal(faults.filter((each) => each.check === 'nonpriv-refused').length, 1);
});

test('64K pages are for all walkers or none', () => {
  const { w, r, faults } = testVgpu();
  w(0x4080, 0xf);
  w(0x4080, 0x3);
  assert.equal(r(0x4080), 0xf);
  assert.ok(faults.some((each) => each.check === 'gamw-partial'));
});

test('a reset request is ready at once, and ends when it is taken back', () => {
  const { w, r } = testVgpu();
  w(0x20d0, 0x00010001);
  assert.equal(r(0x20d0), 3);
  w(0x20d0, 0x00010000);
  assert.equal(r(0x20d0), 0);
});

test('GDRST reads 0 at once; a full reset spares what lies above 0x44200', () => {
  const { w, r } = testVgpu();
  r(0x78000);
  w(0x2098, 0x1234);
  w(0x44304, 0x5678);
  w(0x941c, 1 << 1);
  assert.equal(r(0x2098), 0x1234, 'an engine reset leaves registers alone');
  w(0x941c, 1);
  assert.equal(r(0x941c), 0);
  assert.equal(r(0x2098), 0);
  assert.equal(r(0x44304), 0x5678);
});

test('the ring timestamp counts 12 MHz of device time', () => {
  const { vgpu, r } = testVgpu();
  vgpu.advanceTo(1e9);
  assert.equal(r(0x2358), 12e6);
  vgpu.advanceTo(400e9);
  assert.equal(r(0x2358), (400 * 12e6) % 2 ** 32);
  assert.equal(r(0x235c), 1);
});

test('switching run lists on puts the status buffer’s pointers back, by choice', () => {
  for (const [quirks, expected] of [
    [[], 0x505],
    [['run-list-clears-csb'], 7],
  ] as const) {
    const { r, w } = testVgpu({ quirks });
    r(0x78000);
    w(0x23a0, 0xffff0505);
    w(RING_MODE, 0x80008000);
    assert.equal(r(0x23a0), expected);
    w(0x23a0, 0xffff0505);
    w(RING_MODE, 0x80008000);
    assert.equal(r(0x23a0), expected, 'each time, as the host may have had them on already');
  }
});

test('gvt-facts §6.6: a stopped ring goes on where the stop bit is cleared, by the guest or by hand', () => {
  for (const how of ['guest', 'poke'] as const) {
    const guest = new EngineGuest();
    const context = guest.context();
    guest.emit(context, [0x10400002, SCRATCH, 0, 7]);
    guest.submit(context);
    guest.w(0x209c, 0x01000100);
    assert.equal(guest.vgpu.hasWork, false);
    if (how === 'guest') guest.w(0x209c, 0x01000000);
    else guest.vgpu.poke('mmio', 0x209c, 4, 0x200, 0);
    assert.equal(guest.vgpu.hasWork, true, how);
    guest.vgpu.poke('mmio', 0x209d, 1, 0x3, 0);
    assert.equal(guest.vgpu.hasWork, false, 'and a poke stops it');
    guest.vgpu.poke('mmio', 0x209d, 1, 0x2, 0);
    guest.vgpu.runWork();
    assert.equal(guest.dword(SCRATCH), 7);
  }
});
