import { didYouMean } from '../patterns/suggest.ts';
import { atAccess } from './context.ts';
import { format } from './format.ts';
import { FUNCTION_NAMES, FUNCTION_ROWS, type FunctionName } from './function-names.ts';
import { compileMessage } from './message-parts.ts';
import { type CompileScope, compileNumeric, type ExpressionNode } from './node.ts';
import { type Syntax, SyntaxProblem } from './syntax.ts';
import {
  bigintOf,
  booleanOf,
  FALSE,
  firstUnknown,
  NOTHING,
  numberOf,
  TRUE,
  unknown,
} from './value.ts';

type Call = Syntax & { type: 'call' };
type Compiler = (scope: CompileScope, call: Call) => Omit<ExpressionNode, 'start' | 'end'>;

/** A call of one of the functions. */
export function compileCall(scope: CompileScope, call: Call): ExpressionNode {
  const row = FUNCTION_ROWS.find((each) => each.name === call.name);
  if (row === undefined) {
    const hint =
      didYouMean(call.name, FUNCTION_NAMES) || ` There are ${FUNCTION_NAMES.join(', ')}.`;
    throw new SyntaxProblem(`There is no function ${call.name}.${hint}`, call.start);
  }
  const wanted = row.name === 'bits' ? 3 : 1;
  if (call.arguments.length !== wanted) {
    throw new SyntaxProblem(`${row.name} is called as ${row.signature}.`, call.start);
  }
  return { ...COMPILERS[row.name](scope, call), start: call.start, end: call.end };
}

const COMPILERS: Readonly<Record<FunctionName, Compiler>> = {
  log: compileLog,
  changed: compileChanged,
  bits: compileBits,
  hex: (scope, call) => {
    const [value] = operands(scope, call);
    return {
      type: 'string',
      evaluate: (context) => {
        const result = value.evaluate(context);
        return result.kind === 'unknown'
          ? result
          : { kind: 'string', value: format(result, { base: 'x' }) };
      },
    };
  },
  known: (scope, call) => {
    const [value] = operands(scope, call);
    return {
      type: 'boolean',
      evaluate: (context) => booleanOf(value.evaluate(context).kind !== 'unknown'),
    };
  },
};

function compileLog(scope: CompileScope, call: Call): Omit<ExpressionNode, 'start' | 'end'> {
  const [text] = call.arguments;
  if (text?.type !== 'string') {
    throw new SyntaxProblem('log() takes text in quotes: log("tail {value}").', call.start);
  }
  const message = compileMessage(text.value, scope.compileText, text.start + 1);
  return {
    type: 'nothing',
    evaluate: (context) => {
      context.log?.(message(context));
      return NOTHING;
    },
  };
}

function compileChanged(scope: CompileScope, call: Call): Omit<ExpressionNode, 'start' | 'end'> {
  const [value] = operands(scope, call);
  return {
    type: 'boolean',
    evaluate: (context) => {
      if (context.access === undefined) return unknown('there is no access at this moment');
      const before = value.evaluate(atAccess(context, 'before'));
      const after = value.evaluate(atAccess(context, 'after'));
      const [a, b] = [bigintOf(before), bigintOf(after)];
      if (a === undefined || b === undefined) return firstUnknown(before, after);
      return a === b ? FALSE : TRUE;
    },
  };
}

function compileBits(scope: CompileScope, call: Call): Omit<ExpressionNode, 'start' | 'end'> {
  const [value, highNode, lowNode] = operands(scope, call);
  return {
    type: 'number',
    evaluate: (context) => {
      const whole = value.evaluate(context);
      const highest = highNode.evaluate(context);
      const lowest = lowNode.evaluate(context);
      const [number, high, low] = [bigintOf(whole), bigintOf(highest), bigintOf(lowest)];
      if (number === undefined || high === undefined || low === undefined) {
        return whole.kind === 'unknown' ? whole : firstUnknown(highest, lowest);
      }
      if (high > 63n || low > high)
        return unknown(`bits ${high} to ${low} are no bits of a number`);
      return numberOf(BigInt.asUintN(Number(high - low) + 1, number >> low));
    },
  };
}

/** The arguments as numbers; the count has been checked, so that all three stand for some. */
function operands(
  scope: CompileScope,
  call: Call,
): readonly [ExpressionNode, ExpressionNode, ExpressionNode] {
  const nodes = call.arguments.map((each) => compileNumeric(scope, each));
  const [first, second, third] = nodes;
  if (first === undefined) throw new SyntaxProblem(`${call.name}() needs a value.`, call.start);
  return [first, second ?? first, third ?? first];
}
