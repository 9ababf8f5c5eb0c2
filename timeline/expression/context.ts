import type { Value64 } from '../session.ts';

/** Spaces that an expression can look into. `ggtt` is memory through the GGTT; its entries stand in `mmio`. */
export type PeekSpace = 'mmio' | 'aperture' | 'config' | 'io' | 'memory' | 'ggtt';

/** What an expression is evaluated on. */
export interface EvaluationContext {
  /** Look without side effects; address and size in bytes, 1, 2, 4 or 8. */
  peek(space: PeekSpace, address: number, size: number): Value64;
  /** The access that is about to happen, or has just happened; none between records. */
  readonly access?: AccessFacts | undefined;
  /** The fault that is judged; none but in conditions of fault breakpoints. */
  readonly fault?: FaultFacts | undefined;
  readonly record: number;
  /** Nanoseconds since the recording's zero. */
  readonly timeNs: number;
  /** Takes what `log()` says; without it logs go nowhere. */
  log?(text: string): void;
}

/** What `check`, `engine`, `register`, `address`, `value` name of a fault; absent where it shows no such thing. */
export interface FaultFacts {
  readonly check: string;
  /** By name; its offset in hex where it has none. */
  readonly register?: string;
  readonly address?: number;
  readonly value?: number;
  readonly engine?: string;
}

/** The access that `value`, `old`, `offset`, `read` … name. */
export interface AccessFacts {
  readonly direction: 'read' | 'write';
  readonly space: PeekSpace;
  /** Bytes. */
  readonly offset: number;
  readonly size: number;
  /** Written value, or recorded answer. */
  readonly value: Value64;
  /** What the place held before. */
  readonly old: Value64;
  /** What it holds afterwards, where that is not the written value. */
  readonly next?: Value64;
}

/** The same state with the access's place as it was before, or as it is after. */
export function atAccess(context: EvaluationContext, side: 'before' | 'after'): EvaluationContext {
  const { access } = context;
  if (access === undefined) return context;
  // A read changes nothing that an expression can see.
  const after = access.direction === 'write' ? (access.next ?? access.value) : access.old;
  const held = side === 'before' ? access.old : after;
  return {
    ...context,
    peek: (space, address, size) => {
      const seen = context.peek(space, address, size);
      return space === access.space ? overlay(seen, address, size, held, access) : seen;
    },
    // What is evaluated twice must not log twice.
    log: () => {},
  };
}

/** `seen` with the bytes that the access touches replaced by those of `held`. */
function overlay(
  seen: Value64,
  address: number,
  size: number,
  held: Value64,
  access: AccessFacts,
): Value64 {
  const from = Math.max(address, access.offset);
  const to = Math.min(address + size, access.offset + access.size);
  if (from >= to) return seen;
  if (!held.known) return UNKNOWN;
  const whole = from === address && to === address + size;
  if (!seen.known && !whole) return UNKNOWN;
  const mask = ((1n << BigInt((to - from) * 8)) - 1n) << BigInt((from - address) * 8);
  const moved = shifted(join(held), (access.offset - address) * 8);
  return split((join(seen) & ~mask) | (moved & mask));
}

const UNKNOWN: Value64 = { low: 0, high: 0, known: false };

function shifted(value: bigint, bits: number): bigint {
  return bits >= 0 ? value << BigInt(bits) : value >> BigInt(-bits);
}

/** Both halves as one number. */
export function join(value: Value64): bigint {
  const low = BigInt(value.low >>> 0);
  return value.high === 0 ? low : (BigInt(value.high >>> 0) << 32n) | low;
}

/** A number's halves, known. */
export function split(value: bigint): Value64 {
  return {
    low: Number(BigInt.asUintN(32, value)),
    high: Number(BigInt.asUintN(32, value >> 32n)),
    known: true,
  };
}
