import type { DeviceModel } from '../../emulator/index.ts';
import {
  type Expectation,
  type ExpressionExpectation,
  expectationText,
  type MemoryExpectation,
} from '../../trace/index.ts';
import type { EventNames } from '../breakpoint/event-pattern.ts';
import type { EvaluationContext } from '../expression/context.ts';
import { compileExpression } from '../expression/expression.ts';
import { format } from '../expression/format.ts';
import { parse } from '../expression/parse.ts';
import { truthOf } from '../expression/value.ts';
import type { RegisterDirectory } from '../register-directory.ts';
import type { EventWindows } from './event-windows.ts';
import { judgeEvents } from './judge-events.ts';
import type { Judgement } from './scenario-result.ts';

/** What an expectation is judged by. */
export interface JudgeContext {
  readonly directory: RegisterDirectory;
  readonly names: EventNames;
  readonly device: DeviceModel;
  readonly windows: EventWindows;
  readonly evaluation: EvaluationContext;
}

/** Whether what a line `expect …` asks for is so now. */
export function judge(expectation: Expectation, context: JudgeContext): Judgement {
  switch (expectation.kind) {
    case 'event':
      return judgeEvents(expectation, context.windows, context.names);
    case 'memory':
      return judgeMemory(expectation, context.device);
    case 'expression':
      return judgeExpression(expectation, context);
  }
}

function judgeMemory(wanted: MemoryExpectation, device: DeviceModel): Judgement {
  let passed = true;
  let unknown = 0;
  const bytes = wanted.bytes.map((byte, i) => {
    if (byte === undefined) return undefined;
    const seen = device.peek(wanted.space, wanted.address + i, 1);
    if (!seen.known) unknown++;
    if (!seen.known || seen.low !== byte) passed = false;
    return seen.known ? seen.low : undefined;
  });
  return {
    passed,
    expected: expectationText(wanted),
    actual: expectationText({ ...wanted, bytes }),
    ...(unknown === 0 ? {} : { detail: `not known of them: ${unknown} (nothing has shown them)` }),
  };
}

function judgeExpression(
  { text }: ExpressionExpectation,
  { directory, evaluation }: JudgeContext,
): Judgement {
  const compiled = compileExpression(text, directory);
  if (!compiled.ok) {
    const where = `column ${compiled.column + 1}`;
    return {
      passed: false,
      expected: text,
      actual: `not understood: ${compiled.message} (${where})`,
    };
  }
  const value = compiled.evaluate(evaluation);
  const passed = truthOf(value) === true && compiled.type !== 'string';
  if (passed) return { passed, expected: text, actual: text };
  if (compiled.type === 'string' || compiled.type === 'nothing') {
    return { passed, expected: text, actual: 'not understood: neither true nor false' };
  }
  return {
    passed,
    expected: text,
    actual: sidesText(text, directory, evaluation) ?? format(value),
  };
}

const COMPARISONS = ['==', '!=', '<', '<=', '>', '>='];

/** What stands on the left of a comparison, with its value; undefined for other expressions. */
function sidesText(
  text: string,
  directory: RegisterDirectory,
  evaluation: EvaluationContext,
): string | undefined {
  // It compiled, so that it can be parsed; a format behind it (`,x`) is no part of a comparison.
  const syntax = /,\s*[xdbo]\s*$/.test(text) ? undefined : parse(text);
  if (syntax?.type !== 'binary' || !COMPARISONS.includes(syntax.operator)) return undefined;
  const side = (start: number, end: number) => {
    const source = text.slice(start, end).trim();
    const compiled = compileExpression(source, directory);
    const shown = compiled.ok ? compiled.format(compiled.evaluate(evaluation)) : undefined;
    return { source: /[&|^<>=!+*/%-]/.test(source) ? `(${source})` : source, shown };
  };
  const left = side(syntax.left.start, syntax.left.end);
  const right = side(syntax.right.start, syntax.right.end);
  if (left.shown === undefined) return undefined;
  if (syntax.operator === '==') return `${left.source} == ${left.shown}`;
  return `${left.source} is ${left.shown}, ${right.source} is ${right.shown ?? 'unknown'}`;
}
