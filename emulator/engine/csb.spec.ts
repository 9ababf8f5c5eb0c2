import assert from 'node:assert/strict';
import { test } from 'node:test';
import { EngineGuest, SCRATCH, STATUS_PAGE } from '../testing/engine-guest.ts';
import { testVgpu } from '../testing/test-vgpu.ts';
import { writeStatusEntry } from './csb.ts';
import { decodeDescriptor } from './descriptor.ts';
import { engineAt } from './engine.ts';

const waitFor = (at: number) => [0x0e40c002, 1, SCRATCH + at, 0];
const WAIT = waitFor(0x800);

test('gvt-facts §6.4: the next entry is 0 after 7, then (write + 1) mod 6; register, entry and status page agree', () => {
  const guest = new EngineGuest();
  const engine = engineAt(guest.vgpu.core, 0);
  for (let n = 0; n < 20; n++) {
    writeStatusEntry(engine, 0x18, 0x100 + n);
    const at = n % 6;
    assert.equal(guest.ring(0x3a0) & 7, at);
    assert.equal(guest.dword(STATUS_PAGE + 0x7c), at, 'dword 0x1f');
    assert.deepEqual([guest.ring(0x370 + at * 8), guest.ring(0x374 + at * 8)], [0x18, 0x100 + n]);
    assert.deepEqual(guest.statusEntry(at), [0x18, 0x100 + n], 'from dword 0x10 on');
  }
});

test('gvt-facts §6.4: the guest’s read pointer, bits 10:8, stays when entries are written', () => {
  const guest = new EngineGuest();
  guest.w(0x23a0, 0x07000500);
  guest.run(guest.context(), WAIT);
  assert.equal(guest.ring(0x3a0), 0x500);
});

/** EXECLIST_STATUS in the states of §6.5, by bit: gvt-facts §6.4. */
test('gvt-facts §6.4: EXECLIST_STATUS: pointers, queue full, valid, element, arbitration, active', () => {
  const guest = new EngineGuest();
  const status = () => guest.ring(0x234);
  const bit = (n: number) => (status() >>> n) & 1;
  assert.equal(status(), 0);
  const [busy, second, next] = [guest.context(), guest.context(), guest.context()];
  guest.emit(busy, WAIT);
  guest.emit(second, WAIT);
  guest.emit(next, WAIT);
  guest.submit(busy, second);
  guest.vgpu.runWork();
  assert.equal((status() >>> 14) & 3, 1, 'element 0');
  assert.deepEqual([bit(0), bit(1)], [0, 1], 'slot 0 runs, slot 1 is written next');
  assert.deepEqual([bit(4), bit(3), bit(18), bit(17), bit(2)], [1, 0, 1, 0, 0]);
  assert.equal(bit(16), 1, 'arbitration');
  assert.equal(guest.ring(0x238), busy.id);
  guest.submit(next);
  assert.deepEqual([bit(2), bit(3), bit(4)], [1, 1, 1], 'queue full, both valid');
  guest.show(SCRATCH + 0x800, [1]);
  guest.advanceTo(1e6);
  guest.show(SCRATCH + 0x800, [0]);
  assert.equal(guest.ring(0x238), 0, 'all done');
  assert.equal(status() & ~2, 0);
});

test('gvt-facts §6.4: EXECLIST_STATUS of the second slot: pointers, bits 3 and 17', () => {
  const guest = new EngineGuest();
  const bit = (n: number) => (guest.ring(0x234) >>> n) & 1;
  const [busy, next] = [guest.context(), guest.context()];
  guest.emit(busy, WAIT);
  guest.emit(next, waitFor(0x804));
  guest.submit(busy);
  guest.submit(next);
  guest.vgpu.runWork();
  guest.show(SCRATCH + 0x800, [1]);
  guest.advanceTo(1e6);
  assert.equal(guest.ring(0x238), next.id);
  assert.deepEqual([bit(0), bit(1)], [1, 0], 'slot 1 runs, slot 0 is written next');
  assert.deepEqual([bit(4), bit(3), bit(18), bit(17), bit(2)], [0, 1, 0, 1, 0]);
});

test('gvt-facts §6.4: the second element shows as element 2, with its context id', () => {
  const guest = new EngineGuest();
  const [first, second] = [guest.context(), guest.context()];
  guest.emit(second, WAIT);
  guest.submit(first, second);
  guest.vgpu.runWork();
  assert.equal((guest.ring(0x234) >>> 14) & 3, 2);
  assert.equal(guest.ring(0x238), second.id);
});

test('gvt-facts §6.3: a descriptor, bit by bit', () => {
  const none = {
    valid: false,
    addressing: 0,
    privileged: false,
    forceRestore: false,
    forcePageDirectoryRestore: false,
    lrca: 0,
    contextId: 0,
  };
  for (const [low, high, expected] of [
    [1 << 0, 0, { valid: true }],
    [1 << 1, 0, { forcePageDirectoryRestore: true }],
    [1 << 2, 0, { forceRestore: true }],
    [1 << 3, 0, { addressing: 1 }],
    [3 << 3, 0, { addressing: 3 }],
    [1 << 5, 0, {}],
    [3 << 6, 0, {}],
    [1 << 8, 0, { privileged: true }],
    [0xfffff000, 0, { lrca: 0xfffff000 }],
    [0, 0x1fffff, { contextId: 0x1fffff }],
    [0, 0xffe00000, {}],
  ] as const) {
    assert.deepEqual(decodeDescriptor({ low, high }), { ...none, ...expected });
  }
});

const ELSP = 0x2230;
const GOOD = 0x28123000 | 0x119;

test('gvt-facts §6.3: addressing 1 and 3 are taken, 0 and 2 are refused', () => {
  for (const addressing of [0, 1, 2, 3]) {
    const { w, faults } = testVgpu();
    const low = (GOOD & ~0x18) | (addressing << 3);
    for (const dword of [0, 0, 7, low]) w(ELSP, dword);
    const refused = faults.some(({ check }) => check === 'elsp-invalid');
    assert.equal(refused, addressing % 2 === 0, `${addressing}`);
  }
});

test('gvt-facts §6.3: an odd number of dwords loses step with the port until it has been made up for', () => {
  const { vgpu, w, faults } = testVgpu();
  let submissions = 0;
  vgpu.setListener({ submission: () => submissions++, fault: (each) => faults.push(each) });
  for (const dword of [0, 0, 0, 7, GOOD]) w(ELSP, dword);
  assert.equal(submissions, 0);
  assert.equal(faults.at(-1)?.check, 'elsp-invalid', 'what should be its low half is 7');
  for (const dword of [0, 7, GOOD]) w(ELSP, dword);
  // GOOD, 0, 7, GOOD: element 1 has a high half without a valid bit.
  assert.equal(submissions, 0);
  for (const dword of [0, 0, 7, GOOD]) w(ELSP, dword);
  assert.equal(submissions, 1);
});

test('gvt-facts §6.3: the first ELSP write clears the D3 flag', () => {
  const { vgpu, w } = testVgpu();
  vgpu.write('config', 0xd4, 2, 3, 0);
  assert.equal(vgpu.core.state.config.d3Entered, true);
  w(ELSP, 0);
  assert.equal(vgpu.core.state.config.d3Entered, false);
});
