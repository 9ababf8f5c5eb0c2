/** What an expression comes to. Numbers are unsigned, 64 bits. */
export type EvalValue = EvalNumber | EvalBoolean | EvalString | EvalUnknown | EvalNothing;

export interface EvalNumber {
  readonly kind: 'number';
  readonly value: bigint;
  /** Hex digits that it is shown with at least: 8 for a register. */
  readonly digits: number;
  /** Counts and times are shown in decimal. */
  readonly decimal?: boolean;
}

export interface EvalBoolean {
  readonly kind: 'boolean';
  readonly value: boolean;
}

export interface EvalString {
  readonly kind: 'string';
  readonly value: string;
}

/** Depends on something that nobody has shown; `why` says on what. */
export interface EvalUnknown {
  readonly kind: 'unknown';
  readonly why: string;
}

/** A log has no value. As a condition it is false: logging never stops. */
export interface EvalNothing {
  readonly kind: 'nothing';
}

export const NOTHING: EvalNothing = { kind: 'nothing' };
export const TRUE: EvalBoolean = { kind: 'boolean', value: true };
export const FALSE: EvalBoolean = { kind: 'boolean', value: false };

export function numberOf(value: bigint, digits = 1): EvalNumber {
  return { kind: 'number', value: BigInt.asUintN(64, value), digits };
}

export function booleanOf(value: boolean): EvalBoolean {
  return value ? TRUE : FALSE;
}

export function unknown(why: string): EvalUnknown {
  return { kind: 'unknown', why };
}

/** As a number: true is 1. Undefined where it is unknown; text has none and cannot come here. */
export function bigintOf(value: EvalValue): bigint | undefined {
  if (value.kind === 'number') return value.value;
  if (value.kind === 'boolean') return value.value ? 1n : 0n;
  return undefined;
}

/** As a condition: a number is true unless 0. Undefined where it is unknown. */
export function truthOf(value: EvalValue): boolean | undefined {
  switch (value.kind) {
    case 'number':
      return value.value !== 0n;
    case 'boolean':
      return value.value;
    case 'string':
      return value.value !== '';
    case 'nothing':
      return false;
    case 'unknown':
      return undefined;
  }
}

/** The first of two values that is unknown. */
export function firstUnknown(left: EvalValue, right: EvalValue): EvalUnknown {
  if (left.kind === 'unknown') return left;
  return right.kind === 'unknown' ? right : unknown('it has no value');
}
