import assert from 'node:assert/strict';
import type { VgpuRequest } from '../host/admission.ts';
import type { HostConfig } from '../host/host-config.ts';
import type { HostGpu } from '../host/host-gpu.ts';
import type { HostedVgpu } from '../host/hosted-vgpu.ts';
import type { Hypervisor } from '../host/hypervisor/hypervisor.ts';
import { createHost, defaultHostConfig } from '../index.ts';
import { EngineGuest } from './engine-guest.ts';

export function testHost(change: Partial<HostConfig> = {}, hypervisor?: Hypervisor): HostGpu {
  return createHost({ ...defaultHostConfig(), ...change }, hypervisor);
}

/** A new vGPU on the host; of the second smallest type unless said otherwise. */
export function addVgpu(
  host: HostGpu,
  request: VgpuRequest = { type: 'i915-GVTg_V5_4' },
): HostedVgpu {
  const id = host.create(request);
  assert.ok(typeof id === 'number', JSON.stringify(id));
  const device = host.device(id);
  assert.ok(device);
  return device;
}

/** A guest on a new vGPU that is attached to the domain of the same number. */
export function addGuest(host: HostGpu, request?: VgpuRequest, base?: number): EngineGuest {
  const hosted = addVgpu(host, request);
  assert.equal(host.attach(hosted.id, hosted.id), undefined);
  return new EngineGuest({ hosted, ...(base === undefined ? {} : { base }) });
}
