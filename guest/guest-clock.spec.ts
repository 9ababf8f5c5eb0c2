import assert from 'node:assert/strict';
import { test } from 'node:test';
import { GuestClock } from './guest-clock.ts';

function clockWithCounter() {
  const processor = { counter: 0 };
  return { processor, clock: new GuestClock(() => processor.counter) };
}

test('an instruction takes ten nanoseconds, and idle time passes at once', () => {
  const { processor, clock } = clockWithCounter();
  processor.counter = 7;
  assert.equal(clock.now, 70);
  clock.skipTo(1000.5);
  assert.equal(clock.now, 1001);
  clock.skipTo(500);
  assert.equal(clock.now, 1001, 'never back');
});

test('the counter of 32 bits may run over', () => {
  const { processor, clock } = clockWithCounter();
  processor.counter = 0xfffffff0;
  assert.equal(clock.now, 0xfffffff0 * 10);
  processor.counter = 0x10;
  assert.equal(clock.now, (2 ** 32 + 0x10) * 10);
});

test('a restored clock goes on from where it was saved, whatever the counter says', () => {
  const { processor, clock } = clockWithCounter();
  processor.counter = 100;
  clock.skipTo(5000);
  const saved = clock.save();
  const later = clockWithCounter();
  later.processor.counter = 77;
  later.clock.restore(saved);
  assert.equal(later.clock.now, 5000);
  later.processor.counter = 78;
  assert.equal(later.clock.now, 5010);
  assert.equal(processor.counter, 100);
});
