import type { RegisterDirectory } from '../register-directory.ts';
import type { EvaluationContext } from './context.ts';
import { compileMessage } from './message-parts.ts';
import type { FormattedNode } from './node.ts';
import type { Reference } from './reference.ts';
import { SyntaxProblem } from './syntax.ts';
import { type EvalUnknown, type EvalValue, truthOf } from './value.ts';
import { compileWithFormat } from './with-format.ts';

/** An expression that can be evaluated as often as needed. */
export interface CompiledExpression {
  readonly ok: true;
  readonly text: string;
  /** `nothing` for a log, which has no value. */
  readonly type: 'number' | 'boolean' | 'string' | 'nothing';
  evaluate(context: EvaluationContext): EvalValue;
  /** The value for people, with the name the table has for it, in the base that `,x ,d ,b ,o` asks for. */
  format(value: EvalValue): string;
  /**
   * The place that it names, for watching and changing: undefined for what is no place (`X + 1`), unknown where
   * its address is.
   */
  reference(context: EvaluationContext): Reference | EvalUnknown | undefined;
}

export interface ExpressionError {
  readonly ok: false;
  readonly text: string;
  /** What is wrong and what may have been meant, a sentence. */
  readonly message: string;
  /** 0-based place in the text. */
  readonly column: number;
}

/** Compiles an expression of the debugger: registers, fields, memory, page-table entries, the present access. */
export function compileExpression(
  text: string,
  directory: RegisterDirectory,
): CompiledExpression | ExpressionError {
  return guarded(text, () => {
    const node = compileWithFormat(text, directory);
    return {
      ok: true,
      text,
      type: node.type,
      evaluate: node.evaluate,
      format: node.format,
      reference: (context) => node.refer?.(context),
    };
  });
}

/** An expression that decides whether to stop. */
export interface CompiledCondition {
  readonly ok: true;
  readonly text: string;
  /** Whether it stops; `why` where that cannot be known, and then it stops. Logs on the way. */
  check(context: EvaluationContext): { readonly stop: boolean; readonly why?: string };
}

/** Compiles a breakpoint's condition. Text is none: a name in quotes was probably meant to be logged. */
export function compileCondition(
  text: string,
  directory: RegisterDirectory,
): CompiledCondition | ExpressionError {
  return guarded(text, () => {
    const node = compileWithFormat(text, directory);
    refuseText(node);
    return {
      ok: true,
      text,
      check: (context) => {
        const value = node.evaluate(context);
        if (value.kind !== 'unknown') return { stop: truthOf(value) === true };
        return { stop: true, why: `The condition ${text} is not known: ${value.why}.` };
      },
    };
  });
}

/** A log message with `{expression}` in it. */
export interface CompiledMessage {
  readonly ok: true;
  readonly text: string;
  format(context: EvaluationContext): string;
}

export function compileLogMessage(
  text: string,
  directory: RegisterDirectory,
): CompiledMessage | ExpressionError {
  return guarded(text, () => ({
    ok: true,
    text,
    format: compileMessage(text, (inner) => compileWithFormat(inner, directory), 0),
  }));
}

function refuseText(node: FormattedNode): void {
  if (node.type === 'string') {
    throw new SyntaxProblem('A condition is true or false, not text; log("…") logs.', node.start);
  }
}

/** Problems become results here: nothing that is typed may throw. */
function guarded<T extends { readonly ok: true }>(
  text: string,
  compile: () => T,
): T | ExpressionError {
  try {
    return compile();
  } catch (error) {
    if (!(error instanceof SyntaxProblem)) throw error;
    const column = Math.max(0, Math.min(error.column, text.length));
    return { ok: false, text, message: error.message, column };
  }
}
