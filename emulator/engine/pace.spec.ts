import assert from 'node:assert/strict';
import { test } from 'node:test';
import { EngineGuest, SCRATCH, USER_BATCH } from '../testing/engine-guest.ts';

const at = (offset: number) => [(USER_BATCH % 2 ** 32) + offset, Math.floor(USER_BATCH / 2 ** 32)];
const START = 0x18800101;
const END = 0x05000000;
const store = (offset: number, value: number) => [0x10400002, SCRATCH + offset, 0, value];

test('an endless batch takes a few rounds, then some in each millisecond', () => {
  const guest = new EngineGuest();
  guest.userBatch([START, ...at(0)]);
  guest.run(guest.context(), [START, ...at(0)]);
  assert.ok(guest.commands.length < 20);
  guest.advanceTo(100e6);
  assert.ok(guest.commands.length > 500 && guest.commands.length < 1000);
  assert.equal(guest.vgpu.hasWork, false);
});

test('an endless batch that does something goes on by its budget', () => {
  const guest = new EngineGuest({ pace: { burst: 100, perMillisecond: 10 } });
  guest.userBatch([...store(0, 1), START, ...at(0)]);
  guest.run(guest.context(), [START, ...at(0)]);
  assert.equal(guest.commands.length, 100);
  guest.advanceTo(5e6);
  assert.equal(guest.commands.length, 150);
});

test('an endless batch ends when the guest ends it', () => {
  const guest = new EngineGuest();
  guest.userBatch([START, ...at(0)]);
  const context = guest.context();
  guest.run(context, [START, ...at(0), ...store(0, 5)]);
  guest.userBatch([END, 0, 0]);
  guest.advanceTo(1e6);
  assert.equal(guest.dword(SCRATCH), 5);
});

test('a hung engine is reset, and works again', () => {
  const guest = new EngineGuest();
  guest.userBatch([START, ...at(0)]);
  guest.run(guest.context(), [START, ...at(0)]);
  guest.w(0x20d0, 0x00010001);
  guest.w(0x941c, 2);
  guest.w(0x20d0, 0x00010000);
  guest.run(guest.context(), store(0, 6));
  assert.equal(guest.dword(SCRATCH), 6);
});

test('with a burst of 0 work waits for device time', () => {
  const guest = new EngineGuest({ pace: { burst: 0, perMillisecond: 2 } });
  guest.run(guest.context(), [...store(0, 1), ...store(4, 2), ...store(8, 3)]);
  assert.equal(guest.dword(SCRATCH), 0);
  guest.advanceTo(1e6);
  assert.deepEqual([guest.dword(SCRATCH + 4), guest.dword(SCRATCH + 8)], [2, 0]);
  guest.advanceTo(2e6);
  assert.equal(guest.dword(SCRATCH + 8), 3);
});

test('a ring that the driver has stopped stands still until it is started again', () => {
  const guest = new EngineGuest();
  const context = guest.context();
  guest.emit(context, store(0, 1));
  guest.submit(context);
  guest.w(0x209c, 0x01000100);
  guest.vgpu.runWork();
  assert.equal(guest.dword(SCRATCH), 0);
  guest.w(0x209c, 0x01000000);
  guest.vgpu.runWork();
  assert.equal(guest.dword(SCRATCH), 1);
});

test('engines take turns, command by command', () => {
  const guest = new EngineGuest();
  const context = guest.context();
  guest.emit(context, [...store(0, 1), ...store(4, 2)]);
  guest.submit(context);
  guest.show(SCRATCH + 0x800, [...store(8, 3), ...store(12, 4)]);
  guest.w(0x22038, SCRATCH);
  guest.w(0x2203c, 1);
  guest.w(0x22034, 0x800);
  guest.w(0x22030, 0x820);
  const order = guest.steps().map(({ engine, kind }) => `${engine} ${kind}`);
  assert.deepEqual(order.slice(0, 4), [
    'BCS0 command',
    'RCS0 restore',
    'BCS0 command',
    'RCS0 command',
  ]);
});
