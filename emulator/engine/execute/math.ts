import { fault, hex } from '../../core.ts';
import { type Engine, RING, ringGet, ringSet } from '../engine.ts';
import { noteEffect } from '../pace.ts';
import type { Execute } from './command.ts';
import { dwordAt } from './operands.ts';

/** 64 bits as low and high dword. */
interface Wide {
  readonly low: number;
  readonly high: number;
}

interface Alu {
  sourceA: Wide;
  sourceB: Wide;
  accumulator: Wide;
  zero: boolean;
  carry: boolean;
}

const ZERO: Wide = { low: 0, high: 0 };
const ONES: Wide = { low: 0xffffffff, high: 0xffffffff };

/** Operands besides R0 to R15, which are 0 to 15. */
const OPERAND = {
  sourceA: 0x20,
  sourceB: 0x21,
  accumulator: 0x31,
  zero: 0x32,
  carry: 0x33,
} as const;

/** ALU instructions: opcode in bits 31:20, operands in 19:10 and 9:0 (SKL PRM vol 2a, MI_MATH). */
const OPCODES: Readonly<Record<number, (engine: Engine, alu: Alu, a: number, b: number) => void>> =
  {
    0: () => {},
    128: (engine, alu, a, b) => loadInto(alu, a, operandValue(engine, alu, b)),
    1152: (engine, alu, a, b) => loadInto(alu, a, invert(operandValue(engine, alu, b))),
    129: (_engine, alu, a) => loadInto(alu, a, ZERO),
    1153: (_engine, alu, a) => loadInto(alu, a, ONES),
    256: (_engine, alu) => add(alu, alu.sourceB, 0),
    257: (_engine, alu) => subtract(alu),
    258: (_engine, alu) => combine(alu, (x, y) => x & y),
    259: (_engine, alu) => combine(alu, (x, y) => x | y),
    260: (_engine, alu) => combine(alu, (x, y) => x ^ y),
    384: (engine, alu, a, b) => store(engine, a, operandValue(engine, alu, b)),
    1408: (engine, alu, a, b) => store(engine, a, invert(operandValue(engine, alu, b))),
  };

export const executeMath: Execute = (engine, dwords) => {
  const alu: Alu = { sourceA: ZERO, sourceB: ZERO, accumulator: ZERO, zero: false, carry: false };
  for (let index = 1; index < dwords.length; index++) {
    const instruction = dwordAt(dwords, index);
    const run = OPCODES[instruction >>> 20];
    if (run === undefined) {
      const text = () => `${engine.row.name}: ${hex(instruction)} is no ALU instruction`;
      fault(engine.core, 'command-unimplemented', text, { engine: engine.row.name, dwords });
      return;
    }
    run(engine, alu, (instruction >>> 10) & 0x3ff, instruction & 0x3ff);
  }
};

function operandValue(engine: Engine, alu: Alu, operand: number): Wide {
  if (operand < 16) {
    const at = RING.generalPurpose + operand * 8;
    return { low: ringGet(engine, at), high: ringGet(engine, at + 4) };
  }
  if (operand === OPERAND.accumulator) return alu.accumulator;
  if (operand === OPERAND.zero) return alu.zero ? ONES : ZERO;
  if (operand === OPERAND.carry) return alu.carry ? ONES : ZERO;
  return ZERO;
}

function loadInto(alu: Alu, operand: number, value: Wide): void {
  if (operand === OPERAND.sourceA) alu.sourceA = value;
  else if (operand === OPERAND.sourceB) alu.sourceB = value;
}

function store(engine: Engine, operand: number, { low, high }: Wide): void {
  if (operand >= 16) return;
  const at = RING.generalPurpose + operand * 8;
  ringSet(engine, at, low);
  ringSet(engine, at + 4, high);
  noteEffect(engine);
}

function add(alu: Alu, addend: Wide, carryIn: 0 | 1): void {
  const low = alu.sourceA.low + addend.low + carryIn;
  const high = alu.sourceA.high + addend.high + (low > 0xffffffff ? 1 : 0);
  alu.carry = high > 0xffffffff;
  finish(alu, { low: low >>> 0, high: high >>> 0 });
}

/** The carry flag is the borrow. */
function subtract(alu: Alu): void {
  add(alu, invert(alu.sourceB), 1);
  alu.carry = !alu.carry;
}

function combine(alu: Alu, operation: (a: number, b: number) => number): void {
  alu.carry = false;
  finish(alu, {
    low: operation(alu.sourceA.low, alu.sourceB.low) >>> 0,
    high: operation(alu.sourceA.high, alu.sourceB.high) >>> 0,
  });
}

function finish(alu: Alu, result: Wide): void {
  alu.accumulator = result;
  alu.zero = result.low === 0 && result.high === 0;
}

function invert({ low, high }: Wide): Wide {
  return { low: ~low >>> 0, high: ~high >>> 0 };
}
