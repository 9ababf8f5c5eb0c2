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
  test(`gvt-facts §10.3: MI_ATOMIC ${name}`, () => {
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

/** Runs MI_ATOMIC without operands of its own, with registers as they are given, by number. */
function fromRegisters(
  operation: number,
  values: Readonly<Record<number, readonly [low: number, high: number]>>,
  memory: readonly number[],
) {
  const guest = new EngineGuest();
  guest.show(SCRATCH, memory);
  const pairs = Object.entries(values).flatMap(([n, [low, high]]) => {
    const at = 0x2600 + Number(n) * 8;
    return [at, low, at + 4, high];
  });
  guest.run(guest.context(), [
    0x11000000 | (pairs.length - 1),
    ...pairs,
    0x17800000 | GGTT | RETURN | (operation << 8) | 1,
    SCRATCH,
    0,
  ]);
  const words = (at: number, count: number) =>
    Array.from({ length: count }, (_, n) => guest.dword(at + n * 4));
  const registers = (n: number, count: number) =>
    Array.from({ length: count }, (_, dword) => guest.r(0x2600 + n * 8 + dword * 4));
  return { guest, memory: words(SCRATCH, 4), registers };
}

test('MI_ATOMIC returns what was in R4, 4 or 8 bytes of it', () => {
  const narrow = fromRegisters(5, { 4: [7, 9] }, [41, 1, 0, 0]);
  assert.deepEqual(narrow.memory, [42, 1, 0, 0]);
  assert.deepEqual(narrow.registers(4, 2), [41, 9]);
  const wide = fromRegisters(WIDE | 5, { 4: [7, 9] }, [0xffffffff, 1, 0, 0]);
  assert.deepEqual(wide.memory, [0, 2, 0, 0]);
  assert.deepEqual(wide.registers(4, 2), [0xffffffff, 1]);
});

test('gvt-facts §10.3: MI_ATOMIC of 3 dwords has its operands in R0 and R2', () => {
  assert.deepEqual(fromRegisters(7, { 0: [5, 99] }, [1, 2, 0, 0]).memory, [6, 2, 0, 0]);
  const wide = fromRegisters(WIDE | 7, { 0: [1, 2] }, [0xffffffff, 1, 3, 4]);
  assert.deepEqual(wide.memory, [0, 4, 3, 4]);
  const operands = { 0: [5, 0], 2: [8, 0] } as const;
  assert.equal(fromRegisters(14, operands, [5, 0, 0, 0]).memory[0], 8);
  assert.equal(fromRegisters(14, operands, [6, 0, 0, 0]).memory[0], 6);
});

test('gvt-facts §10.3: MI_ATOMIC compares and writes 16 bytes, from R0 and R1, R2 and R3; R4 and R5 get what was', () => {
  const operands = { 0: [1, 2], 1: [3, 4], 2: [5, 6], 3: [7, 8] } as const;
  const same = fromRegisters(0x4e, operands, [1, 2, 3, 4]);
  assert.deepEqual(same.memory, [5, 6, 7, 8]);
  assert.deepEqual(same.registers(4, 4), [1, 2, 3, 4]);
  const other = fromRegisters(0x4e, operands, [1, 2, 3, 5]);
  assert.deepEqual(other.memory, [1, 2, 3, 5]);
  assert.deepEqual(atomic(0x4e, [1, 5, 2, 6, 3, 7, 4, 8], [1, 2, 3, 4]).low, 5, 'inline');
});

test('MI_ATOMIC with an operation that is not known says so, and does nothing', () => {
  for (const operation of [0, 15, 0x1f, 0x45, 0x65, 0x85]) {
    const { guest, low } = atomic(operation, [1], [41, 0]);
    assert.equal(guest.faults[0]?.check, 'command-unimplemented');
    assert.equal(low, 41);
  }
});
