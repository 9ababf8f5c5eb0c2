import assert from 'node:assert/strict';
import { test } from 'node:test';
import { EngineGuest, SCRATCH, STATUS_PAGE, USER_SCRATCH } from '../../testing/engine-guest.ts';

const [LOW, HIGH] = [USER_SCRATCH % 2 ** 32, Math.floor(USER_SCRATCH / 2 ** 32)];
const PIPE_CONTROL = 0x7a000004;
const BCS = 0x22000;

function ran(dwords: readonly number[], base = 0x2000): EngineGuest {
  const guest = new EngineGuest({ base });
  guest.vgpu.advanceTo(1e6);
  guest.run(guest.context(), dwords);
  return guest;
}

function events(guest: EngineGuest): string[] {
  return guest.interrupts.filter(({ kind }) => kind === 'event').map(({ name }) => name);
}

test('§10.4 PIPE_CONTROL: post-sync 1 writes 64 bits, to the GGTT with bit 24', () => {
  const guest = ran([PIPE_CONTROL, 0x01104080, SCRATCH, 0, 11, 12]);
  assert.deepEqual([guest.dword(SCRATCH), guest.dword(SCRATCH + 4)], [11, 12]);
});

test('§10.4 PIPE_CONTROL: without bit 24 the address is a PPGTT one', () => {
  assert.equal(ran([PIPE_CONTROL, 0x4000, LOW + 16, HIGH, 3, 0]).dword(SCRATCH + 16), 3);
});

test('§10.4 PIPE_CONTROL: post-sync 3 writes the timestamp', () => {
  assert.equal(ran([PIPE_CONTROL, 0x0100c000, SCRATCH, 0, 0, 0]).dword(SCRATCH), 12_000);
});

test('§10.4 PIPE_CONTROL: post-sync 2 writes PS_DEPTH_COUNT', () => {
  const guest = new EngineGuest();
  guest.w(0x2350, 99);
  guest.run(guest.context(), [PIPE_CONTROL, 0x01008000, SCRATCH, 0, 0, 0]);
  assert.equal(guest.dword(SCRATCH), 99);
});

test('§10.4 PIPE_CONTROL: in index mode the address is an offset in the page of HWS_PGA', () => {
  assert.equal(ran([PIPE_CONTROL, 0x00204000, 0xd0, 0, 4, 0]).dword(STATUS_PAGE + 0xd0), 4);
});

test('§10.4 PIPE_CONTROL: notify raises its event', () => {
  assert.ok(events(ran([PIPE_CONTROL, 0x100, 0, 0, 0, 0])).includes('RCS0 PIPE_CONTROL notify'));
});

test('§10.4 PIPE_CONTROL: with bit 23 the value goes to a register', () => {
  assert.equal(ran([PIPE_CONTROL, 1 << 23, 0x2600, 0, 0x4321, 0]).r(0x2600), 0x4321);
});

test('PIPE_CONTROL without post-sync writes nothing', () => {
  assert.equal(ran([PIPE_CONTROL, 0x01100080, SCRATCH, 0, 11, 12]).dword(SCRATCH), 0);
});

test('§10.4 MI_FLUSH_DW: bit 2 of the address is the GGTT; a dword', () => {
  const guest = ran([0x13004002, SCRATCH | 4, 0, 8], BCS);
  assert.deepEqual([guest.dword(SCRATCH), guest.dword(SCRATCH + 4)], [8, 0]);
});

test('§10.4 MI_FLUSH_DW: the form of 5 dwords writes 64 bits, and notifies like the other', () => {
  const guest = ran([0x13004103, SCRATCH | 4, 0, 8, 9], BCS);
  assert.deepEqual([guest.dword(SCRATCH), guest.dword(SCRATCH + 4)], [8, 9]);
  assert.ok(events(guest).includes('BCS0 MI_FLUSH_DW notify'));
});

test('§10.4 MI_FLUSH_DW: index mode, PPGTT, timestamp', () => {
  assert.equal(ran([0x13204002, 0xd0, 0, 5], BCS).dword(STATUS_PAGE + 0xd0), 5);
  assert.equal(ran([0x13004002, LOW + 8, HIGH, 6], BCS).dword(SCRATCH + 8), 6);
  assert.equal(ran([0x1300c002, SCRATCH | 4, 0, 0], BCS).dword(SCRATCH), 12_000);
});

test('§6.9 MI_USER_INTERRUPT raises the engine’s own', () => {
  assert.ok(events(ran([0x01000000], BCS)).includes('BCS0 user interrupt'));
});

test('a notification does not come before the write could be done', () => {
  const guest = new EngineGuest();
  const table = 0x7000_0000;
  const away = guest.mapUserTable(1, table);
  const [low, high] = [away % 2 ** 32, Math.floor(away / 2 ** 32)];
  const notified = () => events(guest).filter((name) => name.endsWith('notify')).length;
  guest.run(guest.context(), [PIPE_CONTROL, 0x4100, low, high, 3, 0]);
  assert.equal(guest.vgpu.core.state.engines.each[0]?.stall, 'memory unknown');
  assert.equal(notified(), 0);
});
