import assert from 'node:assert/strict';
import { test } from 'node:test';
import { EngineGuest, SCRATCH, STATUS_PAGE } from '../testing/engine-guest.ts';

/** gvt-facts §6.4. */
const IDLE_TO_ACTIVE = 0x1;
const COMPLETE_TO_IDLE = 0x18;
const COMPLETE_SWITCH = 0x14;
const LITE_RESTORE = 0x8002;
const CONTEXT_SWITCH = 'RCS0 context switch';

/** MI_SEMAPHORE_WAIT in the GGTT, poll, equal: holds the engine until the scratch page's dword is 1. */
const WAIT = [0x0e40c002, 1, SCRATCH + 0x800, 0];
const STORE = (at: number, value: number) => [0x10400002, SCRATCH + at, 0, value];
/** What lets go: the guest writes the dword, and a millisecond passes. */
function release(guest: EngineGuest): void {
  guest.show(SCRATCH + 0x800, [1]);
  guest.advanceTo(guest.vgpu.now + 1e6);
}

function contextSwitches(guest: EngineGuest): number {
  return guest.interrupts.filter(({ kind, name }) => kind === 'event' && name === CONTEXT_SWITCH)
    .length;
}

test('§6.5: nothing running: idle to active, with context id 0, and an interrupt', () => {
  const guest = new EngineGuest();
  const context = guest.context();
  guest.emit(context, STORE(0, 7));
  guest.submit(context);
  assert.deepEqual(guest.statusEntry(0), [IDLE_TO_ACTIVE, 0]);
  assert.equal(contextSwitches(guest), 1);
  assert.equal(guest.dword(SCRATCH), 0, 'nothing is executed by the write itself');
});

test('§6.5: the last context done, no pair waiting: complete, active to idle', () => {
  const guest = new EngineGuest();
  const context = guest.context();
  guest.run(context, STORE(0, 7));
  assert.equal(guest.dword(SCRATCH), 7);
  assert.deepEqual(guest.statusEntry(1), [COMPLETE_TO_IDLE, context.id]);
  assert.equal(guest.dword(STATUS_PAGE + 0x7c), 1, 'write pointer in the status page');
  assert.equal(guest.ring(0x3a0) & 7, 1, 'write pointer in the register');
  assert.deepEqual([guest.ring(0x378), guest.ring(0x37c)], [COMPLETE_TO_IDLE, context.id]);
  assert.equal(contextSwitches(guest), 2, 'one interrupt an entry');
  assert.equal(guest.ring(0x234), 2, 'EXECLIST_STATUS: nothing runs, slot 1 is next');
});

test('§6.5: context 0 done, context 1 valid: element switch', () => {
  const guest = new EngineGuest();
  const [first, second] = [guest.context(), guest.context()];
  guest.emit(first, STORE(0, 1));
  guest.emit(second, STORE(4, 2));
  guest.submit(first, second);
  guest.vgpu.runWork();
  assert.deepEqual(guest.statusEntry(1), [COMPLETE_SWITCH, first.id]);
  assert.deepEqual(guest.statusEntry(2), [COMPLETE_TO_IDLE, second.id]);
  assert.deepEqual([guest.dword(SCRATCH), guest.dword(SCRATCH + 4)], [1, 2]);
});

test('§6.5: running, other contexts: the pair waits, the queue is full; then complete and idle to active', () => {
  const guest = new EngineGuest();
  const [busy, next] = [guest.context(), guest.context()];
  guest.run(busy, WAIT);
  guest.emit(next, STORE(0, 5));
  guest.submit(next);
  guest.vgpu.runWork();
  assert.equal(guest.dword(SCRATCH), 0);
  assert.equal((guest.ring(0x234) >>> 2) & 1, 1, 'queue full');
  assert.equal(guest.ring(0x238), busy.id, 'current context id');
  const before = contextSwitches(guest);
  release(guest);
  assert.equal(guest.dword(SCRATCH), 5);
  assert.deepEqual(guest.statusEntry(1), [COMPLETE_TO_IDLE, busy.id]);
  assert.deepEqual(guest.statusEntry(2), [IDLE_TO_ACTIVE, 0]);
  assert.deepEqual(guest.statusEntry(3), [COMPLETE_TO_IDLE, next.id]);
  assert.equal(
    contextSwitches(guest) - before,
    2,
    'one for the two entries together, one at the end',
  );
});

