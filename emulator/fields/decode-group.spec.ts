import assert from 'node:assert/strict';
import { test } from 'node:test';
import { decodeGroup } from './decode-group.ts';
import { FieldCatalog } from './field-catalog.ts';
import { commandLength } from './group-plan.ts';
import { addressOf, numberOf, numberText, valueText } from './value-text.ts';

const TABLE = `
89eColour|RED;GREEN
89sPAIR|2|First@0-7|Second@32-63f
8iOLD|1100,ff80,2,3,|DWord Length@0-7|Where@34-54o
9iNEW|1100,ff80,2,3,|DWord Length@0-7|Colour@8-9%Colour|Wide@32-95|Canonical@102-159a|>0,160,32|Item@4-7|<
9iPAIRS|1180,ff80,2,,|DWord Length@0-7|>2,32,64|Pair@0-63%PAIR|<
9iNUMBERS|1200,ff80,1,2,|Signed@0-7i|Fixed@8-15S3.4|Half@16-20U1.4
`;
const catalog = new FieldCatalog(9, TABLE);

function texts(words: readonly number[]): string[] {
  const plan = catalog.instruction(words[0] ?? 0);
  assert.ok(plan);
  return decodeGroup(plan, words).map((value) => `${value.name}: ${valueText(value)}`);
}

test('each generation has its own rows', () => {
  assert.equal(catalog.instruction(0x11000000)?.row.name, 'NEW');
  assert.equal(new FieldCatalog(8, TABLE).instruction(0x11000000)?.row.name, 'OLD');
  assert.equal(catalog.instruction(0x12800000), undefined);
});

test('fields over several dwords, addresses in place and names of values', () => {
  assert.deepEqual(texts([0x11000105, 0xffffffff, 0x1, 0xfffff0ff, 0xffff7fff, 0x50, 0x60]), [
    'DWord Length: 5',
    'Colour: 1 (GREEN)',
    'Wide: 8589934591',
    'Canonical: 0xffff7ffffffff0c0',
    'Item[0]: 5',
    'Item[1]: 6',
  ]);
});

test('an address counts 48 bits', () => {
  const plan = catalog.instruction(0x11000000);
  const values = plan === undefined ? [] : decodeGroup(plan, [0x11000001, 0, 0, 0xff, 0xffff8000]);
  const address = values.find(({ name }) => name === 'Canonical');
  assert.equal(address && addressOf(address), 0x8000_000000c0);
});

test('structures have fields of their own, arrays their places', () => {
  const plan = catalog.instruction(0x11800003);
  assert.ok(plan);
  assert.equal(commandLength(plan, 0x11800003), 5);
  const values = decodeGroup(plan, [0x11800003, 7, 0x3f800000, 8, 0xbf000000]);
  const pairs = values.filter(({ fields }) => fields.length > 0);
  assert.deepEqual(
    pairs.map(({ name, fields }) => [name, ...fields.map(valueText)]),
    [
      ['Pair[0]', '7', '1'],
      ['Pair[1]', '8', '-0.5'],
    ],
  );
  assert.deepEqual(
    pairs.flatMap(({ fields }) => fields.map(({ bit }) => bit)),
    [32, 64, 96, 128],
  );
});

test('what is cut off has no fields behind its end', () => {
  assert.deepEqual(texts([0x11000005]), ['DWord Length: 5', 'Colour: 0 (RED)']);
});

test('signed and fixed-point numbers', () => {
  const plan = catalog.instruction(0x12000000);
  const values =
    plan === undefined ? [] : decodeGroup(plan, [0x120000fe | (0xf8 << 8) | (0x18 << 16)]);
  assert.deepEqual(values.map(numberOf), [-2, -0.5, 1.5]);
});

test('numbers have as many digits as tell them apart', () => {
  assert.equal(numberText(Math.fround(0.1)), '0.1');
  assert.equal(numberText(Math.fround(1 / 3)), '0.33333334');
  assert.equal(numberText(0.5625), '0.5625');
  assert.equal(numberText(Number.NaN), 'NaN');
});
