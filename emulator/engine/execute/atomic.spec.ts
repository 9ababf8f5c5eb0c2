import assert from 'node:assert/strict';
import { test } from 'node:test';
import { EngineGuest, SCRATCH } from '../../testing/engine-guest.ts';

const GGTT = 1 << 22;
const RETURN = 1 << 16;
const WIDE = 0x20;

function atomic(
  operation: number,
  operands: readonly number[],
  memory: readonly number[],
  flags = 0,
) {
  const guest = new EngineGuest();
  guest.show(SCRATCH, memory);
  const inline = operands.length > 0;
  const header = 0x17800000 | GGTT | flags | (operation << 8) | (inline ? (1 << 18) | 9 : 1);
  const data = inline ? [...operands, ...new Array(8 - operands.length).fill(0)] : [];
  guest.run(guest.context(), [header, SCRATCH, 0, ...data]);
  return { guest, low: guest.dword(SCRATCH), high: guest.dword(SCRATCH + 4) };
}

const dwords: readonly (readonly [string, number, number, number, number])[] = [
  ['and', 1, 0b1100, 0b1010, 0b1000],
  ['or', 2, 0b1100, 0b1010, 0b1110],
  ['xor', 3, 0b1100, 0b1010, 0b0110],
  ['move', 4, 1, 7, 7],
  ['add', 7, 0xffffffff, 2, 1],
  ['subtract', 8, 5, 7, 0xfffffffe],
  ['reverse subtract', 9, 5, 7, 2],
  ['signed maximum', 10, 0xffffffff, 1, 1],
  ['signed minimum', 11, 0xffffffff, 1, 0xffffffff],
  ['unsigned maximum', 12, 0xffffffff, 1, 0xffffffff],
  ['unsigned minimum', 13, 0xffffffff, 1, 1],
];

for (const [name, operation, memory, operand, expected] of dwords) {
  test(`MI_ATOMIC ${name}`, () => {
    assert.equal(atomic(operation, [operand], [memory, 9]).low, expected);
    assert.equal(atomic(operation, [operand], [memory, 9]).high, 9, 'the next dword stays');
  });
}

test('MI_ATOMIC increments and decrements without operands', () => {
  assert.equal(atomic(5, [], [41, 0]).low, 42);
  assert.equal(atomic(6, [], [0, 0]).low, 0xffffffff);
});

test('MI_ATOMIC compares and writes', () => {
  assert.equal(atomic(14, [5, 8], [5, 0]).low, 8);
  assert.equal(atomic(14, [5, 8], [6, 0]).low, 6);
});

test('MI_ATOMIC works on 64 bits, operands dword by dword in turns', () => {
  const { low, high } = atomic(WIDE | 7, [1, 0, 2, 0], [0xffffffff, 1]);
  assert.deepEqual([low, high], [0, 4]);
});

test('MI_ATOMIC returns what was in R0', () => {
  assert.equal(atomic(5, [], [41, 0], RETURN).guest.r(0x2600), 41);
});

test('MI_ATOMIC with operands in registers says that it is not implemented', () => {
  assert.equal(atomic(7, [], [1, 0]).guest.faults[0]?.check, 'command-unimplemented');
});
