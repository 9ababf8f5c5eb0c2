import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import { test } from 'node:test';
import { EXPLAINED_RULES, VOLATILE_REGISTERS } from '../../timeline/index.ts';
import { comparisonTables } from './comparison-tables.ts';
import { withTables } from './markdown.ts';

const DOCUMENT = new URL('../../docs/comparison.md', import.meta.url);

test('docs/comparison.md shows the tables that the program has (UPDATE_DOCS=1 writes them)', () => {
  const text = readFileSync(DOCUMENT, 'utf8');
  const expected = withTables('docs/comparison.md', text, comparisonTables());
  if (process.env['UPDATE_DOCS'] === '1') writeFileSync(DOCUMENT, expected);
  else assert.equal(text, expected);
});

test('at most 20 registers are volatile, each once', () => {
  const offsets = VOLATILE_REGISTERS.map(({ offset }) => offset);
  assert.ok(offsets.length <= 20);
  assert.equal(new Set(offsets).size, offsets.length);
});

test('every rule names a section of the facts, and no two have the same name', () => {
  for (const { id, source, fact } of EXPLAINED_RULES) {
    assert.match(source, /^gvt-facts §\d/, id);
    assert.ok(fact.length > 20, id);
  }
  assert.equal(new Set(EXPLAINED_RULES.map(({ id }) => id)).size, EXPLAINED_RULES.length);
});
