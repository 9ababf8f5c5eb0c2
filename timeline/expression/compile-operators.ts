import type { RegisterField } from '../register-directory.ts';
import type { EvaluationContext } from './context.ts';
import { type CompileScope, compileNumeric, type ExpressionNode } from './node.ts';
import { applyBinary, applyUnary, binaryType, comparisonOf } from './operators.ts';
import { type Syntax, SyntaxProblem } from './syntax.ts';
import {
  booleanOf,
  type EvalValue,
  FALSE,
  firstUnknown,
  numberOf,
  TRUE,
  truthOf,
} from './value.ts';

export function compileUnary(
  scope: CompileScope,
  syntax: Syntax & { type: 'unary' },
): ExpressionNode {
  const { operator, start, end } = syntax;
  const argument = compileNumeric(scope, syntax.argument);
  return {
    start,
    end,
    type: operator === '!' ? 'boolean' : 'number',
    evaluate: (context) => applyUnary(operator, argument.evaluate(context)),
  };
}

export function compileBinary(
  scope: CompileScope,
  syntax: Syntax & { type: 'binary' },
): ExpressionNode {
  const { operator, start, end } = syntax;
  if (operator === '&&' || operator === '||') return compileLogical(scope, syntax);
  const text = compileTextComparison(scope, syntax);
  if (text !== undefined) return text;
  const type = binaryType(operator);
  if (type === undefined) throw new SyntaxProblem(`There is no operator ${operator}.`, start);
  const [left, right] = operands(scope, syntax, type === 'boolean');
  const compare = comparisonOf(operator);
  const evaluate = (context: EvaluationContext): EvalValue => {
    const [a, b] = [left.evaluate(context), right.evaluate(context)];
    // Breakpoints' conditions are mostly these.
    if (compare !== undefined && a.kind === 'number' && b.kind === 'number') {
      return booleanOf(compare(a.value, b.value));
    }
    return applyBinary(operator, a, b);
  };
  return { start, end, type, evaluate };
}

export function compileConditional(
  scope: CompileScope,
  syntax: Syntax & { type: 'conditional' },
): ExpressionNode {
  const test = compileNumeric(scope, syntax.test);
  const consequent = scope.compile(syntax.consequent);
  const alternate = scope.compile(syntax.alternate);
  if (consequent.type !== alternate.type) {
    const message = `One side of "?:" is a ${consequent.type}, the other a ${alternate.type}.`;
    throw new SyntaxProblem(message, syntax.start);
  }
  return {
    start: syntax.start,
    end: syntax.end,
    type: consequent.type,
    evaluate: (context) => {
      const value = test.evaluate(context);
      if (value.kind === 'unknown') return value;
      return (truthOf(value) ? consequent : alternate).evaluate(context);
    },
  };
}

/** `false && unknown` is false and `true || unknown` true; the right side runs only where it is needed. */
function compileLogical(scope: CompileScope, syntax: Syntax & { type: 'binary' }): ExpressionNode {
  const { start, end } = syntax;
  const left = compileCondition(scope, syntax.left);
  const right = compileCondition(scope, syntax.right);
  const deciding = syntax.operator === '||';
  return {
    start,
    end,
    type: 'boolean',
    evaluate: (context) => {
      const first = left.evaluate(context);
      if (truthOf(first) === deciding) return booleanOf(deciding);
      // Whether to log is not known: nothing is logged, and the condition as a whole is unknown.
      if (first.kind === 'unknown' && right.type === 'nothing') return first;
      return combine(first, right.evaluate(context), deciding);
    },
  };
}

function combine(first: EvalValue, second: EvalValue, deciding: boolean): EvalValue {
  const truth = truthOf(second);
  if (truth === deciding) return deciding ? TRUE : FALSE;
  if (first.kind === 'unknown') return first;
  return truth === undefined ? second : booleanOf(!deciding);
}

function compileCondition(scope: CompileScope, syntax: Syntax): ExpressionNode {
  const node = scope.compile(syntax);
  if (node.type === 'string') {
    throw new SyntaxProblem('A condition is needed here, not text.', syntax.start);
  }
  return node;
}

/** A name for text may be compared with text, letter case aside: `engine == "RCS0"`. */
function compileTextComparison(
  scope: CompileScope,
  { operator, left, right, start, end }: Syntax & { type: 'binary' },
): ExpressionNode | undefined {
  const wanted = EQUALITIES[operator];
  if (wanted === undefined || (left.type !== 'path' && right.type !== 'path')) return undefined;
  const [one, other] = [scope.compile(left), scope.compile(right)];
  if (one.type !== 'string' || other.type !== 'string') return undefined;
  return {
    start,
    end,
    type: 'boolean',
    evaluate: (context) => {
      const [a, b] = [one.evaluate(context), other.evaluate(context)];
      if (a.kind !== 'string' || b.kind !== 'string') return firstUnknown(a, b);
      return booleanOf((a.value.toLowerCase() === b.value.toLowerCase()) === wanted);
    },
  };
}

const EQUALITIES: Readonly<Record<string, boolean>> = {
  '==': true,
  '===': true,
  '!=': false,
  '!==': false,
};

/** A field may be compared with the name of one of its values: `X.mode == "running"`. */
function operands(
  scope: CompileScope,
  { left, right, operator }: Syntax & { type: 'binary' },
  comparison: boolean,
): readonly [ExpressionNode, ExpressionNode] {
  const equality = comparison && !/[<>]/.test(operator);
  if (equality && right.type === 'string') {
    const place = compileNumeric(scope, left);
    return [place, meaningNode(place.field, right)];
  }
  if (equality && left.type === 'string') {
    const place = compileNumeric(scope, right);
    return [meaningNode(place.field, left), place];
  }
  return [compileNumeric(scope, left), compileNumeric(scope, right)];
}

function meaningNode(
  field: RegisterField | undefined,
  syntax: Syntax & { type: 'string' },
): ExpressionNode {
  const values = Object.entries(field?.values ?? {});
  if (field === undefined || values.length === 0) {
    throw new SyntaxProblem('Only fields whose values have names compare with text.', syntax.start);
  }
  const found = values.find(([, name]) => name.toLowerCase() === syntax.value.toLowerCase());
  if (found === undefined) {
    const names = values.map(([, name]) => `"${name}"`).join(', ');
    throw new SyntaxProblem(`${field.name} is one of ${names}.`, syntax.start);
  }
  const value = numberOf(BigInt(found[0]) << BigInt(field.shift ?? 0));
  return { start: syntax.start, end: syntax.end, type: 'number', evaluate: () => value };
}
