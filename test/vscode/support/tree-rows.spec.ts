import assert from 'node:assert/strict';
import { it } from 'node:test';
import { rowAt, type TreeRow } from './tree-rows.ts';

const rows: readonly TreeRow[] = [
  { index: 4, level: 2, text: 'BCS0' },
  { index: 5, level: 3, text: 'RING_TAIL =0x00000040' },
  { index: 0, level: 1, text: 'Engines' },
  { index: 1, level: 2, text: 'RCS0' },
  { index: 2, level: 3, text: 'RING_TAIL =0x00000000' },
  { index: 3, level: 3, text: 'RING_HEAD =0x00000000' },
];

it('a row is found below the rows of its path, in the order of the tree', () => {
  assert.equal(rowAt(rows, ['Engines', /^RCS0/, /^RING_TAIL =/])?.index, 2);
  assert.equal(rowAt(rows, ['Engines', /^BCS0/, /^RING_TAIL =/])?.index, 5);
  assert.equal(rowAt(rows, ['Engines'])?.index, 0);
});

it('rows of the same name at another place are not taken for it', () => {
  assert.equal(rowAt(rows, ['Registers', /^RCS0/, /^RING_TAIL =/]), undefined);
  assert.equal(rowAt(rows, ['Engines', /^BCS0/, /^RING_HEAD =/]), undefined);
  assert.equal(rowAt(rows, [/^RING_TAIL =/]), undefined);
});

it('rows of the path that have been scrolled out of sight are taken on trust', () => {
  const below = rows.filter(({ index }) => index > 2 && index < 4);
  assert.equal(rowAt(below, ['Engines', /^RCS0/, /^RING_HEAD =/])?.index, 3);
});
