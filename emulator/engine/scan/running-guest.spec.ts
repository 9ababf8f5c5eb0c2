import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { MemorySource } from '../../state/memory-source.ts';
import { EngineGuest, SCRATCH, USER_BATCH } from '../../testing/engine-guest.ts';

const STORE = (offset: number, value: number) => [0x10400002, SCRATCH + offset, 0, value];
const WAIT = [0x0e40c002, 0, SCRATCH, 0];
const NOOP4 = [0, 0, 0, 0];

/** Memory of a guest that runs: what the device was shown, with other dwords at one address; lines that were used. */
function source(guest: EngineGuest, change: number, dwords: readonly number[]) {
  const shown: number[] = [];
  const memory: MemorySource = {
    turn: 1,
    readLine: (address, into) => {
      const view = new DataView(into.buffer, into.byteOffset, into.byteLength);
      for (let at = 0; at < into.length; at += 4) {
        const index = (address + at - change) / 4;
        const { low } = guest.vgpu.peek('memory', address + at, 4);
        view.setUint32(at, dwords[index] ?? low, true);
      }
      return true;
    },
    lineShown: (address) => shown.push(address),
    write: () => {},
  };
  return { memory, shown };
}

test('gvt-facts §10.2: of a running guest the scanner sees memory as it is now, and a recording shows what it saw', () => {
  for (const [now, refused] of [
    [WAIT, true],
    [NOOP4, false],
  ] as const) {
    const guest = new EngineGuest({ policy: 'gvt-g' });
    const context = guest.context();
    guest.emit(context, refused ? NOOP4 : WAIT);
    guest.emit(context, STORE(0, 1));
    guest.submit(context);
    const { memory, shown } = source(guest, context.ring, now);
    guest.vgpu.attachMemory(memory);
    guest.vgpu.stepWork();
    const found = guest.faults.some(({ check }) => check === 'command-refused');
    assert.equal(found, refused);
    assert.ok(shown.includes(context.ring), 'the line with the changed commands');
  }
});

test('gvt-facts §10.2: memory that nobody has shown does not let a command behind it pass unseen', () => {
  const guest = new EngineGuest({ policy: 'gvt-g' });
  const batch = SCRATCH + 0x100000;
  guest.map(batch);
  guest.run(guest.context(), [0x18800001, batch, 0, ...STORE(0, 1)]);
  assert.equal(guest.vgpu.lacksMemory, true, 'the engine gets no further than the scanner');
});

/** A ring without run lists, under the scanner (gvt-facts §6, §10). */
function legacyRing() {
  const guest = new EngineGuest({ policy: 'gvt-g' });
  const ring = SCRATCH + 0x2000;
  guest.w(0x229c, 0x80000000);
  guest.map(ring);
  for (const [register, value] of [
    [0x2038, ring],
    [0x2034, 0],
    [0x2030, 0],
    [0x203c, 1],
  ] as const)
    guest.w(register, value);
  const refused = () => guest.faults.filter(({ check }) => check === 'command-refused').length;
  return { guest, ring, refused };
}

test('gvt-facts §10: a ring of the registers is scanned before it runs, from head to tail', () => {
  const { guest, ring, refused } = legacyRing();
  guest.show(ring, [...STORE(0, 1), ...WAIT]);
  guest.w(0x2030, 32);
  guest.vgpu.runWork();
  assert.equal(refused(), 1);
  assert.equal(guest.dword(SCRATCH), 0, 'nothing of it runs');
  assert.equal(guest.vgpu.core.state.failsafe, 2);
});

test('gvt-facts §10: what a tail that moves on brings is scanned as well, once', () => {
  const { guest, ring, refused } = legacyRing();
  guest.show(ring, [...STORE(0, 1), ...STORE(4, 2), ...WAIT]);
  guest.w(0x2030, 16);
  guest.vgpu.runWork();
  guest.w(0x2030, 32);
  guest.vgpu.runWork();
  assert.deepEqual([guest.dword(SCRATCH), guest.dword(SCRATCH + 4), refused()], [1, 2, 0]);
  guest.w(0x2030, 48);
  guest.vgpu.runWork();
  assert.equal(refused(), 1);
});

test('gvt-facts §10: also where the tail moves on while the ring runs', () => {
  const { guest, ring, refused } = legacyRing();
  guest.show(ring, [...STORE(0, 1), ...STORE(4, 2), ...WAIT]);
  guest.w(0x2030, 32);
  guest.vgpu.stepWork();
  guest.w(0x2030, 48);
  guest.vgpu.runWork();
  assert.deepEqual([guest.dword(SCRATCH), guest.dword(SCRATCH + 4), refused()], [1, 2, 1]);
});

test('gvt-facts §10.2: user batches are scanned on the engines for which scan_nonprivbb is set, chains too', () => {
  const [low, high] = [USER_BATCH % 2 ** 32, Math.floor(USER_BATCH / 2 ** 32)];
  for (const [base, refused] of [
    [0x2000, true],
    [0x22000, false],
  ] as const) {
    for (const chained of [false, true]) {
      const guest = new EngineGuest({ base, policy: 'gvt-g', scanUserBatches: ['RCS0', 'VCS0'] });
      const jump = chained ? [0x18800101, low + 0x100, high] : [];
      guest.userBatch([...STORE(4, 2), ...jump, ...WAIT, 0x05000000]);
      guest.userBatch([...WAIT, 0x05000000], 0x100);
      guest.show(SCRATCH, [0]);
      guest.run(guest.context(), [0x18800101, low, high, ...STORE(0, 1)]);
      const at = (USER_BATCH + (chained ? 0x100 : 16)).toString(16);
      const found = guest.faults.find(({ check }) => check === 'command-refused')?.message ?? '';
      assert.equal(
        found.includes(`MI_SEMAPHORE_WAIT at ppgtt 0x${at} was refused`),
        refused,
        found,
      );
      assert.equal(guest.dword(SCRATCH + 4), refused ? 0 : 2);
    }
  }
});

test('gvt-facts §10: the engine’s state in a context image is audited as commands are, from byte 0x140 on', () => {
  for (const [at, register, refused] of [
    [0x140, 0x2600, false],
    [0x140, 0x44200, true],
    [0x140, 0x200000, true],
    [0x200, 0x44200, true],
    // The ring's own lists are written by GVT-g.
    [0x0e0, 0x44200, false],
  ] as const) {
    const guest = new EngineGuest({ policy: 'gvt-g' });
    const context = guest.context();
    guest.show(context.lrca + 0x1000 + 0x110, new Array(0x200).fill(0));
    guest.show(context.lrca + 0x1000 + at, [0x11000001, register, 0]);
    guest.run(context, STORE(0, 1));
    const found = guest.faults.find(({ check }) => check === 'command-refused')?.message ?? '';
    assert.equal(found.includes('the context image at ggtt'), refused, `${at} ${register}`);
    assert.equal(guest.dword(SCRATCH), refused ? 0 : 1);
    assert.equal(guest.vgpu.core.state.failsafe, refused ? 2 : -1);
  }
});
