import assert from 'node:assert/strict';
import { test } from 'node:test';
import { EngineGuest, SCRATCH } from '../../testing/engine-guest.ts';

const GPR = (n: number) => 0x2600 + n * 8;

function ran(...dwords: number[]): EngineGuest {
  const guest = new EngineGuest();
  guest.show(SCRATCH + 0x40, [0x55aa55aa]);
  guest.run(guest.context(), dwords);
  return guest;
}

test('§10.4 MI_LOAD_REGISTER_IMM loads each of its pairs', () => {
  const guest = ran(0x11000003, GPR(0), 1, GPR(1), 2);
  assert.deepEqual([guest.r(GPR(0)), guest.r(GPR(1))], [1, 2]);
});

test('§10.4 a load by a command obeys the register’s access mode and runs its hook', () => {
  const guest = ran(0x11000001, 0x209c, 0x00020002);
  assert.equal(guest.r(0x209c), 0x202, 'masked: the idle bit stays');
});

test('§10.4 MI_LOAD_REGISTER_REG: source, then destination', () => {
  const guest = ran(0x11000001, GPR(2), 9, 0x15000001, GPR(2), GPR(3));
  assert.equal(guest.r(GPR(3)), 9);
});

test('§10.4 MI_LOAD_REGISTER_MEM', () => {
  assert.equal(ran(0x14c00002, GPR(0), SCRATCH + 0x40, 0).r(GPR(0)), 0x55aa55aa);
});

test('§10.4 MI_STORE_REGISTER_MEM', () => {
  const guest = ran(0x11000001, GPR(0), 0x1234, 0x12400002, GPR(0), SCRATCH, 0);
  assert.equal(guest.dword(SCRATCH), 0x1234);
});

test('MI_STORE_REGISTER_MEM with the predicate bit stores only where the predicate is set', () => {
  const store = [0x12600002, GPR(0), SCRATCH, 0];
  assert.equal(ran(0x11000003, GPR(0), 7, 0x2418, 0, ...store).dword(SCRATCH), 0);
  assert.equal(ran(0x11000003, GPR(0), 7, 0x2418, 1, ...store).dword(SCRATCH), 7);
});

test('a register behind the register file is refused by name', () => {
  assert.deepEqual(
    ran(0x11000001, 0x200000, 1).faults.map(({ check }) => check),
    ['command-register'],
  );
});

test('a load from memory that nobody has shown stops the engine before the command', () => {
  const guest = new EngineGuest();
  const context = guest.context();
  guest.map(SCRATCH + 0x8000);
  guest.run(context, [0, 0, 0x14c00002, GPR(0), SCRATCH + 0x8000, 0]);
  assert.equal(guest.vgpu.lacksMemory, true);
  assert.equal(guest.ring(0x34), 8, 'the head stands at the command');
  assert.equal(guest.vgpu.hasWork, false);
});
