import { fault, hex } from '../../core.ts';
import type { Answer } from '../../device-model.ts';
import { type Engine, RING, ringGet, ringSet } from '../engine.ts';
import type { GpuSpace } from '../engine-state.ts';
import { readGpu, writeGpu } from '../gpu-memory.ts';
import type { Execute } from './command.ts';
import { addressAt, bitOf, dwordAt, spaceOfMi } from './operands.ts';

/**
 * Operations by bits 12:8 of MI_ATOMIC (Intel's media driver, mhw_mi.h); bits 14:13 make them 8 or 16 bytes wide.
 * `old` is what memory holds, `one` and `two` are the operands; numbers of the operation's width.
 */
type Operation = (old: bigint, one: bigint, two: bigint, bits: number) => bigint;

const OPERATIONS: Readonly<Record<number, Operation>> = {
  1: (old, one) => old & one,
  2: (old, one) => old | one,
  3: (old, one) => old ^ one,
  4: (_old, one) => one,
  5: (old) => old + 1n,
  6: (old) => old - 1n,
  7: (old, one) => old + one,
  8: (old, one) => old - one,
  9: (old, one) => one - old,
  10: (old, one, _two, bits) => (signed(old, bits) > signed(one, bits) ? old : one),
  11: (old, one, _two, bits) => (signed(old, bits) < signed(one, bits) ? old : one),
  12: (old, one) => (old > one ? old : one),
  13: (old, one) => (old < one ? old : one),
  14: (old, one, two) => (old === one ? two : old),
};
const COMPARE_WRITE = 14;

/** Bytes by bits 15:13 of the header. Of 16 bytes there is the comparison alone. */
const WIDTHS: Readonly<Record<number, 4 | 8 | 16>> = { 0: 4, 1: 8, 2: 16 };

/** Pairs of general purpose registers, by the number of the first, for what stands in no dword of the command. */
const OPERAND_1 = 0;
const OPERAND_2 = 2;
const RETURNED = 4;

/**
 * Operands stand behind the address where bit 18 says so, dword by dword in turns; else in R0 (with R1, of 16 bytes)
 * and R2 (with R3). Bit 16 returns what was in R4 (and R5). Intel's media driver, mhw_mi_hwcmd_g8_X.h.
 */
export const executeAtomic: Execute = (engine, dwords) => {
  const header = dwordAt(dwords, 0);
  const code = (header >>> 8) & 0x1f;
  const size = WIDTHS[(header >>> 13) & 7];
  const operation = OPERATIONS[code];
  if (operation === undefined || size === undefined || (size === 16 && code !== COMPARE_WRITE)) {
    const text = () => `${engine.row.name}: MI_ATOMIC ${hex(header)}: its operation is not known`;
    fault(engine.core, 'command-unimplemented', text, { engine: engine.row.name, dwords });
    return;
  }
  const space = spaceOfMi(engine, dwords);
  const address = addressAt(dwords, 1);
  const old = readWide(engine, space, address, size);
  if (old === undefined) return;
  const inline = bitOf(header, 18) && dwords.length >= 11;
  const operand = (n: 1 | 2) =>
    inline
      ? inlineOperand(dwords, n, size)
      : registers(engine, n === 1 ? OPERAND_1 : OPERAND_2, size);
  const next = BigInt.asUintN(size * 8, operation(old, operand(1), operand(2), size * 8));
  writeWide(engine, space, address, size, next);
  if (bitOf(header, 16)) setRegisters(engine, RETURNED, size, old);
};

/** Dword n of operand 1 is the command's dword 3 + 2n, that of operand 2 the one behind it. */
function inlineOperand(dwords: readonly number[], which: 1 | 2, size: number): bigint {
  return joined(size, (n) => dwordAt(dwords, 2 + which + n * 2));
}

function registers(engine: Engine, first: number, size: number): bigint {
  return joined(size, (n) => ringGet(engine, RING.generalPurpose + first * 8 + n * 4));
}

function setRegisters(engine: Engine, first: number, size: number, value: bigint): void {
  for (let n = 0; n < size / 4; n++) {
    ringSet(engine, RING.generalPurpose + first * 8 + n * 4, dwordOf(value, n));
  }
}

/** Undefined where it cannot be had: the engine has stalled. */
function readWide(
  engine: Engine,
  space: GpuSpace,
  address: number,
  size: 4 | 8 | 16,
): bigint | undefined {
  const first = readGpu(engine, space, address, Math.min(size, 8));
  if (!first.known) return undefined;
  if (size < 16) return wideOf(first);
  const second = readGpu(engine, space, address + 8, 8);
  return second.known ? (wideOf(second) << 64n) | wideOf(first) : undefined;
}

function writeWide(
  engine: Engine,
  space: GpuSpace,
  address: number,
  size: 4 | 8 | 16,
  value: bigint,
): void {
  for (let done = 0; done < size; done += 8) {
    const at = done / 4;
    const bytes = Math.min(size, 8);
    writeGpu(engine, space, address + done, bytes, dwordOf(value, at), dwordOf(value, at + 1));
  }
}

function joined(size: number, dword: (n: number) => number): bigint {
  let value = 0n;
  for (let n = size / 4 - 1; n >= 0; n--) value = (value << 32n) | BigInt(dword(n));
  return value;
}

function dwordOf(value: bigint, n: number): number {
  return Number((value >> BigInt(n * 32)) & 0xffffffffn);
}

function wideOf({ low, high }: Answer): bigint {
  return (BigInt(high) << 32n) | BigInt(low);
}

function signed(value: bigint, bits: number): bigint {
  return BigInt.asIntN(bits, value);
}
