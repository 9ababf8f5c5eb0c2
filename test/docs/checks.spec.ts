import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import { test } from 'node:test';
import { checkTables } from './check-tables.ts';
import { withTables } from './markdown.ts';

const DOCUMENT = new URL('../../docs/checks.md', import.meta.url);

test('docs/checks.md shows the tables that the program has (UPDATE_DOCS=1 writes them)', () => {
  const text = readFileSync(DOCUMENT, 'utf8');
  const expected = withTables('docs/checks.md', text, checkTables());
  if (process.env['UPDATE_DOCS'] === '1') writeFileSync(DOCUMENT, expected);
  else assert.equal(text, expected);
});
