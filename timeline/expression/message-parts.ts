import type { EvaluationContext } from './context.ts';
import type { CompileText } from './node.ts';
import { SyntaxProblem } from './syntax.ts';

/**
 * A text with `{expression}` in it, compiled; `{{` and `}}` stand for the braces themselves. Throws SyntaxProblem
 * with a column in the text, `column` of which stand before it.
 */
export function compileMessage(
  text: string,
  compileText: CompileText,
  column: number,
): (context: EvaluationContext) => string {
  const parts: ((context: EvaluationContext) => string)[] = [];
  let plain = '';
  for (let at = 0; at < text.length; at++) {
    const char = text[at] ?? '';
    if ((char === '{' || char === '}') && text[at + 1] === char) {
      plain += char;
      at++;
      continue;
    }
    if (char !== '{') {
      plain += char;
      continue;
    }
    const end = text.indexOf('}', at);
    if (end < 0) throw new SyntaxProblem('After "{" a "}" is missing.', column + at);
    const before = plain;
    const filled = compileBraces(text.slice(at + 1, end), compileText, column + at + 1);
    parts.push((context) => before + filled(context));
    plain = '';
    at = end;
  }
  const rest = plain;
  return (context) => parts.map((part) => part(context)).join('') + rest;
}

function compileBraces(
  text: string,
  compileText: CompileText,
  column: number,
): (context: EvaluationContext) => string {
  try {
    const { evaluate, format } = compileText(text);
    return (context) => format(evaluate(context));
  } catch (error) {
    if (error instanceof SyntaxProblem) {
      throw new SyntaxProblem(error.message, error.column + column);
    }
    throw error;
  }
}
