import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { SnapshotRegister } from '../../trace/index.ts';
import { DUMP_EXPLANATIONS } from './dump-explanations.ts';
import { scoreDump } from './dump-score.ts';

function device(registers: Readonly<Record<number, number>>, lacksMemory = false) {
  return {
    lacksMemory,
    peek: (_space: string, at: number) => ({ low: registers[at] ?? 0, high: 0, known: true }),
  };
}

function register(offset: number | undefined, low: number, high = 0): SnapshotRegister {
  const size = high === 0 ? 4 : 8;
  return { name: 'R', offset, size, value: { low, high }, line: 1 };
}

test('equal, different, and of unknown place', () => {
  const rows = [register(0x2098, 1), register(0x209c, 2), register(undefined, 3)];
  const score = scoreDump(rows, device({ 8344: 1, 8348: 1 }), true);
  assert.deepEqual([score.compared, score.equal, score.explained, score.different], [2, 1, 0, 1]);
  assert.deepEqual([score.rows[0]?.offset, score.rows[0]?.got], [0x209c, 1]);
});

test('both halves of 8 bytes count', () => {
  const rows = [register(0x2600, 1, 2)];
  assert.equal(scoreDump(rows, device({ 9728: 1, 9732: 2 }), false).equal, 1);
  assert.equal(scoreDump(rows, device({ 9728: 1, 9732: 3 }), false).different, 1);
});

test('what is explained is so for GVT-g alone, and for its bits', () => {
  const chicken = (low: number, gvtG = true) =>
    scoreDump([register(0x7300, 0x80308030)], device({ 29440: low }), gvtG).explained;
  assert.equal(chicken(0x8030), 1);
  assert.equal(chicken(0x8031), 0);
  assert.equal(chicken(0x8030, false), 0);
});

test('work that was not done for lack of memory explains what it would have changed', () => {
  const tail = [register(0x2030, 0xd8)];
  assert.equal(scoreDump(tail, device({}, true), false).explained, 1);
  assert.equal(scoreDump(tail, device({}), false).explained, 0);
});

test('each explanation has a reason and a source, once', () => {
  for (const { reason, source } of DUMP_EXPLANATIONS) {
    assert.ok(reason.length > 40);
    assert.match(source, /^gvt-facts §\d/);
  }
  const offsets = DUMP_EXPLANATIONS.map(({ offset }) => offset);
  assert.equal(new Set(offsets).size, offsets.length);
});
