import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parseHitCondition } from './hit-condition.ts';

function hits(text: string): readonly number[] {
  const condition = parseHitCondition(text);
  assert.ok(condition.ok);
  return [1, 2, 3, 4, 5, 6].filter((hit) => condition.matches(hit));
}

test('a hit condition names one hit, the hits around it, or every so many', () => {
  assert.deepEqual(hits('3'), [3]);
  assert.deepEqual(hits('== 3'), [3]);
  assert.deepEqual(hits('!=3'), [1, 2, 4, 5, 6]);
  assert.deepEqual(hits('>= 5'), [5, 6]);
  assert.deepEqual(hits('>5'), [6]);
  assert.deepEqual(hits('<3'), [1, 2]);
  assert.deepEqual(hits('<= 0x2'), [1, 2]);
  assert.deepEqual(hits('% 2'), [2, 4, 6]);
});

test('what is no hit condition is refused with what could be written', () => {
  for (const text of ['', 'five', '>= ', '5 5', '-1', '% 0']) {
    const condition = parseHitCondition(text);
    assert.ok(!condition.ok, text);
    assert.match(condition.message, /write/);
  }
});
