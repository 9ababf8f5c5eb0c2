import {
  bigintOf,
  booleanOf,
  type EvalValue,
  firstUnknown,
  numberOf,
  truthOf,
  unknown,
} from './value.ts';

/** Arithmetic and bit operators, on unsigned 64-bit numbers. Undefined: there is no result. */
const ARITHMETIC: Readonly<Record<string, (left: bigint, right: bigint) => bigint | undefined>> = {
  '+': (left, right) => left + right,
  '-': (left, right) => left - right,
  '*': (left, right) => left * right,
  '/': (left, right) => (right === 0n ? undefined : left / right),
  '%': (left, right) => (right === 0n ? undefined : left % right),
  '&': (left, right) => left & right,
  '|': (left, right) => left | right,
  '^': (left, right) => left ^ right,
  '<<': (left, right) => (right >= 64n ? 0n : left << right),
  '>>': (left, right) => (right >= 64n ? 0n : left >> right),
  // Numbers are unsigned: both right shifts fill with zeros.
  '>>>': (left, right) => (right >= 64n ? 0n : left >> right),
};

const COMPARISONS: Readonly<Record<string, (left: bigint, right: bigint) => boolean>> = {
  '==': (left, right) => left === right,
  '===': (left, right) => left === right,
  '!=': (left, right) => left !== right,
  '!==': (left, right) => left !== right,
  '<': (left, right) => left < right,
  '<=': (left, right) => left <= right,
  '>': (left, right) => left > right,
  '>=': (left, right) => left >= right,
};

const ALL_ONES = (1n << 64n) - 1n;

/** With these the result is known whatever the other operand is. */
const DECIDING: Readonly<Record<string, { readonly operand: bigint; readonly result: bigint }>> = {
  '&': { operand: 0n, result: 0n },
  '*': { operand: 0n, result: 0n },
  '|': { operand: ALL_ONES, result: ALL_ONES },
};

/** `boolean` for a comparison, `number` for arithmetic, undefined for what is no operator here. */
export function binaryType(operator: string): 'boolean' | 'number' | undefined {
  if (Object.hasOwn(COMPARISONS, operator)) return 'boolean';
  return Object.hasOwn(ARITHMETIC, operator) ? 'number' : undefined;
}

/** A comparison, looked up once; undefined for other operators. */
export function comparisonOf(
  operator: string,
): ((left: bigint, right: bigint) => boolean) | undefined {
  return Object.hasOwn(COMPARISONS, operator) ? COMPARISONS[operator] : undefined;
}

/** Applies a comparison or an arithmetic operator; not `&&` and `||`, which do not always need both operands. */
export function applyBinary(operator: string, left: EvalValue, right: EvalValue): EvalValue {
  const a = bigintOf(left);
  const b = bigintOf(right);
  if (a === undefined || b === undefined) {
    const deciding = DECIDING[operator];
    if (deciding && (a === deciding.operand || b === deciding.operand)) {
      return numberOf(deciding.result);
    }
    return firstUnknown(left, right);
  }
  const compare = COMPARISONS[operator];
  if (compare) return booleanOf(compare(a, b));
  const result = ARITHMETIC[operator]?.(a, b);
  return result === undefined
    ? unknown('it divides by zero')
    : numberOf(result, widest(left, right));
}

export function applyUnary(operator: string, argument: EvalValue): EvalValue {
  if (argument.kind === 'unknown') return argument;
  if (operator === '!') return booleanOf(truthOf(argument) === false);
  const value = bigintOf(argument) ?? 0n;
  if (operator === '~') return numberOf(~value);
  return numberOf(operator === '-' ? -value : value, widest(argument, argument));
}

/** A result is shown as wide as the wider operand: register & mask has 8 digits. */
function widest(left: EvalValue, right: EvalValue): number {
  const digits = (value: EvalValue) => (value.kind === 'number' ? value.digits : 1);
  return Math.max(digits(left), digits(right));
}
