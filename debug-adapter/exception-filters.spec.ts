import assert from 'node:assert/strict';
import { test } from 'node:test';
import { CHECKS } from '../emulator/index.ts';
import { checksOf, exceptionFilters, FILTER_GROUPS } from './exception-filters.ts';

const IN_GROUPS = CHECKS.filter(({ group }) => group !== 'model');

test('each check has a filter of its own and, but for limits, stands in exactly one group', () => {
  const filters = exceptionFilters('each').map(({ filter }) => filter);
  assert.deepEqual(
    filters.slice(1),
    CHECKS.map(({ id }) => id),
  );
  const grouped = FILTER_GROUPS.flatMap(({ filter }) => checksOf(filter, true));
  assert.deepEqual(grouped.sort(), IN_GROUPS.map(({ id }) => id).sort());
});

test('a group without a condition stands for what correct guests do not do', () => {
  const ids = FILTER_GROUPS.flatMap(({ filter }) => checksOf(filter));
  const on = IN_GROUPS.filter((row) => row.on).map(({ id }) => id);
  assert.deepEqual(ids.sort(), on.sort());
});

test('groups are few enough for a list above the user’s own breakpoints', () => {
  const filters = exceptionFilters('groups');
  assert.ok(filters.length <= 5);
  assert.ok(filters.every(({ label }) => label.length <= 28));
});

test('an unknown filter stands for itself', () => {
  assert.deepEqual(checksOf('no-such'), ['no-such']);
});
