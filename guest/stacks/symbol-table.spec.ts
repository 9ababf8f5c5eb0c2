import assert from 'node:assert/strict';
import { test } from 'node:test';
import { SymbolTable } from './symbol-table.ts';

const table = new SymbolTable([
  'c1000200 T second',
  'c1000100 t first',
  'c1000180 d data',
  'c1000200 T alias',
  'f8a00000 t probe\t[i915]',
  'not a symbol',
]);

test('an address belongs to the function that starts at or before it', () => {
  assert.equal(table.nameOf(0xc1000100), 'first');
  assert.equal(table.nameOf(0xc10001ff), 'first');
  assert.equal(table.nameOf(0xc1000200), 'second');
  assert.equal(table.nameOf(0xf8a00123), 'probe');
});

test('before all functions, and far behind one, there is none', () => {
  assert.equal(table.nameOf(0xc10000ff), undefined);
  assert.equal(table.nameOf(0xd0000000), undefined);
  assert.equal(new SymbolTable([]).nameOf(0xc1000000), undefined);
});
