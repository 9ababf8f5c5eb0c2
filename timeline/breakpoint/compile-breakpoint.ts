import type { TraceStore } from '../../trace/index.ts';
import {
  compileCondition,
  compileLogMessage,
  type ExpressionError,
} from '../expression/expression.ts';
import { parseHitCondition } from '../patterns/hit-condition.ts';
import type { RegisterDirectory } from '../register-directory.ts';
import type { Breakpoint, BreakpointStatus } from '../session.ts';
import type { ArmedBreakpoint } from './armed-breakpoint.ts';
import { compilePlace, type PlaceProblem } from './compile-place.ts';
import type { EventNames } from './event-pattern.ts';

export interface CompiledBreakpoint {
  readonly status: BreakpointStatus;
  /** Absent where it cannot be hit; the status says why. */
  readonly armed?: ArmedBreakpoint;
}

export function compileBreakpoint(
  breakpoint: Breakpoint,
  directory: RegisterDirectory,
  store: TraceStore,
  events: EventNames,
): CompiledBreakpoint {
  const { id } = breakpoint;
  const place = compilePlace(breakpoint.place, { directory, events }, store);
  if ('problem' in place) return failed(id, place.problem);
  const extras = compileExtras(breakpoint, directory);
  if ('problem' in extras) return failed(id, extras.problem);
  const hitKey = JSON.stringify([breakpoint.place, breakpoint.condition ?? '']);
  return {
    status: { id, verified: true, message: place.message },
    armed: { id, hitKey, ...place.place, ...extras },
  };
}

function failed(id: number, message: string): CompiledBreakpoint {
  return { status: { id, verified: false, message } };
}

function compileExtras(
  { condition, hitCondition, logMessage }: Breakpoint,
  directory: RegisterDirectory,
): Pick<ArmedBreakpoint, 'condition' | 'hit' | 'message'> | PlaceProblem {
  const extras: { -readonly [K in 'condition' | 'hit' | 'message']?: ArmedBreakpoint[K] } = {};
  if (isGiven(condition)) {
    const compiled = compileCondition(condition, directory);
    if (!compiled.ok) return { problem: expressionProblem('condition', compiled) };
    extras.condition = compiled;
  }
  if (isGiven(hitCondition)) {
    const compiled = parseHitCondition(hitCondition);
    if (!compiled.ok) return { problem: compiled.message };
    extras.hit = compiled;
  }
  if (isGiven(logMessage)) {
    const compiled = compileLogMessage(logMessage, directory);
    if (!compiled.ok) return { problem: expressionProblem('log message', compiled) };
    extras.message = compiled;
  }
  return extras;
}

/** Editors send empty texts for what was left out. */
function isGiven(text: string | undefined): text is string {
  return text !== undefined && text.trim() !== '';
}

function expressionProblem(what: string, error: ExpressionError): string {
  return `In the ${what}, column ${error.column + 1}: ${error.message}`;
}