test('§6.5: the running context again is a lite restore: its new tail counts, nothing is loaded', () => {
  const guest = new EngineGuest();
  const context = guest.context();
  guest.run(context, WAIT);
  guest.emit(context, STORE(0, 9));
  guest.submit(context);
  guest.vgpu.runWork();
  assert.deepEqual(guest.statusEntry(1), [LITE_RESTORE, context.id]);
  release(guest);
  assert.equal(guest.dword(SCRATCH), 9);
  assert.deepEqual(guest.statusEntry(2), [COMPLETE_TO_IDLE, context.id]);
});

test('§6.5: a third pair finds no slot', () => {
  const guest = new EngineGuest();
  const [busy, second, third] = [guest.context(), guest.context(), guest.context()];
  guest.run(busy, WAIT);
  guest.submit(second);
  guest.submit(third);
  assert.deepEqual(
    guest.faults.map(({ check }) => check),
    ['elsp-full'],
  );
});

test('the status buffer has six entries', () => {
  const guest = new EngineGuest();
  const context = guest.context();
  for (let round = 0; round < 4; round++) guest.run(context, STORE(0, round));
  // Eight entries: the last two stand where the first two stood.
  assert.equal(guest.dword(STATUS_PAGE + 0x7c), 1);
  assert.deepEqual(guest.statusEntry(0), [IDLE_TO_ACTIVE, 0]);
});

test('an engine reset drops what runs and what waits, and the status buffer starts anew', () => {
  const guest = new EngineGuest();
  const [busy, next] = [guest.context(), guest.context()];
  guest.run(busy, WAIT);
  guest.submit(next);
  guest.w(0x941c, 1 << 1);
  assert.equal(guest.ring(0x3a0) & 7, 7);
  assert.equal(guest.ring(0x234), 0);
  guest.show(SCRATCH + 0x800, [1]);
  guest.advanceTo(5e6);
  assert.equal(guest.vgpu.hasWork, false);
  guest.run(next, STORE(0, 3));
  assert.equal(guest.dword(SCRATCH), 3);
  assert.deepEqual(guest.statusEntry(0), [IDLE_TO_ACTIVE, 0]);
});

test('interrupts that the engine’s own IMR masks do not come', () => {
  const guest = new EngineGuest();
  guest.w(0x20a8, 0xffffffff);
  const context = guest.context();
  guest.run(context, [0x01000000]);
  assert.deepEqual(
    guest.interrupts.filter(({ kind, delivered }) => kind === 'event' && delivered),
    [],
  );
});

test('each engine that the device has executes, with its own events and reset bit', () => {
  for (const [name, base, resetBit] of [
    ['RCS0', 0x2000, 1],
    ['BCS0', 0x22000, 3],
    ['VCS0', 0x12000, 2],
    ['VECS0', 0x1a000, 4],
    ['VCS1', 0x1c000, 7],
  ] as const) {
    // 8086:1926 is a GT3, which has the second video engine.
    const guest = new EngineGuest({ base, deviceId: 0x1926 });
    const context = guest.context();
    guest.run(context, [...STORE(0, 7), 0x01000000]);
    assert.equal(guest.dword(SCRATCH), 7, name);
    const events = guest.interrupts.filter(({ kind, delivered }) => kind === 'event' && delivered);
    assert.deepEqual(
      events.map((event) => event.name),
      [`${name} context switch`, `${name} user interrupt`, `${name} context switch`],
    );
    guest.run(guest.context(), WAIT);
    guest.w(0x941c, 1 << resetBit);
    assert.equal(guest.ring(0x234), 0, `${name} is reset`);
  }
});

test('a GT2 has no second video engine', () => {
  const guest = new EngineGuest({ base: 0x1c000 });
  guest.run(guest.context(), STORE(0, 7));
  assert.equal(guest.dword(SCRATCH), 0);
});
