import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Schedule } from './schedule.ts';

const soon = () => Promise.resolve();

test('work waits for the work before it, whether that failed or not', async () => {
  const schedule = new Schedule(soon);
  const order: string[] = [];
  const first = schedule.work(async () => {
    await soon();
    order.push('first');
    throw new Error('wrong');
  });
  const second = schedule.work(async () => order.push('second'));
  await assert.rejects(first, /wrong/);
  await second;
  assert.deepEqual(order, ['first', 'second']);
});

test('visitors come in between slices, and those who are left when work ends', async () => {
  const schedule = new Schedule(soon);
  const order: string[] = [];
  const visits: Promise<unknown>[] = [];
  const call = (name: string) => visits.push(schedule.visit(() => order.push(name)));
  await schedule.work(async () => {
    call('between');
    order.push('slice');
    await schedule.betweenSlices();
    order.push('slice');
    call('after');
  });
  await Promise.all(visits);
  assert.deepEqual(order, ['slice', 'between', 'slice', 'after']);
});

test('a visit that fails tells its visitor only', async () => {
  const schedule = new Schedule(soon);
  let refused: Promise<unknown> | undefined;
  const done = await schedule.work(async () => {
    refused = assert.rejects(
      schedule.visit(() => {
        throw new Error('no');
      }),
      /no/,
    );
    await schedule.betweenSlices();
    return 'done';
  });
  assert.equal(done, 'done');
  await refused;
});
