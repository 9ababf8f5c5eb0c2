import type { EvaluationContext, FaultFacts } from './context.ts';
import { join } from './context.ts';
import { booleanOf, type EvalValue, numberOf, unknown } from './value.ts';

/** A name for something of the present access, fault or moment. */
export interface VariableRow {
  readonly name: string;
  readonly type: 'number' | 'boolean' | 'string';
  readonly description: string;
  readonly evaluate: (context: EvaluationContext) => EvalValue;
}

export const VARIABLE_ROWS: readonly VariableRow[] = [
  {
    name: 'value',
    type: 'number',
    description: 'what the access writes, or read when it was recorded; of a fault, its value',
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
    description: 'offset or address of the access, or of the fault',
    evaluate: ({ access, fault }) => {
      if (fault !== undefined) return numberOfFault(fault, 'address');
      return access ? numberOf(BigInt(access.offset)) : NO_ACCESS;
    },
  },
  {
    name: 'address',
    type: 'number',
    description: 'of a fault: its graphics or guest address, or its register’s offset',
    evaluate: ({ fault }) => (fault ? numberOfFault(fault, 'address') : NO_FAULT),
  },
  {
    name: 'check',
    type: 'string',
    description: 'of a fault: the id of its check, "read-only-write"',
    evaluate: ({ fault }) => (fault ? textOfFault(fault, 'check') : NO_FAULT),
  },
  {
    name: 'engine',
    type: 'string',
    description: 'of a fault: its engine, "RCS0"',
    evaluate: ({ fault }) => (fault ? textOfFault(fault, 'engine') : NO_FAULT),
  },
  {
    name: 'register',
    type: 'string',
    description: 'of a fault: its register’s name, "RCS0.RING_MODE"',
    evaluate: ({ fault }) => (fault ? textOfFault(fault, 'register') : NO_FAULT),
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

const NO_FAULT = unknown('only a fault has this');

function numberOfFault(fault: FaultFacts, which: 'address' | 'value'): EvalValue {
  const value = fault[which];
  return value === undefined
    ? unknown(`${fault.check} shows no ${which}`)
    : numberOf(BigInt(value));
}

/** Empty where the fault shows no such thing: it equals no name. */
function textOfFault(fault: FaultFacts, which: 'check' | 'engine' | 'register'): EvalValue {
  const value = fault[which];
  return { kind: 'string', value: value ?? '' };
}

const NO_ACCESS = unknown('there is no access at this moment');

function accessValue({ access, fault }: EvaluationContext, which: 'value' | 'old'): EvalValue {
  if (fault !== undefined && which === 'value') return numberOfFault(fault, 'value');
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
