import assert from 'node:assert/strict';
import { test } from 'node:test';
import { EngineGuest, SCRATCH } from '../testing/engine-guest.ts';

const IMAGE = 0x1000;
const GPR0 = 0x2600;
/** MI_LOAD_REGISTER_IMM of R0, MI_STORE_REGISTER_MEM of R0. */
const LOAD = (value: number) => [0x11000001, GPR0, value];
const STORE = (at: number) => [0x12400002, GPR0, SCRATCH + at, 0];
/** Where R0's value stands in the test guest's images, found by its register. */
function valueOfR0(guest: EngineGuest, lrca: number): number | undefined {
  for (let at = lrca + IMAGE; at < lrca + IMAGE + 0x200; at += 4) {
    if (guest.dword(at) === GPR0) return guest.dword(at + 4);
  }
  return undefined;
}

test('§6.7: with restore inhibit the ring and the page directories are loaded, engine state is not', () => {
  const guest = new EngineGuest();
  guest.run(guest.context(), STORE(0));
  assert.equal(guest.dword(SCRATCH), 0, 'R0 was not loaded');
  assert.equal(guest.ring(0x270), 0x40000000, 'the page directory was');
});

test('§6.7: engine state is saved, and loaded with the context the next time', () => {
  const guest = new EngineGuest();
  const [mine, other] = [guest.context(), guest.context()];
  guest.run(mine, LOAD(77));
  assert.equal(valueOfR0(guest, mine.lrca), 77);
  guest.run(other, LOAD(88));
  guest.run(mine, STORE(0));
  assert.equal(guest.dword(SCRATCH), 77);
});

test('gvt-facts §6.7: of an image whose lists are not known GVT-g’s own fields are loaded, from where they always are', () => {
  const guest = new EngineGuest({ policy: 'gvt-g' });
  const [lrca, ring] = [guest.hidden + 0x300000, guest.hidden + 0x303000];
  for (const page of [lrca, lrca + IMAGE, ring]) guest.map(page);
  guest.show(ring, [0, 0]);
  const fields: readonly (readonly [at: number, register: number, value: number])[] = [
    [0x14, 0x34, 0],
    [0x1c, 0x30, 8],
    [0x24, 0x38, ring],
    [0x2c, 0x3c, 1],
    ...[0x28c, 0x288, 0x284, 0x280, 0x27c, 0x278, 0x274, 0x270].map(
      (register, n) => [0x94 + n * 8, register, 0x5000 + n] as const,
    ),
  ];
  for (const [at, , value] of fields) guest.show(lrca + IMAGE + at, [value]);
  guest.submit({ lrca, ring, id: 9, tail: 8 });
  guest.vgpu.stepWork();
  for (const [at, register, value] of fields) {
    assert.equal(guest.ring(register), value, at.toString(16));
  }
});

test('the saved image has the ring’s head, all mask bits of masked registers, and no restore inhibit', () => {
  const guest = new EngineGuest();
  const context = guest.context();
  guest.run(context, LOAD(1));
  assert.equal(guest.dword(context.lrca + IMAGE + 0x14), context.tail);
  assert.equal(guest.dword(context.lrca + IMAGE + 0x0c), 0xffff0008);
});

test('a tail that the driver has put into the image meanwhile is not overwritten', () => {
  const guest = new EngineGuest();
  const context = guest.context();
  guest.emit(context, LOAD(1));
  guest.submit(context);
  guest.emit(context, LOAD(2));
  guest.vgpu.runWork();
  assert.equal(guest.dword(context.lrca + IMAGE + 0x1c), context.tail);
});

test('the context timestamp counts the time for which the context held the engine', () => {
  const guest = new EngineGuest();
  const context = guest.context();
  guest.run(context, [0x0e40c002, 1, SCRATCH + 0x800, 0]);
  guest.advanceTo(3e6);
  guest.show(SCRATCH + 0x800, [1]);
  guest.advanceTo(4e6);
  // 4 ms at 12 MHz.
  assert.equal(guest.ring(0x3a8), 48_000);
});

test('an image that nobody has shown stops the engine, by name', () => {
  const guest = new EngineGuest();
  const context = { ...guest.context(), lrca: SCRATCH + 0x100000 };
  guest.map(context.lrca + IMAGE);
  guest.submit(context);
  guest.vgpu.runWork();
  assert.equal(guest.vgpu.lacksMemory, true);
  assert.ok(guest.faults.some(({ check }) => check === 'memory-unknown'));
});

test('an indirect context is executed before the ring, for as many cache lines as it says', () => {
  const guest = new EngineGuest();
  const lines = 1;
  const context = guest.context([[0x1c4, (SCRATCH + 0x400) | lines]]);
  guest.show(SCRATCH + 0x400, [...LOAD(5), ...new Array(13).fill(0), ...LOAD(6)]);
  guest.run(context, STORE(0));
  assert.equal(guest.dword(SCRATCH), 5, 'what stands behind the line is not executed');
  assert.equal(guest.commands[0]?.level, 'indirect context');
});

test('a per-context batch runs until its end, and before the ring', () => {
  const guest = new EngineGuest();
  const page = SCRATCH;
  const context = guest.context([[0x1c0, page | 1]]);
  guest.show(page, [...LOAD(9), 0x05000000]);
  guest.run(context, STORE(0x100));
  assert.equal(guest.dword(SCRATCH + 0x100), 9);
});

test('of an image that only shows where the ring is, GVT-g takes what it reads from its place; hardware stalls', () => {
  for (const [policy, executed] of [
    ['gvt-g', 1],
    ['hardware', 0],
  ] as const) {
    const guest = new EngineGuest({ policy });
    const lrca = guest.hidden + 0x100000;
    const ring = lrca + 0x10000;
    for (const page of [lrca, lrca + IMAGE, ring]) guest.map(page);
    guest.show(ring + 8, [...LOAD(77), 0]);
    const fields: readonly (readonly [number, number])[] = [
      [0x14, 8],
      [0x1c, 24],
      [0x24, ring],
    ];
    for (const [at, value] of fields) guest.show(lrca + IMAGE + at, [value]);
    guest.submit({ lrca, ring, id: 1, tail: 24 });
    guest.vgpu.runWork();
    const loads = guest.commands.filter(({ name }) => name === 'MI_LOAD_REGISTER_IMM').length;
    assert.equal(loads, executed, policy);
    assert.equal(guest.vgpu.lacksMemory, executed === 0);
    if (executed === 1) assert.equal(guest.dword(lrca + IMAGE + 0x14), 24, 'the head is saved');
  }
});
