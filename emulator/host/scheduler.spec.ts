import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  BALANCE_PERIOD,
  chooseNext,
  idleScheduler,
  PRIORITY_TIME,
  type SchedulerState,
  startScheduling,
  stopScheduling,
  TICK,
  tick,
  trySwitch,
} from './scheduler.ts';

const MS = 1e6;

/** Runs the timer from `from` for `ms` milliseconds, with nothing ever in flight. */
function run(s: SchedulerState, from: number, ms: number, busy: (id: number) => boolean): number {
  let now = from;
  for (let step = 0; step < ms; step++) {
    now = s.tickAt;
    tick(s, now, busy);
    trySwitch(s, now, false);
  }
  return now;
}

function used(s: SchedulerState, id: number): number {
  return s.queue.find((entry) => entry.id === id)?.used ?? 0;
}

test('§11: a 1 ms timer, 100 ms shared by weight, priority of 2 s', () => {
  assert.equal(TICK, MS);
  assert.equal(BALANCE_PERIOD, 100 * MS);
  assert.equal(PRIORITY_TIME, 2000 * MS);
});

test('§11: slice = 100 ms / sum of weights × own weight', () => {
  const s = idleScheduler();
  startScheduling(s, 1, 2, 0);
  startScheduling(s, 2, 8, 0);
  run(s, 0, 1, () => false);
  assert.deepEqual(
    s.queue.map(({ id, allocated }) => [id, allocated / MS]),
    [
      [2, 80],
      [1, 20],
    ],
  );
});

test('§11: two that always have work get time by their weights', () => {
  const s = idleScheduler();
  startScheduling(s, 1, 4, 0);
  startScheduling(s, 2, 16, 0);
  const now = run(s, 0, 2100, () => true);
  const before = [used(s, 1), used(s, 2)];
  run(s, now, 10_000, () => true);
  const [one = 0, two = 0] = [used(s, 1) - (before[0] ?? 0), used(s, 2) - (before[1] ?? 0)];
  assert.ok(Math.abs(two / one - 4) < 0.2, `${two / one}`);
});

test('§11: who has no work gives its time away within its slice', () => {
  const s = idleScheduler();
  startScheduling(s, 1, 4, 0);
  startScheduling(s, 2, 4, 0);
  run(s, 0, 5000, (id) => id === 1);
  assert.equal(used(s, 2), 0);
  assert.ok(used(s, 1) >= 4.9e9 / 2, 'its own half, and its priority');
});

test('§11: a new vGPU goes before the others for 2 s, even without slice', () => {
  const s = idleScheduler();
  startScheduling(s, 1, 16, 0);
  const now = run(s, 0, 3000, () => true);
  startScheduling(s, 2, 2, now);
  const later = run(s, now, 1900, () => true);
  assert.ok(used(s, 2) > 1890 * MS);
  run(s, later, 1000, () => true);
  assert.ok(used(s, 2) < 2100 * MS);
});

test('§11: every tenth balance forgets debts', () => {
  const s = idleScheduler();
  startScheduling(s, 1, 4, 0);
  startScheduling(s, 2, 4, 0);
  run(s, 0, 1, () => false);
  const [, entry] = s.queue;
  assert.ok(entry);
  entry.left = -1000 * MS;
  run(s, MS, 950, () => false);
  assert.ok(entry.left < 0);
  run(s, 951 * MS, 100, () => false);
  assert.equal(entry.left, 50 * MS);
});

test('§11: owners change only when nothing is in flight', () => {
  const s = idleScheduler();
  startScheduling(s, 1, 4, 0);
  chooseNext(s, 0, () => true);
  assert.equal(trySwitch(s, 0, true), false);
  assert.equal(s.current, 0);
  assert.equal(trySwitch(s, 0, false), true);
  assert.equal(s.current, 1);
});

test('§12.4: the timer stops with the last vGPU', () => {
  const s = idleScheduler();
  startScheduling(s, 1, 4, 0);
  startScheduling(s, 2, 4, 0);
  stopScheduling(s, 1, 5);
  assert.ok(s.tickAt > 0);
  stopScheduling(s, 2, 5);
  assert.equal(s.tickAt, -1);
});
