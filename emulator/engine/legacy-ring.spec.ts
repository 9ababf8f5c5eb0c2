import assert from 'node:assert/strict';
import { test } from 'node:test';
import { EngineGuest, SCRATCH, STATUS_PAGE, USER_BATCH } from '../testing/engine-guest.ts';

const RING_PAGE = SCRATCH + 0x2000;
const store = (offset: number, value: number) => [0x10400002, SCRATCH + offset, 0, value];
const END = 0x05000000;

/** A guest without run lists and PPGTT, as those of the first KVMGT release (gvt-facts §6). */
function legacyGuest(): EngineGuest {
  const guest = new EngineGuest();
  guest.w(0x229c, 0x80000000);
  guest.map(RING_PAGE);
  guest.w(0x2038, RING_PAGE);
  guest.w(0x2034, 0);
  guest.w(0x2030, 0);
  guest.w(0x203c, 1);
  return guest;
}

test('a write of the tail runs the ring up to it', () => {
  const guest = legacyGuest();
  guest.show(RING_PAGE, [...store(0, 1), ...store(4, 2)]);
  guest.w(0x2030, 16);
  guest.vgpu.runWork();
  assert.deepEqual([guest.dword(SCRATCH), guest.dword(SCRATCH + 4)], [1, 0]);
  assert.equal(guest.r(0x2034), 16);
  guest.w(0x2030, 32);
  guest.vgpu.runWork();
  assert.equal(guest.dword(SCRATCH + 4), 2);
  assert.equal(guest.dword(STATUS_PAGE + 0x7c), 0, 'no context status');
});

test('the ring wraps, and the head counts it', () => {
  const guest = legacyGuest();
  guest.w(0x2034, 0xff0);
  guest.show(RING_PAGE + 0xff0, store(0, 7));
  guest.show(RING_PAGE, store(4, 8));
  guest.w(0x2030, 16);
  guest.vgpu.runWork();
  assert.deepEqual([guest.dword(SCRATCH), guest.dword(SCRATCH + 4)], [7, 8]);
  assert.equal(guest.r(0x2034), (1 << 21) | 16);
});

test('without PPGTT a user batch is in the GGTT', () => {
  const guest = legacyGuest();
  guest.show(SCRATCH + 0x400, [0x10000002, SCRATCH, 0, 9, END]);
  guest.show(RING_PAGE, [0x18800101, SCRATCH + 0x400, 0, 0]);
  guest.w(0x2030, 16);
  guest.vgpu.runWork();
  assert.equal(guest.dword(SCRATCH), 9);
});

test('a ring that is not enabled does not run', () => {
  const guest = legacyGuest();
  guest.w(0x203c, 0);
  guest.show(RING_PAGE, store(0, 1));
  guest.w(0x2030, 16);
  assert.equal(guest.vgpu.hasWork, false);
  guest.w(0x203c, 1);
  guest.vgpu.runWork();
  assert.equal(guest.dword(SCRATCH), 1);
});

test('the same batch ends alike through ELSP with PPGTT and through the ring without', () => {
  const elsp = new EngineGuest();
  elsp.userBatch([...store(0, 3), 0x11000001, 0x2600, 4, 0x12400002, 0x2600, SCRATCH + 4, 0, END]);
  const [low, high] = [USER_BATCH % 2 ** 32, Math.floor(USER_BATCH / 2 ** 32)];
  elsp.run(elsp.context(), [0x18800101, low, high]);
  const legacy = legacyGuest();
  legacy.show(SCRATCH + 0x400, [
    ...store(0, 3),
    ...[0x11000001, 0x2600, 4, 0x12400002, 0x2600, SCRATCH + 4, 0, END],
  ]);
  legacy.show(RING_PAGE, [0x18800101, SCRATCH + 0x400, 0, 0]);
  legacy.w(0x2030, 16);
  legacy.vgpu.runWork();
  for (const at of [0, 4]) {
    assert.equal(legacy.dword(SCRATCH + at), elsp.dword(SCRATCH + at));
    assert.notEqual(legacy.dword(SCRATCH + at), 0);
  }
});

test('a ring that is disabled takes a context along that run lists left in the engine', () => {
  const guest = new EngineGuest();
  guest.run(guest.context(), [0x0e40c002, 1, SCRATCH + 0x800, 0]);
  guest.w(0x229c, 0x80000000);
  guest.w(0x203c, 0);
  guest.w(0x229c, 0x80008000);
  guest.run(guest.context(), store(0, 9));
  assert.equal(guest.dword(SCRATCH), 9);
});

test('a command over the end of the ring is seen as it is executed', () => {
  const guest = legacyGuest();
  guest.w(0x2034, 0xff8);
  const command = store(0, 7);
  guest.show(RING_PAGE + 0xff8, command.slice(0, 2));
  guest.show(RING_PAGE, command.slice(2));
  guest.w(0x2030, 8);
  assert.deepEqual(guest.vgpu.viewWork()?.command?.dwords, command);
  guest.vgpu.runWork();
  assert.deepEqual(guest.commands[0]?.dwords, command);
});

test('what a ring had predicated ends with it', () => {
  const guest = legacyGuest();
  const skipAll = 0x0080000f; // MI_SET_PREDICATE: always
  guest.show(RING_PAGE, [skipAll, 0, ...store(0, 5)]);
  guest.w(0x2030, 8);
  guest.vgpu.runWork();
  guest.w(0x203c, 0);
  guest.w(0x203c, 1);
  guest.w(0x2030, 24);
  guest.vgpu.runWork();
  assert.equal(guest.dword(SCRATCH), 5);
});
