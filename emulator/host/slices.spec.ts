import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { EngineGuest } from '../testing/engine-guest.ts';
import { addGuest, addVgpu, testHost } from '../testing/test-host.ts';

const USER_INTERRUPT = 0x01000000;
const SEMAPHORE_WAIT = 0x0e404002;

function sliced() {
  const host = testHost({ scheduling: 'sliced' });
  const turns: [number, number][] = [];
  host.setListener({ scheduled: ({ from, to }) => turns.push([from, to]) });
  return { host, turns };
}

/** A context with so many commands that they take the given milliseconds at the slow pace. */
function submitLong(guest: EngineGuest, milliseconds: number): void {
  const context = guest.context();
  guest.emit(context, new Array<number>(milliseconds * 10).fill(0));
  guest.submit(context);
}

const SLOW = {
  type: 'i915-GVTg_V5_8',
  more: { pace: { burst: 0, perMillisecond: 10 } },
};

test('§11: work is taken without waiting for the timer where nothing runs', () => {
  const { host, turns } = sliced();
  const guest = addGuest(host);
  guest.run(guest.context(), [USER_INTERRUPT]);
  assert.deepEqual(turns, [[0, 1]]);
  assert.equal(guest.interrupts.filter(({ name }) => /user/.test(name)).length, 1);
});

test('§11, §12.2: a vGPU that is not attached is not scheduled', () => {
  const { host } = sliced();
  const device = addVgpu(host);
  device.write('mmio', 0x2230, 4, 0, 0);
  host.advanceTo(1e9);
  assert.equal(host.host.state.scheduler.tickAt, -1);
});

test('§11: owners change only when nothing is in flight: the others wait for the context’s end', () => {
  const { host, turns } = sliced();
  const [one, two] = [addGuest(host, SLOW), addGuest(host, SLOW)];
  submitLong(one, 30);
  host.advanceTo(2e6);
  submitLong(two, 1);
  host.advanceTo(20e6);
  assert.deepEqual(turns, [[0, 1]]);
  assert.equal(two.vgpu.core.state.engines.gate, 'closed');
  host.advanceTo(60e6);
  assert.deepEqual(turns.slice(0, 2), [
    [0, 1],
    [1, 2],
  ]);
  assert.equal(two.vgpu.core.state.engines.each[0]?.phase, 'idle');
});

test('§11: what has not begun waits for the next slice', () => {
  const { host, turns } = sliced();
  const [one, two] = [addGuest(host, SLOW), addGuest(host, SLOW)];
  // Priority of new vGPUs over, so that slices decide.
  host.advanceTo(2.5e9);
  const [first, second, other] = [one.context(), one.context(), two.context()];
  for (const [guest, context] of [
    [one, first],
    [one, second],
    [two, other],
  ] as const) {
    guest.emit(context, new Array<number>(600).fill(0));
  }
  one.submit(first, second);
  two.submit(other);
  host.advanceTo(2.7e9);
  assert.deepEqual(turns.slice(0, 3), [
    [0, 1],
    [1, 2],
    [2, 1],
  ]);
});

test('§11: one that hangs keeps the engines until it is reset', () => {
  const { host, turns } = sliced();
  const [one, two] = [addGuest(host), addGuest(host)];
  one.run(one.context(), [SEMAPHORE_WAIT, 1, one.hidden + 4096, 0]);
  two.submit(two.context());
  host.advanceTo(5e9);
  assert.deepEqual(turns, [[0, 1]]);
  one.w(0x941c, 2);
  host.advanceTo(5.1e9);
  assert.deepEqual(turns.slice(0, 2), [
    [0, 1],
    [1, 2],
  ]);
});

test('the clocks of all vGPUs go with the host’s, from when each was made', () => {
  const { host } = sliced();
  const one = addVgpu(host);
  host.advanceTo(7e6);
  const two = addVgpu(host);
  host.advanceTo(10e6);
  assert.deepEqual([one.now, two.now], [10e6, 3e6]);
});
