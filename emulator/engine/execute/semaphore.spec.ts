import assert from 'node:assert/strict';
import { test } from 'node:test';
import { EngineGuest, SCRATCH } from '../../testing/engine-guest.ts';

const wait = (compare: number, data: number) => [
  0x0e408002 | (compare << 12),
  data,
  SCRATCH + 0x40,
  0,
];
const store = [0x10400002, SCRATCH, 0, 1];

const comparisons: readonly (readonly [string, number, readonly boolean[]])[] = [
  ['greater', 0, [false, false, true]],
  ['greater or equal', 1, [false, true, true]],
  ['less', 2, [true, false, false]],
  ['less or equal', 3, [true, true, false]],
  ['equal', 4, [false, true, false]],
  ['not equal', 5, [true, false, true]],
];

for (const [name, code, expected] of comparisons) {
  test(`gvt-facts §10.3: MI_SEMAPHORE_WAIT: memory ${name}`, () => {
    const passes = [4, 5, 6].map((memory) => {
      const guest = new EngineGuest();
      guest.show(SCRATCH + 0x40, [memory]);
      guest.run(guest.context(), [...wait(code, 5), ...store]);
      return guest.dword(SCRATCH) === 1;
    });
    assert.deepEqual(passes, expected);
  });
}

test('an engine that waits looks again with each millisecond, and the others are not held up', () => {
  const guest = new EngineGuest();
  guest.run(guest.context(), [...wait(4, 1), ...store]);
  assert.equal(guest.dword(SCRATCH), 0);
  guest.advanceTo(10e6);
  assert.equal(guest.dword(SCRATCH), 0);
  assert.ok(guest.commands.length < 40, 'it does not spin');
  guest.show(SCRATCH + 0x40, [1]);
  guest.advanceTo(11e6);
  assert.equal(guest.dword(SCRATCH), 1);
});

test('one engine lets another go on, within the same moment', () => {
  const guest = new EngineGuest();
  guest.run(guest.context(), [...wait(4, 1), ...store]);
  // BCS0's ring in legacy mode: it needs nothing but registers.
  const ring = SCRATCH + 0x800;
  guest.show(ring, [0x10400002, SCRATCH + 0x40, 0, 1]);
  guest.w(0x22038, ring - 0x800);
  guest.w(0x2203c, 1);
  guest.w(0x22034, 0x800);
  guest.w(0x22030, 0x810);
  guest.vgpu.runWork();
  assert.equal(guest.dword(SCRATCH), 1);
});
