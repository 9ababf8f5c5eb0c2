import { fault, hex } from '../../core.ts';
import { type Engine, RING, ringSet } from '../engine.ts';
import { readGpu, writeGpu } from '../gpu-memory.ts';
import type { Execute } from './command.ts';
import { addressAt, bitOf, dwordAt, spaceOfMi } from './operands.ts';

/**
 * Operations by bits 12:8 of MI_ATOMIC (Intel's media driver, mhw_mi.h); bit 13 makes them 64 bits wide. `old` is
 * what memory holds, `one` and `two` are the operands; numbers of the operation's width.
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
/** These need no operand. */
const INCREMENT = 5;
const DECREMENT = 6;

/** Operands stand behind the address where bit 18 says so, dword by dword in turns; bit 16 returns what was. */
export const executeAtomic: Execute = (engine, dwords) => {
  const header = dwordAt(dwords, 0);
  const code = (header >>> 8) & 0x1f;
  const wide = bitOf(header, 13);
  const operation = OPERATIONS[code];
  const inline = bitOf(header, 18) && dwords.length >= 11;
  if (operation === undefined || (!inline && code !== INCREMENT && code !== DECREMENT)) {
    refuse(engine, header, inline);
    return;
  }
  const size = wide ? 8 : 4;
  const space = spaceOfMi(engine, dwords);
  const address = addressAt(dwords, 1);
  const old = readGpu(engine, space, address, size);
  if (!old.known) return;
  const bits = size * 8;
  const one = wideOf(dwordAt(dwords, 3), wide ? dwordAt(dwords, 5) : 0);
  const two = wideOf(dwordAt(dwords, 4), wide ? dwordAt(dwords, 6) : 0);
  const next = BigInt.asUintN(bits, operation(wideOf(old.low, old.high), one, two, bits));
  writeGpu(engine, space, address, size, Number(next & 0xffffffffn), Number(next >> 32n));
  if (!bitOf(header, 16)) return;
  ringSet(engine, RING.generalPurpose, old.low);
  if (wide) ringSet(engine, RING.generalPurpose + 4, old.high);
};

function refuse(engine: Engine, header: number, inline: boolean): void {
  const why = inline ? 'its operation is not known' : 'operands in registers are not implemented';
  const text = () => `${engine.row.name}: MI_ATOMIC ${hex(header)} has no effect: ${why}`;
  fault(engine.core, 'command-unimplemented', text);
}

function wideOf(low: number, high: number): bigint {
  return (BigInt(high) << 32n) | BigInt(low);
}

function signed(value: bigint, bits: number): bigint {
  return BigInt.asIntN(bits, value);
}
