import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { COMMANDS, commandTable, lengthOf } from './command-table.ts';
import { decodeCommand } from './decode.ts';
import { disassemble } from './disassembly.ts';

const NAMES: Readonly<Record<number, string>> = { 8832: 'RCS0.RING_MODE', 9728: 'RCS0.CS_GPR' };

function line(engine: string, ...dwords: number[]): string {
  const row = commandTable('skl', engine).find(dwords[0] ?? 0);
  assert.ok(row);
  return disassemble(row, dwords, (offset) => NAMES[offset]);
}

const LINES: readonly (readonly [string, string, readonly number[]])[] = [
  ['MI_NOOP', 'RCS0', [0]],
  ['MI_NOOP id 0x5', 'RCS0', [0x400005]],
  ['MI_ARB_ON_OFF arbitration on', 'RCS0', [0x04000001]],
  ['MI_STORE_DATA_IMM ggtt 0x37f23000 ← 0x1', 'RCS0', [0x10400002, 0x37f23000, 0, 1]],
  ['MI_STORE_DATA_IMM ppgtt 0x100000008 ← 0x2_00000001', 'RCS0', [0x10200003, 8, 1, 1, 2]],
  [
    'MI_LOAD_REGISTER_IMM RCS0.CS_GPR ← 0x00000007, 0x7004 ← 0x00420042',
    'RCS0',
    [0x11000003, 0x2600, 7, 0x7004, 0x00420042],
  ],
  ['MI_LOAD_REGISTER_REG 0x2608 ← RCS0.CS_GPR', 'RCS0', [0x15000001, 0x2600, 0x2608]],
  ['MI_STORE_REGISTER_MEM ggtt 0x1000 ← RCS0.CS_GPR', 'RCS0', [0x12400002, 0x2600, 0x1000, 0]],
  ['MI_LOAD_REGISTER_MEM RCS0.CS_GPR ← ppgtt 0x1000', 'RCS0', [0x14800002, 0x2600, 0x1000, 0]],
  ['MI_COPY_MEM_MEM ggtt 0x10 ← ppgtt 0x20', 'RCS0', [0x17200003, 0x10, 0, 0x20, 0]],
  ['MI_BATCH_BUFFER_START ppgtt 0xfffefffee000', 'RCS0', [0x18800101, 0xfffee000, 0xfffe]],
  ['MI_BATCH_BUFFER_START ggtt 0x1000, second level', 'RCS0', [0x18c00001, 0x1000, 0]],
  ['MI_SEMAPHORE_WAIT ggtt 0x40: memory = data 0x5', 'RCS0', [0x0e40c002, 5, 0x40, 0]],
  ['MI_FLUSH_DW ggtt 0x37fdd100 ← 0x3', 'BCS0', [0x13004002, 0x37fdd104, 0, 3]],
  [
    'PIPE_CONTROL commandStreamerStall pipeControlFlush, ggtt 0x37ffe100 ← 0x1',
    'RCS0',
    [0x7a000004, 0x01104080, 0x37ffe100, 0, 1, 0],
  ],
  ['MI_ATOMIC add ggtt 0x40', 'RCS0', [0x17c40709, 0x40, 0, 1, 0, 0, 0, 0, 0, 0, 0]],
  ['3DSTATE_VF_TOPOLOGY 00000005', 'RCS0', [0x784b0000, 5]],
];

for (const [text, engine, dwords] of LINES) {
  test(text, () => assert.equal(line(engine, ...dwords), text));
}

test('§10.7 addresses stand where the CSV of the facts puts them', () => {
  const places: Readonly<Record<string, readonly number[]>> = {
    XY_SRC_COPY_BLT: [4, 8],
    XY_FULL_MONO_SRC_BLT: [4, 6, 10],
    STATE_BASE_ADDRESS: [1, 4, 6, 8, 10],
    '3DSTATE_SO_BUFFER': [2, 5],
    MI_COPY_MEM_MEM: [1, 3],
    PIPE_CONTROL: [2],
  };
  for (const [name, expected] of Object.entries(places)) {
    assert.deepEqual(COMMANDS.find((row) => row.name === name)?.addresses, expected, name);
  }
});

test('any command, whole or cut off, is taken apart and has a line', () => {
  fc.assert(
    fc.property(fc.constantFrom(...COMMANDS), fc.array(fc.nat(0xffffffff)), (row, operands) => {
      const dwords = [row.opcode, ...operands];
      assert.ok(disassemble(row, dwords, () => undefined).startsWith(row.name));
      for (const { value, dword } of decodeCommand(row, dwords).fields) {
        assert.ok(value >= 0 && value <= 0xffffffff && dword < dwords.length);
      }
      assert.ok(lengthOf(row, row.opcode) >= 1);
    }),
  );
});
