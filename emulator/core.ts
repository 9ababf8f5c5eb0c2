import type { CheckId, EvidenceOf } from './checks.ts';
import type { DeviceListener } from './device-model.ts';
import { placeOf } from './evidence.ts';
import type { RegisterFile } from './mmio/register-file.ts';
import type { DeviceServices } from './services.ts';
import type { GuestMemory } from './state/guest-memory.ts';
import type { PagedWords } from './state/paged-words.ts';
import type { VgpuConfig } from './vgpu-config.ts';
import type { AlarmName, VgpuState } from './vgpu-state.ts';

/**
 * One vGPU as its blocks see it. Blocks are functions over this: they hold no state of their own, so that saving
 * and restoring `registers`, `ggtt`, `memory` and `state` restores everything.
 */
export interface Core {
  readonly config: VgpuConfig;
  readonly registers: RegisterFile;
  /** Guest's view of the GGTT: two words an entry, low half first. */
  readonly ggtt: PagedWords;
  readonly memory: GuestMemory;
  /** Small plain data; replaced as a whole by a restore. */
  state: VgpuState;
  listener: DeviceListener | undefined;
  /** The hypervisor that runs the guest; undefined where there is only a recording. */
  services: DeviceServices | undefined;
  /** Whether an engine, by its number in the platform's table, is this vGPU's now; absent where it has the GPU to itself. */
  ownsEngine?: (index: number) => boolean;
  /** Of several guests on one host: which, for events that do not show it otherwise. */
  whose?: number;
}

/** Reports a broken rule. Costs one test when nobody listens; build long messages lazily. */
export function fault<C extends CheckId>(
  core: Core,
  check: C,
  message: () => string,
  evidence: EvidenceOf<C>,
): void {
  if (!core.listener?.fault) return;
  const address = placeOf(evidence);
  core.listener.fault({
    ...evidence,
    check,
    message: message(),
    ...(address === undefined ? {} : { address }),
    ...whoseOf(core),
  });
}

export function whoseOf({ whose }: Core): { readonly whose?: number } {
  return whose === undefined ? {} : { whose };
}

/** Queues an alarm at `at` nanoseconds of device time, behind those already due then. */
export function setAlarm(core: Core, name: AlarmName, at: number, argument: number): void {
  const alarms = core.state.alarms;
  let place = alarms.length;
  while (place > 0 && (alarms[place - 1]?.at ?? 0) > at) place--;
  alarms.splice(place, 0, { name, at, argument });
}

export function clearAlarms(core: Core, name: AlarmName, argument: number): void {
  core.state.alarms = core.state.alarms.filter(
    (alarm) => alarm.name !== name || alarm.argument !== argument,
  );
}

/** A hexadecimal number for messages: `0x1f`. */
export function hex(value: number): string {
  return `0x${value.toString(16)}`;
}
