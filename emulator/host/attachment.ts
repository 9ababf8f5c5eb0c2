import { whoseOf } from '../core.ts';
import { setGate } from '../engine/pace.ts';
import { announceWindows } from '../pci/memory-decode.ts';
import { coreOf, type Host, recordOf } from './host.ts';
import { ERRNO, type HostProblem, isProblem } from './host-problem.ts';
import type { VgpuRecord } from './host-state.ts';
import type { HostedVgpu } from './hosted-vgpu.ts';
import type { GuestDevice } from './hypervisor/domain.ts';
import { releaseEngines } from './ownership.ts';
import { startScheduling, stopScheduling } from './scheduler.ts';

/** Opens the device for a VM: one vGPU a VM, and from now on it is scheduled (gvt-facts §12.2). */
export function attachVgpu(host: Host, id: number, domid: number): HostProblem | undefined {
  const record = recordOf(host, id);
  const device = host.devices.get(id);
  if (!record || !device) return { errno: ERRNO.noDevice, problem: `There is no vGPU ${id}.` };
  if (domid <= 0) return { errno: ERRNO.invalid, problem: 'Domain 0 is the host.' };
  const holder = host.state.vgpus.find((each) => each.domid === domid);
  if (holder || record.domid >= 0) {
    const problem = holder
      ? `Domain ${domid} has vGPU ${holder.id} already.`
      : `vGPU ${id} is in domain ${record.domid} already.`;
    return { errno: ERRNO.exists, problem };
  }
  const services = host.hypervisor?.attach(domid, guestDevice(device));
  if (services !== undefined) {
    if (isProblem(services)) return services;
    device.vgpu.attachServices(services);
    announceWindows(device.vgpu.core);
  }
  record.domid = domid;
  record.active = true;
  if (host.config.scheduling === 'sliced') {
    startScheduling(host.state.scheduler, id, record.weight, host.state.now);
  }
  return undefined;
}

/** Closes it: it is not scheduled any more, and nothing of it reaches the VM. */
export function detachVgpu(host: Host, id: number): void {
  const record = recordOf(host, id);
  if (!record || record.domid < 0) return;
  stopScheduling(host.state.scheduler, id, host.state.now);
  const core = coreOf(host, id);
  if (core && host.config.scheduling === 'sliced') setGate(core, 'closed');
  releaseEngines(host, id);
  host.hypervisor?.detach(record.domid);
  host.devices.get(id)?.vgpu.attachServices(undefined);
  record.domid = -1;
  record.active = false;
}

/** After a restore: the device that was built anew gets the services of its domain. */
export function connectServices(host: Host, record: VgpuRecord, device: HostedVgpu): void {
  const services = host.hypervisor?.connect(record.domid, guestDevice(device));
  device.vgpu.attachServices(services);
}

function guestDevice(device: HostedVgpu): GuestDevice {
  const { core } = device.vgpu;
  return {
    id: device.id,
    memory: core.memory,
    apertureBase: core.config.partition.mappableBase,
    report: (fault) => core.listener?.fault?.({ ...fault, ...whoseOf(core) }),
    read: (space, offset, size) => device.read(space, offset, size),
    write: (space, offset, size, low, high) => device.write(space, offset, size, low, high),
  };
}
