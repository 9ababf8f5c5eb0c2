import assert from 'node:assert/strict';
import { test } from 'node:test';
import { LATEST, lostInterrupts } from './late-interrupts.ts';

const KEY = 'fee00000 data 26 after bit 8 of Render AS';
const msi = (access: number) => ({ name: 'inject_msi', key: KEY, access, line: 1 }) as const;
const theirs = (access: number) => ({ recorded: msi(access), made: undefined });
const ours = (access: number) => ({ recorded: undefined, made: msi(access) });

test('gvt-facts §11: an MSI that comes later is none that is lost', () => {
  assert.deepEqual(lostInterrupts([theirs(100), ours(90)], [msi(100)]), []);
});

test('gvt-facts §11: an MSI that the model never sends is lost, however many rules could explain it', () => {
  assert.deepEqual(lostInterrupts([theirs(100)], [msi(100)]), [theirs(100)]);
  const far = [theirs(100), ours(101 + LATEST)];
  assert.deepEqual(lostInterrupts(far, [msi(100)]), far);
});

test('gvt-facts §11: one of the model’s stands for one of GVT-g’s, not for two', () => {
  const lone = [theirs(100), theirs(101), ours(90)];
  assert.deepEqual(lostInterrupts(lone, [msi(100), msi(101)]), [theirs(101)]);
});

test('gvt-facts §7.3: one that the model sends in addition has merged with another, or is wrong', () => {
  assert.deepEqual(lostInterrupts([ours(90)], [msi(100)]), []);
  assert.deepEqual(lostInterrupts([ours(90)], [msi(91 + LATEST)]), [ours(90)]);
});
