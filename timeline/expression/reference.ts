import { hex, type RegisterInfo } from '../register-directory.ts';
import type { DataTarget, Value64 } from '../session.ts';
import { type EvaluationContext, join, type PeekSpace, split } from './context.ts';
import { type EvalValue, numberOf, unknown } from './value.ts';

/** A place that an expression names: it can be read, watched, and where the device lets it, changed. */
export interface Reference {
  /** As the tables write it: `RCS0.RING_CTL.enable`, `ggtt[0x1000]`, `mem32[0x2000]`. */
  readonly name: string;
  readonly space: PeekSpace;
  /** Bytes. */
  readonly address: number;
  readonly size: number;
  /** Inclusive positions, where only some bits are meant. */
  readonly bits?: { readonly low: number; readonly high: number };
  /** Its value is shown shifted left by this many bits (page frames). */
  readonly shift: number;
  readonly info?: RegisterInfo;
  /** Set for a GGTT entry: the graphics address of the page it maps. */
  readonly graphicsAddress?: number;
}

/** What stands there. */
export function readReference(reference: Reference, context: EvaluationContext): EvalValue {
  const { space, address, size } = reference;
  const seen = context.peek(space, address, size);
  if (!seen.known) return unknown(`${placeOf(reference)} has not been shown by the recording`);
  const { low, high } = bitsOf(reference);
  const value = BigInt.asUintN(high - low + 1, join(seen) >> BigInt(low));
  return numberOf(value << BigInt(reference.shift), digitsOf(reference));
}

/** What the whole place holds when `value` is put into the bits that are meant. */
export function mergeInto(reference: Reference, previous: Value64, value: Value64): Value64 {
  const { low, high } = bitsOf(reference);
  const mask = (1n << BigInt(high - low + 1)) - 1n;
  const bits = (join(value) >> BigInt(reference.shift)) & mask;
  return split((join(previous) & ~(mask << BigInt(low))) | (bits << BigInt(low)));
}

/** Whether a value can be put there without losing bits: a sentence where it cannot. */
export function valueProblem(reference: Reference, value: Value64): string | undefined {
  const { low, high } = bitsOf(reference);
  const number = join(value);
  const raw = number >> BigInt(reference.shift);
  if (raw << BigInt(reference.shift) !== number) {
    return `${reference.name} is in steps of ${hex(2 ** reference.shift)}.`;
  }
  const width = high - low + 1;
  return raw >> BigInt(width) === 0n
    ? undefined
    : `${reference.name} has ${width} ${width === 1 ? 'bit' : 'bits'}: 0x${number.toString(16)} does not fit.`;
}

/** What a data breakpoint on it watches; undefined where nothing can watch that space. */
export function dataTargetOf(reference: Reference): DataTarget | undefined {
  const { space, address, size, bits, graphicsAddress } = reference;
  const limited = bits === undefined ? {} : { bits };
  if (graphicsAddress !== undefined) {
    return { space: 'ggtt', address: graphicsAddress, size: 8, ...limited };
  }
  if (space !== 'mmio' && space !== 'config' && space !== 'memory') return undefined;
  return { space, address, size, ...limited };
}

function bitsOf({ bits, size }: Reference): { low: number; high: number } {
  return bits ?? { low: 0, high: size * 8 - 1 };
}

function digitsOf(reference: Reference): number {
  return reference.bits === undefined ? reference.size * 2 : 1;
}

function placeOf(reference: Reference): string {
  return reference.space === 'memory' ? `memory at ${hex(reference.address)}` : reference.name;
}
