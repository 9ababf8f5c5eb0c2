import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import { test } from 'node:test';
import { deviceTables } from './device-tables.ts';
import { markersOf, withTables } from './markdown.ts';

const DOCUMENT = new URL('../../docs/device.md', import.meta.url);

test('docs/device.md shows what the device has (UPDATE_DOCS=1 writes it)', () => {
  const text = readFileSync(DOCUMENT, 'utf8');
  const expected = withTables('docs/device.md', text, deviceTables());
  if (process.env['UPDATE_DOCS'] === '1') writeFileSync(DOCUMENT, expected);
  else assert.equal(text, expected);
});

test('docs/device.md has a place for each table, and a table for each place', () => {
  const markers = markersOf(readFileSync(DOCUMENT, 'utf8'));
  assert.deepEqual([...markers].sort(), Object.keys(deviceTables()).sort());
});
