import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import type { AddressRow, CommandFieldRow, CommandRow } from './command-row.ts';
import { CommandTable, commandTable, engineClassOf, lengthOf } from './command-table.ts';

const ENGINES = ['RCS0', 'BCS0', 'VCS0', 'VCS1', 'VECS0'];
const row = (change: Partial<CommandRow>): CommandRow => ({
  name: 'A',
  family: 'MI',
  opcode: 0x01000000,
  length: { dwords: 1 },
  ...change,
});
const field = (dword: number, low: number, high: number): CommandFieldRow => ({
  name: 'f',
  dword,
  low,
  high,
});
const address = (dword: number): AddressRow => ({ name: 'a', dword, low: 2, space: 'ppgtt' });

test('no two commands of one engine begin alike or have one name', () => {
  for (const engine of ENGINES) assert.ok(commandTable('skl', engine).rows.length >= 30, engine);
  assert.throws(() => new CommandTable([row({}), row({ name: 'B' })]), /same opcode/);
  assert.throws(() => new CommandTable([row({}), row({ opcode: 0x01800000 })]), /called A/);
});

const wrong: readonly (readonly [string, Partial<CommandRow>, RegExp])[] = [
  ['operands in the opcode', { opcode: 0x01000001 }, /operands/],
  ['a type that does not exist', { opcode: 0x20000000 }, /type/],
  ['a length over the opcode', { opcode: 0x78000000, length: { bits: 17 } }, /length/],
  ['no length', { length: { dwords: 0 } }, /length/],
  ['a length that cannot be', { length: { bits: 3, exactly: 10 } }, /length/],
  ['no engine', { engines: [] }, /Nothing/],
  ['a field over the opcode', { fields: [field(0, 23, 23)] }, /overlaps/],
  ['a field over the length', { length: { bits: 8 }, fields: [field(0, 0, 8)] }, /overlaps/],
  ['fields over each other', { fields: [field(0, 0, 8), field(0, 8, 9)] }, /overlaps/],
  ['a field outside of a dword', { fields: [field(0, 22, 32)] }, /outside/],
  [
    'a field behind the end',
    { length: { bits: 8, exactly: 3 }, fields: [field(3, 0, 0)] },
    /behind/,
  ],
  [
    'a field in an address',
    { length: { bits: 8 }, fields: [field(1, 0, 2)], addresses: [address(1)] },
    /overlaps/,
  ],
  [
    'an address behind the end',
    { length: { bits: 8, exactly: 2 }, addresses: [address(1)] },
    /behind/,
  ],
];

for (const [what, change, message] of wrong) {
  test(`a command with ${what} is no row`, () => {
    assert.throws(() => new CommandTable([row(change)]), message);
  });
}

test('commands are found by name', () => {
  assert.equal(commandTable('skl', 'RCS0').named('mi_noop')?.opcode, 0);
  assert.equal(commandTable('skl', 'BCS0').named('PIPE_CONTROL'), undefined);
});

test('an engine that is not known has the commands of all', () => {
  const { rows } = commandTable('skl', '');
  assert.ok(rows.length >= 25 && rows.every(({ family }) => family === 'MI'));
});

test('§10.1 each engine knows its own commands only', () => {
  assert.equal(commandTable('skl', 'RCS0').find(0x7a000004)?.name, 'PIPE_CONTROL');
  assert.equal(commandTable('skl', 'BCS0').find(0x7a000004), undefined);
  assert.equal(commandTable('skl', 'BCS0').find(0x54c00008)?.name, 'XY_SRC_COPY_BLT');
  assert.equal(commandTable('skl', 'RCS0').find(0x54c00008), undefined, 'type 2 is the blitter’s');
  assert.equal(commandTable('skl', 'VCS0').find(0x70000003)?.name, 'MFX_PIPE_MODE_SELECT');
  assert.equal(commandTable('skl', 'RCS0').find(0x70000003)?.name, 'MEDIA_VFE_STATE');
  assert.equal(commandTable('bdw', 'RCS0').find(0x78550003), undefined, 'Gen9’s');
});

test('§10.3 lengths: fixed, and by masks of several widths', () => {
  const lengths: readonly (readonly [string, number, number])[] = [
    ['RCS0', 0x00000000, 1],
    ['RCS0', 0x11000003, 5],
    ['RCS0', 0x10400002, 4],
    ['BCS0', 0x13004002, 4],
    ['BCS0', 0x13004003, 5],
    ['RCS0', 0x18800101, 3],
    ['RCS0', 0x79170101, 259],
    ['RCS0', 0x70000010, 18],
    ['VCS0', 0x70020eff, 0xf01],
    ['VCS0', 0x68000000, 1],
  ];
  for (const [engine, dword, length] of lengths) {
    const found = commandTable('skl', engine).find(dword);
    assert.equal(found && lengthOf(found, dword), length, dword.toString(16));
  }
});

test('any dword on any engine is a command of one dword at least, or none', () => {
  fc.assert(
    fc.property(fc.constantFrom(...ENGINES), fc.nat(0xffffffff), (engine, dword) => {
      const found = commandTable('skl', engine).find(dword);
      if (found !== undefined) assert.ok(lengthOf(found, dword) >= 1);
    }),
  );
});

test('engines have a class', () => {
  assert.deepEqual(ENGINES.map(engineClassOf), ['RCS', 'BCS', 'VCS', 'VCS', 'VECS']);
  assert.equal(engineClassOf('GuC'), undefined);
});
