import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import type { CommandRow } from './command-row.ts';
import { COMMANDS, CommandTable, commandTable, engineClassOf, lengthOf } from './command-table.ts';

const ENGINES = ['RCS0', 'BCS0', 'VCS0', 'VCS1', 'VECS0'];
const row = (change: Partial<CommandRow>): CommandRow => ({
  name: 'A',
  family: 'MI',
  opcode: 0x01000000,
  length: { dwords: 1 },
  ...change,
});

test('§10.7 the families have as many commands as GVT-g’s tables, those that it lacks aside', () => {
  const counts = new Map<string, number>();
  for (const { family, gvt } of COMMANDS) {
    if (gvt !== 'unknown') counts.set(family, (counts.get(family) ?? 0) + 1);
  }
  assert.deepEqual(Object.fromEntries(counts), {
    MI: 40,
    '2D': 24,
    '3D': 108,
    media: 10,
    MFX: 40,
    VEBOX: 3,
  });
});

test('no two commands of one engine begin alike, and none has operands in its opcode', () => {
  for (const engine of ENGINES) assert.ok(commandTable('skl', engine).rows.length >= 30, engine);
  assert.throws(() => new CommandTable([row({}), row({ name: 'B' })]), /same opcode/);
  assert.throws(() => new CommandTable([row({ opcode: 0x01000001 })]), /operands/);
  assert.throws(() => new CommandTable([row({ length: { bits: 17 } })]), /length/);
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
