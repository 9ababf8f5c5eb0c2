import { type EvaluationContext, split } from '../expression/context.ts';
import { compileExpression, type ExpressionError } from '../expression/expression.ts';
import { dataTargetOf, type Reference } from '../expression/reference.ts';
import type { EvalValue } from '../expression/value.ts';
import type { EvaluateView } from '../inspection.ts';
import type { RegisterDirectory } from '../register-directory.ts';
import type { RegisterViews } from './register-views.ts';

/** An expression's value now. Throws an Error with a sentence where it cannot be understood. */
export function evaluateView(
  expression: string,
  directory: RegisterDirectory,
  registers: RegisterViews,
  context: EvaluationContext,
): EvaluateView {
  const compiled = compileExpression(expression, directory);
  if (!compiled.ok) throw new Error(expressionText(compiled));
  const logs: string[] = [];
  const logging = { ...context, log: (text: string) => logs.push(text) };
  const value = compiled.evaluate(logging);
  const text = [...logs, compiled.format(value)].filter((part) => part !== '').join('\n');
  const reference = compiled.reference(context);
  const place =
    reference === undefined || 'kind' in reference ? {} : placeViews(reference, registers);
  return { ...valueView(value), text, ...place };
}

/** An expression that is longer is not repeated in full in a message. */
const MOST_SHOWN = 100;

/** What is wrong and where: `Nothing is called RCS. (RCS.X, column 1)`. */
export function expressionText({ text, message, column }: ExpressionError): string {
  const shown = text.length > MOST_SHOWN ? `${text.slice(0, MOST_SHOWN)}…` : text;
  return `${message} (${shown}, column ${column + 1})`;
}

function valueView(value: EvalValue): Pick<EvaluateView, 'value' | 'type'> {
  switch (value.kind) {
    case 'number':
      return { value: split(value.value), type: 'number' };
    case 'boolean':
      return { value: split(value.value ? 1n : 0n), type: 'boolean' };
    case 'unknown':
      return { value: { low: 0, high: 0, known: false }, type: 'unknown' };
    default:
      return { type: 'string' };
  }
}

function placeViews(
  reference: Reference,
  registers: RegisterViews,
): Pick<EvaluateView, 'register' | 'memory' | 'target'> {
  const { space, address, info, bits } = reference;
  const register = info !== undefined && bits === undefined ? registers.at(address) : undefined;
  const target = dataTargetOf(reference);
  return {
    ...(register === undefined ? {} : { register }),
    ...(space === 'io' ? {} : { memory: { space, address } }),
    ...(target === undefined ? {} : { target }),
  };
}
