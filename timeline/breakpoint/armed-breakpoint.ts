import type { CompiledCondition, CompiledMessage } from '../expression/expression.ts';
import type { AccessMatcher } from '../patterns/access-range.ts';
import type { HitCondition } from '../patterns/hit-condition.ts';
import type { AccessFilter } from '../session.ts';
import type { WatchedTarget } from './watched-target.ts';

/** A breakpoint that can be hit. One of `record`, `matcher` and `target` is set: where it is. */
export interface ArmedBreakpoint {
  readonly id: number;
  /** Equal for breakpoints that are hit at the same records: place, access and condition. */
  readonly hitKey: string;
  readonly access: AccessFilter | 'change';
  readonly record?: number;
  readonly matcher?: AccessMatcher;
  readonly target?: WatchedTarget;
  /** What its target is called, for people. */
  readonly name: string;
  readonly condition?: CompiledCondition;
  readonly hit?: HitCondition;
  readonly message?: CompiledMessage;
}
