import type { Fault, InterruptEvent, Submission, WorkBrief } from '../../emulator/index.ts';
import type { CompiledCondition, CompiledMessage } from '../expression/expression.ts';
import type { AccessMatcher } from '../patterns/access-range.ts';
import type { HitCondition } from '../patterns/hit-condition.ts';
import type { AccessFilter } from '../session.ts';
import type { WatchedTarget } from './watched-target.ts';

/** A breakpoint that can be hit. `record` to `submission`: what by; mostly one of them. */
export interface ArmedBreakpoint {
  readonly id: number;
  /** Equal for breakpoints that are hit at the same moments: place, access and condition. */
  readonly hitKey: string;
  readonly access: AccessFilter | 'change';
  readonly record?: number;
  readonly matcher?: AccessMatcher;
  readonly target?: WatchedTarget;
  /** Whether it is hit by a step of an engine's work. */
  readonly work?: (step: WorkBrief) => boolean;
  /** Whether it is hit by an interrupt. */
  readonly interrupt?: (event: InterruptEvent) => boolean;
  readonly fault?: (event: Fault) => boolean;
  readonly submission?: (event: Submission) => boolean;
  /** Where it stops nothing is said of it. */
  readonly silent?: boolean;
  /** What its target is called, for people. */
  readonly name: string;
  readonly condition?: CompiledCondition;
  readonly hit?: HitCondition;
  readonly message?: CompiledMessage;
}
