import type { EvaluationContext } from './context.ts';
import { join } from './context.ts';
import { booleanOf, type EvalValue, numberOf, unknown } from './value.ts';

/** A name for something of the present access or moment. */
export interface VariableRow {
  readonly name: string;
  readonly type: 'number' | 'boolean';
  readonly description: string;
  readonly evaluate: (context: EvaluationContext) => EvalValue;
}

export const VARIABLE_ROWS: readonly VariableRow[] = [
  {
    name: 'value',
    type: 'number',
    description: 'what the access writes, or read when it was recorded',
    evaluate: (context) => accessValue(context, 'value'),
  },
  {
    name: 'old',
    type: 'number',
    description: 'what its place held before',
    evaluate: (context) => accessValue(context, 'old'),
  },
  {
    name: 'offset',
    type: 'number',
    description: 'offset or address of the access',
    evaluate: ({ access }) => (access ? numberOf(BigInt(access.offset)) : NO_ACCESS),
  },
  {
    name: 'size',
    type: 'number',
    description: 'bytes of the access',
    evaluate: ({ access }) => (access ? numberOf(BigInt(access.size)) : NO_ACCESS),
  },
  {
    name: 'read',
    type: 'boolean',
    description: 'whether the access is a read',
    evaluate: ({ access }) => (access ? booleanOf(access.direction === 'read') : NO_ACCESS),
  },
  {
    name: 'write',
    type: 'boolean',
    description: 'whether the access is a write',
    evaluate: ({ access }) => (access ? booleanOf(access.direction === 'write') : NO_ACCESS),
  },
  {
    name: 'record',
    type: 'number',
    description: 'number of the record',
    evaluate: ({ record }) => decimal(record),
  },
  {
    name: 'time',
    type: 'number',
    description: "nanoseconds since the recording's zero",
    evaluate: ({ timeNs }) => decimal(timeNs),
  },
];

export function variableNamed(name: string): VariableRow | undefined {
  return VARIABLE_ROWS.find((row) => row.name === name);
}

const NO_ACCESS = unknown('there is no access at this moment');

function accessValue({ access }: EvaluationContext, which: 'value' | 'old'): EvalValue {
  if (access === undefined) return NO_ACCESS;
  const value = access[which];
  return value.known
    ? numberOf(join(value), access.size * 2)
    : unknown(`the access's ${which} is not known`);
}

function decimal(value: number): EvalValue {
  return {
    kind: 'number',
    value: BigInt.asUintN(64, BigInt(Math.trunc(value))),
    digits: 1,
    decimal: true,
  };
}
