import assert from 'node:assert/strict';
import { test } from 'node:test';
import { isArray } from './field-row.ts';
import { parseGroup, parseValues } from './parse-row.ts';

const noValues = () => undefined;

test('a row of a command tells its opcode, length and engines', () => {
  const row = parseGroup('iA NAME|7a00,ffff,2,6,rv|On@32b|Where@66-111a', noValues);
  assert.equal(row.name, 'A NAME');
  assert.deepEqual([row.opcode, row.mask, row.bias, row.length], [0x7a00, 0xffff, 2, 6]);
  assert.equal(row.engines, 'rv');
  const [on, where] = row.members;
  assert.deepEqual(on && !isArray(on) && [on.name, on.start, on.end, on.type], [
    'On',
    32,
    32,
    'bool',
  ]);
  assert.deepEqual(where && !isArray(where) && [where.start, where.end, where.type], [
    66,
    111,
    'address',
  ]);
});

test('values count on from the last one told', () => {
  assert.deepEqual(
    [...parseValues('A;B;5=C;D')],
    [
      [0, 'A'],
      [1, 'B'],
      [5, 'C'],
      [6, 'D'],
    ],
  );
});

test('arrays hold fields and other arrays', () => {
  const row = parseGroup('sS|2|>4,0,16|>2,8,4|Inner@0-3|<|Outer@0-7|<|Last@63b', noValues);
  const [array, last] = row.members;
  assert.ok(array && isArray(array) && last && !isArray(last));
  assert.deepEqual([array.count, array.start, array.size, array.members.length], [4, 0, 16, 2]);
  const inner = array.members[1];
  assert.ok(inner && isArray(inner) && inner.count === 2);
  assert.equal(last.name, 'Last');
});

test('fixed-point types tell their digits, and named types are structures or lists of values', () => {
  const values = new Map([[1, 'ONE']]);
  const row = parseGroup('rR|1,20c0|A@0-7S4.3|B@8-9%List|C@10-12%Struct', (name) =>
    name === 'List' ? values : undefined,
  );
  const [a, b, c] = row.members;
  assert.ok(a && !isArray(a) && b && !isArray(b) && c && !isArray(c));
  assert.deepEqual([a.type, a.fraction, a.isSigned], ['fixed', 3, true]);
  assert.deepEqual([b.type, b.values], ['uint', values]);
  assert.deepEqual([c.type, c.struct], ['struct', 'Struct']);
  assert.equal(row.offset, 0x20c0);
});

test('a part that is no field is a wrong table', () => {
  assert.throws(() => parseGroup('sS|1|Nonsense', noValues), /"Nonsense" describes no field/);
});
