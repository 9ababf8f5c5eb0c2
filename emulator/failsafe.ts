import { type Core, fault } from './core.ts';
import type { Evidence } from './evidence.ts';

/** Why a vGPU stops interpreting what its guest does (gvt-facts §2.4), by reason code. */
export const FAILSAFE_REASONS = [
  'unsupported guest',
  'insufficient resource',
  'guest error: illegal command stream',
] as const;

/** Only a full device-model reset leaves failsafe mode. The first reason stands. False where it has been entered before. */
function enter(core: Core, reason: 0 | 1 | 2): boolean {
  if (core.state.failsafe >= 0) return false;
  core.state.failsafe = reason;
  return true;
}

/** Reason 0: the guest does something that only a guest that knows of GVT-g may do, or that none may. */
export function refuseGuest(
  core: Core,
  message: string,
  evidence: Evidence & { readonly register: number },
): void {
  if (enter(core, 0)) fault(core, 'failsafe-unsupported', () => withReason(0, message), evidence);
}

/** Reason 1: the guest says that it lacks memory or fences. */
export function lacksResource(core: Core, message: string, register: number, value: number): void {
  if (!enter(core, 1)) return;
  fault(core, 'failsafe-resource', () => withReason(1, message), { register, value });
}

/** Reason 2: commands that GVT-g must not let run. */
export function refuseCommands(
  core: Core,
  message: string,
  evidence: Evidence & Required<Pick<Evidence, 'engine' | 'graphics' | 'dwords'>>,
): void {
  if (enter(core, 2)) fault(core, 'failsafe-guest-error', () => withReason(2, message), evidence);
}

function withReason(reason: 0 | 1 | 2, message: string): string {
  return `${FAILSAFE_REASONS[reason]}: ${message}`;
}
