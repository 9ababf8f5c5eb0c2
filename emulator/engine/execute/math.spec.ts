import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { EngineGuest } from '../../testing/engine-guest.ts';

const GPR = (n: number) => 0x2600 + n * 8;
const alu = (opcode: number, a = 0, b = 0) => ((opcode << 20) | (a << 10) | b) >>> 0;
const [LOAD, LOADINV, LOAD0, LOAD1] = [0x080, 0x480, 0x081, 0x481];
const [ADD, SUB, AND, OR, XOR, STORE, STOREINV] = [0x100, 0x101, 0x102, 0x103, 0x104, 0x180, 0x580];
const [SRCA, SRCB, ACCU, ZF, CF] = [0x20, 0x21, 0x31, 0x32, 0x33];

/** R0 op R1 → R2, its flags → R3 and R4. */
function compute(operation: number, a: bigint, b: bigint, load = LOAD, store = STORE) {
  const guest = new EngineGuest();
  const program = [
    alu(load, SRCA, 0),
    alu(load, SRCB, 1),
    alu(operation),
    alu(store, 2, ACCU),
    alu(STORE, 3, ZF),
    alu(STORE, 4, CF),
  ];
  const set = (n: number, value: bigint) => [
    GPR(n),
    Number(value & 0xffffffffn),
    GPR(n) + 4,
    Number(value >> 32n),
  ];
  guest.run(guest.context(), [
    0x11000007,
    ...set(0, a),
    ...set(1, b),
    0x0d000000 | (program.length - 1),
    ...program,
  ]);
  const read = (n: number) => (BigInt(guest.r(GPR(n) + 4)) << 32n) | BigInt(guest.r(GPR(n)));
  return { result: read(2), zero: read(3), carry: read(4) };
}

const wide = fc.bigInt({ min: 0n, max: 2n ** 64n - 1n });
const ONES = 2n ** 64n - 1n;

test('MI_MATH adds, subtracts and combines 64 bits as they are', () => {
  fc.assert(
    fc.property(wide, wide, (a, b) => {
      assert.equal(compute(ADD, a, b).result, (a + b) & ONES);
      assert.equal(compute(ADD, a, b).carry, a + b > ONES ? ONES : 0n);
      assert.equal(compute(SUB, a, b).result, BigInt.asUintN(64, a - b));
      assert.equal(compute(SUB, a, b).carry, a < b ? ONES : 0n, 'borrow');
      assert.equal(compute(AND, a, b).result, a & b);
      assert.equal(compute(OR, a, b).result, a | b);
      assert.equal(compute(XOR, a, b).result, a ^ b);
    }),
    { numRuns: 15 },
  );
});

test('MI_MATH has a zero flag, inverted loads and stores, and constants', () => {
  assert.equal(compute(SUB, 5n, 5n).zero, ONES);
  assert.equal(compute(SUB, 5n, 4n).zero, 0n);
  assert.equal(compute(OR, 0n, 0n, LOADINV).result, ONES);
  assert.equal(compute(OR, 1n, 2n, LOAD, STOREINV).result, ONES ^ 3n);
  assert.equal(compute(OR, 1n, 2n, LOAD0).result, 0n);
  assert.equal(compute(AND, 1n, 2n, LOAD1).result, ONES);
});

test('what is no ALU instruction is said', () => {
  const guest = new EngineGuest();
  guest.run(guest.context(), [0x0d000000, 0x77700000]);
  assert.equal(guest.faults[0]?.check, 'command-unimplemented');
});
