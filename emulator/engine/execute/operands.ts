import type { Engine } from '../engine.ts';
import type { GpuSpace } from '../engine-state.ts';
import { spaceFor } from '../gpu-memory.ts';

/** Bit 22 of most MI commands: the address is in the GGTT. */
const USE_GGTT = 1 << 22;

export function dwordAt(dwords: readonly number[], index: number): number {
  return (dwords[index] ?? 0) >>> 0;
}

/** A 64-bit address in two dwords: bits 47:2. */
export function addressAt(dwords: readonly number[], index: number): number {
  const low = (dwordAt(dwords, index) & 0xfffffffc) >>> 0;
  return (dwordAt(dwords, index + 1) & 0xffff) * 2 ** 32 + low;
}

export function spaceOfMi(engine: Engine, dwords: readonly number[]): GpuSpace {
  return spaceFor(engine, (dwordAt(dwords, 0) & USE_GGTT) === 0);
}

export function bitOf(value: number, bit: number): boolean {
  return ((value >>> bit) & 1) !== 0;
}
