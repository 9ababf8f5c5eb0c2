import type { RegisterDirectory, RegisterField, RegisterInfo } from '../register-directory.ts';
import type { EvaluationContext } from './context.ts';
import { type Reference, readReference } from './reference.ts';
import { type Span, type Syntax, SyntaxProblem } from './syntax.ts';
import { type EvalUnknown, type EvalValue, unknown } from './value.ts';

/** A part of a compiled expression: everything that can be known before it runs has been checked. */
export interface ExpressionNode extends Span {
  readonly type: 'number' | 'boolean' | 'string' | 'nothing';
  readonly evaluate: (context: EvaluationContext) => EvalValue;
  /** Where it stands, for what is a place. Its address may depend on the moment. */
  readonly refer?: (context: EvaluationContext) => Reference | EvalUnknown;
  /** Names of its values and of its parts. */
  readonly field?: RegisterField;
  readonly fields?: readonly RegisterField[];
  readonly info?: RegisterInfo;
  /** Set for numbers written out. */
  readonly constant?: bigint;
}

/** Compiles an expression that is text of its own, with its format. Throws SyntaxProblem. */
export type CompileText = (text: string) => FormattedNode;

export interface FormattedNode extends ExpressionNode {
  readonly format: (value: EvalValue) => string;
}

export interface CompileScope {
  readonly directory: RegisterDirectory;
  compile(syntax: Syntax): ExpressionNode;
  /** Compiles what stands in the braces of a log's text. */
  readonly compileText: CompileText;
}

/** A node that reads a place. */
export function placeNode(
  span: Span,
  refer: (context: EvaluationContext) => Reference | EvalUnknown,
  names: Pick<ExpressionNode, 'field' | 'fields' | 'info'> = {},
): ExpressionNode {
  return {
    ...names,
    start: span.start,
    end: span.end,
    type: 'number',
    refer,
    evaluate: (context) => {
      const reference = refer(context);
      return 'kind' in reference ? reference : readReference(reference, context);
    },
  };
}

/** A node for a field of the place that `refer` gives. */
export function fieldNode(
  span: Span,
  refer: (context: EvaluationContext) => Reference | EvalUnknown,
  field: RegisterField,
): ExpressionNode {
  return placeNode(
    span,
    (context) => {
      const whole = refer(context);
      return 'kind' in whole ? whole : fieldReference(whole, field);
    },
    { field },
  );
}

function fieldReference(whole: Reference, field: RegisterField): Reference {
  return {
    ...whole,
    name: `${whole.name}.${field.name}`,
    bits: { low: field.low, high: field.high },
    shift: field.shift ?? 0,
  };
}

/** Compiles an operand that must be a number or boolean. */
export function compileNumeric(scope: CompileScope, syntax: Syntax): ExpressionNode {
  const node = scope.compile(syntax);
  if (node.type === 'string') {
    throw new SyntaxProblem('A number is needed here, not text.', syntax.start);
  }
  if (node.type === 'nothing') {
    throw new SyntaxProblem('log() has no value that could be used here.', syntax.start);
  }
  return node;
}

/** A bit position or the like that must be written out. */
export function compileConstant(scope: CompileScope, syntax: Syntax, limit: number): number {
  const { constant } = compileNumeric(scope, syntax);
  if (constant === undefined) {
    const message =
      'Bit positions are written out: X[7:4]; for others there is bits(X, high, low).';
    throw new SyntaxProblem(message, syntax.start);
  }
  if (constant >= BigInt(limit)) {
    throw new SyntaxProblem(`Bits go from 0 to ${limit - 1} here.`, syntax.start);
  }
  return Number(constant);
}

export const OUT_OF_RANGE = (name: string): EvalUnknown => unknown(`${name} is outside its space`);
