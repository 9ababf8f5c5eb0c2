import type { TraceStore } from '../../trace/index.ts';
import { configRegisterAt } from '../config-registers.ts';
import type { DataTarget } from '../data-target.ts';
import {
  compileCondition,
  compileLogMessage,
  type ExpressionError,
} from '../expression/expression.ts';
import { compilePattern } from '../patterns/access-pattern.ts';
import { parseHitCondition } from '../patterns/hit-condition.ts';
import { dwordName, hex, REGISTER_BYTES, type RegisterDirectory } from '../register-directory.ts';
import type { Breakpoint, BreakpointStatus } from '../session.ts';
import type { ArmedBreakpoint } from './armed-breakpoint.ts';
import { targetProblem, WatchedTarget } from './watched-target.ts';

export interface CompiledBreakpoint {
  readonly status: BreakpointStatus;
  /** Absent where it cannot be hit; the status says why. */
  readonly armed?: ArmedBreakpoint;
}

/** What a breakpoint's place comes to. */
type Place = Pick<ArmedBreakpoint, 'record' | 'matcher' | 'target' | 'access' | 'name'>;

export function compileBreakpoint(
  breakpoint: Breakpoint,
  directory: RegisterDirectory,
  store: TraceStore,
): CompiledBreakpoint {
  const { id } = breakpoint;
  const place = compilePlace(breakpoint, directory, store);
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

interface Problem {
  readonly problem: string;
}

function compilePlace(
  { place }: Breakpoint,
  directory: RegisterDirectory,
  store: TraceStore,
): { readonly place: Place; readonly message: string } | Problem {
  switch (place.kind) {
    case 'record': {
      const { record } = place;
      if (!Number.isInteger(record) || record < 0 || record >= store.length) {
        return { problem: `There is no record ${record}: the trace has ${store.length}.` };
      }
      const name = `record ${record}`;
      return { place: { record, access: 'readWrite', name }, message: name };
    }
    case 'register': {
      const pattern = compilePattern(place.pattern, directory);
      if (!pattern.ok) return { problem: pattern.message };
      const { matcher, explanation } = pattern;
      return {
        place: { matcher, access: place.access, name: place.pattern },
        message: explanation,
      };
    }
    case 'data': {
      const problem = targetProblem(place.target);
      if (problem !== undefined) return { problem };
      const name = targetName(place.target, directory);
      const target = new WatchedTarget(place.target);
      return { place: { target, access: place.access, name }, message: name };
    }
  }
}

function compileExtras(
  { condition, hitCondition, logMessage }: Breakpoint,
  directory: RegisterDirectory,
): Pick<ArmedBreakpoint, 'condition' | 'hit' | 'message'> | Problem {
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

/** `RCS0.RING_CTL.enable`, `ggtt[0x1000]`, `config COMMAND`, `memory 0x2000, 4 bytes`. */
export function targetName(target: DataTarget, directory: RegisterDirectory): string {
  const { space, address, size, bits } = target;
  const suffix = bits === undefined ? '' : `[${bits.high}:${bits.low}]`;
  switch (space) {
    case 'mmio': {
      const info = address < REGISTER_BYTES ? directory.at(address) : undefined;
      if (info === undefined) return `mmio ${hex(address)}${suffix}`;
      const field = info.fields.find((each) => each.low === bits?.low && each.high === bits.high);
      const name = dwordName(info, address);
      return field === undefined ? `${name}${suffix}` : `${name}.${field.name}`;
    }
    case 'ggtt':
      return `ggtt[${hex(address)}]${suffix}`;
    case 'config':
      return `config ${configRegisterAt(address)?.name ?? hex(address, 2)}${suffix}`;
    case 'memory':
      return `memory ${hex(address)}, ${size} bytes${suffix}`;
  }
}
