import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { COMMANDS, commandTable } from './command-table.ts';
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
  [
    'PIPE_CONTROL commandStreamerStall, RCS0.CS_GPR ← 0x00000009',
    'RCS0',
    [0x7a000004, 0x00900000, 0x2600, 0, 9, 0],
  ],
  [
    'PIPE_CONTROL commandStreamerStall, status page 0x100 ← 0x9',
    'RCS0',
    [0x7a000004, 0x00304000, 0x100, 0, 9, 0],
  ],
  ['PIPE_CONTROL', 'RCS0', [0x7a000004, 0, 0xd0, 0, 0, 0]],
  ['MI_FLUSH_DW tlbInvalidate', 'BCS0', [0x13240002, 0xd0, 0, 0]],
  ['MI_FLUSH_DW write timestamp to ppgtt 0x1000, notifyEnable', 'VCS0', [0x1300c102, 0x1000, 0, 0]],
  ['MI_SEMAPHORE_WAIT RCS0.CS_GPR: memory ≥ data 0x5', 'RCS0', [0x0e019002, 5, 0x2600, 0]],
  [
    'MI_MATH LOAD SRCA R0; LOADINV SRCB R1; ADD; STORE R2 ACCU; STORE R3 CF',
    'RCS0',
    [0x0d000004, 0x08008000, 0x48008401, 0x10000000, 0x18000831, 0x18000c33],
  ],
  [
    'MI_DISPLAY_FLIP plane 1 of pipe B ← ggtt 0x40000 X stride 0x8, asynchronous',
    'RCS0',
    [0x0a000101, 0x201, 0x40001],
  ],
  ['MI_REPORT_PERF_COUNT ggtt 0x1000 id 0x7', 'RCS0', [0x14000002, 0x1001, 0, 7]],
  ['MI_RS_STORE_DATA_IMM ppgtt 0x1000 ← 0x7', 'RCS0', [0x15800002, 0x1000, 0, 7]],
  ['MI_WAIT_FOR_EVENT pipeAPlane1FlipPending pipeBVblank', 'BCS0', [0x01800802]],
  ['MI_BATCH_BUFFER_END', 'RCS0', [0x05000000]],
  [
    'XY_SRC_COPY_BLT ppgtt 0x100001000 (0, 0)–(64, 32) pitch 256 ← ppgtt 0x2000 (8, -1) pitch 128, 32 bpp, source copy',
    'BCS0',
    [0x54f00008, 0x03cc0100, 0, 0x00200040, 0x1000, 1, 0xffff0008, 128, 0x2000, 0],
  ],
  [
    'XY_COLOR_BLT ppgtt 0x1000 (1, 2)–(3, 4) pitch 256 ← color 0xff00ff, 32 bpp, pattern copy',
    'BCS0',
    [0x54300005, 0x03f00100, 0x00020001, 0x00040003, 0x1000, 0, 0xff00ff],
  ],
  [
    'XY_FAST_COPY_BLT ppgtt 0x1000 (0, 0)–(64, 32) pitch 256 ← ppgtt 0x2000 (0, 0) pitch 256, 32 bpp',
    'BCS0',
    [0x50800008, 0x03000100, 0, 0x00200040, 0x1000, 0, 0, 256, 0x2000, 0],
  ],
  [
    'XY_PAT_BLT ppgtt 0x1000 (0, 0)–(8, 8) pitch 64, 8 bpp, pattern copy, pattern ppgtt 0x3000',
    'BCS0',
    [0x54400006, 0x00f00040, 0, 0x00080008, 0x1000, 0, 0x3000, 0],
  ],
  ['MI_ATOMIC add ggtt 0x40', 'RCS0', [0x17c40709, 0x40, 0, 1, 0, 0, 0, 0, 0, 0, 0]],
  ['3DSTATE_VF_TOPOLOGY 00000005', 'RCS0', [0x784b0000, 5]],
];

for (const [text, engine, dwords] of LINES) {
  test(text, () => assert.equal(line(engine, ...dwords), text));
}

test('any command, whole or cut off, is taken apart and has a line', () => {
  fc.assert(
    fc.property(
      fc.constantFrom(...COMMANDS),
      fc.nat(0xffff),
      fc.array(fc.nat(0xffffffff)),
      (row, low, operands) => {
        const dwords = [(row.opcode | low) >>> 0, ...operands];
        const text = disassemble(row, dwords, () => undefined);
        assert.ok(text === row.name || text.startsWith(`${row.name} `), text);
        assert.doesNotMatch(text, /undefined|NaN| {2}|\n|[ ,]$/);
        const decoded = decodeCommand(row, dwords);
        const behind = Math.min(decoded.length, dwords.length);
        for (const { value, dword } of decoded.fields) {
          assert.ok(value >= -0x8000 && value <= 0xffffffff && dword < behind);
        }
        for (const { address, dword } of decoded.addresses) {
          assert.ok(address >= 0 && address < 2 ** 48 && dword < behind);
        }
      },
    ),
  );
});
