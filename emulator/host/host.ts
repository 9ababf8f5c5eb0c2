import type { Core } from '../core.ts';
import type { RegisterFile } from '../mmio/register-file.ts';
import type { HostConfig } from './host-config.ts';
import type { HostListener } from './host-events.ts';
import type { HostState, VgpuRecord } from './host-state.ts';
import type { HostedVgpu } from './hosted-vgpu.ts';
import type { Hypervisor } from './hypervisor/hypervisor.ts';
import type { Party, SwitchContext } from './render-switch.ts';

/** A host GPU as its parts see it: functions over this, that hold no state of their own. */
export interface Host {
  readonly config: HostConfig;
  /** Registers of the physical GPU, which are the host's own while no vGPU has them. */
  readonly hardware: RegisterFile;
  readonly hypervisor: Hypervisor | undefined;
  /** By id. Which there are follows from the state. */
  readonly devices: Map<number, HostedVgpu>;
  state: HostState;
  listener: HostListener | undefined;
}

export function recordOf(host: Host, id: number): VgpuRecord | undefined {
  return host.state.vgpus.find((record) => record.id === id);
}

export function coreOf(host: Host, id: number): Core | undefined {
  return host.devices.get(id)?.vgpu.core;
}

export function partyOf(host: Host, id: number): Party {
  const core = coreOf(host, id);
  return core === undefined ? { id: 0 } : { id, core };
}

export function switchContext({ hardware, state, listener }: Host): SwitchContext {
  return { hardware, hostValues: state.hostValues, listener };
}
