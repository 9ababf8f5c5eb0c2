import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { EngineGuest, SCRATCH, USER_BATCH } from '../testing/engine-guest.ts';

const at = (offset: number) => [(USER_BATCH % 2 ** 32) + offset, Math.floor(USER_BATCH / 2 ** 32)];
const START = 0x18800101;
const SECOND_LEVEL = START | (1 << 22);
const END = 0x05000000;
const GPR = 0x2600;

/** Commands whose effects add up, so that one that is lost or repeated shows in memory. */
const command = fc.oneof(
  fc.constant([0x17c00501, SCRATCH, 0]), // MI_ATOMIC increment
  fc.nat(15).map((n) => [0x10400002, SCRATCH + 0x40 + n * 4, 0, n]),
  fc.nat(0xffff).map((value) => [0x11000001, GPR, value]),
  fc.constant([0x12400002, GPR, SCRATCH + 0x20, 0]),
  fc.constant([0x7a000004, 0x01104100, SCRATCH + 0x30, 0, 5, 6]),
  fc.constant([0x01000000]),
  fc.constant([SECOND_LEVEL, ...at(0x800)]),
);
type Program = readonly (readonly number[])[];
const program = fc.array(command, { minLength: 1, maxLength: 12 });

/** Two contexts, the second behind the first, with batches and a second level; the first waits for a semaphore. */
function prepared(ring: Program, batch: Program, inner: Program): EngineGuest {
  const guest = new EngineGuest({ pace: { burst: 20, perMillisecond: 7 } });
  guest.userBatch([...batch.flat(), END]);
  const plain = inner.filter(([header]) => header !== SECOND_LEVEL);
  guest.userBatch([...plain.flat(), END], 0x800);
  const inRing = ring.filter(([header]) => header !== SECOND_LEVEL);
  const [first, second] = [guest.context(), guest.context()];
  const wait = [0x0e40c002, 1, SCRATCH + 0x80, 0];
  guest.emit(first, [...inRing.flat(), START, ...at(0), ...wait, ...inRing.flat()]);
  guest.emit(second, [START, ...at(0)]);
  guest.submit(first, second);
  return guest;
}

/** One event after the other, with milliseconds where there is nothing to do, until all is done; the semaphore comes late. */
function play(guest: EngineGuest, from: number, until: number): number {
  const { vgpu } = guest;
  let step = from;
  for (; step < until; step++) {
    if (vgpu.hasWork) vgpu.stepWork();
    else if (vgpu.nextAlarm !== undefined) vgpu.advanceTo(vgpu.nextAlarm);
    else break;
    if (step === 60) guest.show(SCRATCH + 0x80, [1]);
  }
  return step;
}

test('work that is saved in the middle is neither lost nor repeated, over 200 points', () => {
  fc.assert(
    fc.property(program, program, program, fc.nat(150), (ring, batch, inner, point) => {
      const whole = prepared(ring, batch, inner);
      const end = play(whole, 0, 1000);
      const hash = whole.vgpu.hash();
      const guest = prepared(ring, batch, inner);
      const stopped = play(guest, 0, Math.min(point, end));
      const snapshot = guest.vgpu.save();
      const saved = guest.vgpu.hash();
      play(guest, stopped, 1000);
      assert.equal(guest.vgpu.hash(), hash, 'as if nobody had saved');
      guest.vgpu.restore(snapshot);
      assert.equal(guest.vgpu.hash(), saved);
      play(guest, stopped, 1000);
      assert.equal(guest.vgpu.hash(), hash, 'restored, and run on');
      const fresh = prepared([[0]], [[0]], [[0]]);
      fresh.vgpu.restore(snapshot);
      play(fresh, stopped, 1000);
      assert.equal(fresh.vgpu.hash(), hash, 'on another device');
    }),
    { numRuns: 200 },
  );
});

test('state of engines is in the hash, leaf by leaf', () => {
  const guest = prepared([[0]], [[0x17c00501, SCRATCH, 0]], [[0]]);
  guest.vgpu.stepWork();
  guest.vgpu.stepWork();
  const before = guest.vgpu.hash();
  const [engine] = guest.vgpu.core.state.engines.each;
  assert.ok(engine);
  engine.budget--;
  assert.notEqual(guest.vgpu.hash(), before);
  engine.budget++;
  engine.loop.rounds++;
  assert.notEqual(guest.vgpu.hash(), before);
  engine.loop.rounds--;
  assert.equal(guest.vgpu.hash(), before);
});
