import { type Core, fault } from './core.ts';

/** Why a vGPU stops interpreting what its guest does (gvt-facts §2.4), by reason code. */
export const FAILSAFE_REASONS = [
  'unsupported guest: it never read PVINFO',
  'insufficient resource',
  'guest error: illegal command stream',
] as const;

/** Only a full device-model reset leaves failsafe mode. The first reason stands. */
export function enterFailsafe(core: Core, reason: 0 | 1 | 2, message: string): void {
  if (core.state.failsafe >= 0) return;
  core.state.failsafe = reason;
  fault(core, 'failsafe', () => `${FAILSAFE_REASONS[reason]}: ${message}`);
}
