import assert from 'node:assert/strict';
import { test } from 'node:test';
import { unknownAttributes } from './unknown-attributes.ts';

test('a configuration for something else is told of in a few sentences, however large it is', () => {
  const given = Object.fromEntries(
    Array.from({ length: 100_000 }, (_, index) => [`${'x'.repeat(200)}${index}`, index]),
  );
  const told = unknownAttributes({ trace: 'a', ...given });
  assert.equal(told.length, 10);
  assert.ok(told.every((each) => each.length < 200));
});

test('what is no list of traces, and what is no entry, is nothing to look into', () => {
  for (const traces of ['a', 5, {}, [null], [5], [['a']]]) {
    const told = unknownAttributes({ traces });
    assert.ok(told.length <= 1, JSON.stringify(traces));
  }
});
