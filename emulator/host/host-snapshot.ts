import type { DeviceSnapshot } from '../device-model.ts';
import type { PagedWordsSnapshot } from '../state/paged-words.ts';
import { copyPlain } from '../state/plain.ts';
import { connectServices } from './attachment.ts';
import type { Host } from './host.ts';
import type { HostState, VgpuRecord } from './host-state.ts';
import type { HostedVgpu } from './hosted-vgpu.ts';
import type { DomainState } from './hypervisor/domain.ts';

/** A whole host: its own state, its registers, its hypervisor's domains, and all vGPUs. */
export interface HostSnapshot {
  readonly state: HostState;
  readonly hardware: PagedWordsSnapshot;
  readonly domains: readonly DomainState[];
  readonly devices: ReadonlyMap<number, DeviceSnapshot>;
  /** Bytes that it shares with no older one. */
  readonly ownBytes: number;
}

export function saveHost(host: Host): HostSnapshot {
  const hardware = host.hardware.values.save();
  const devices = new Map<number, DeviceSnapshot>();
  let ownBytes = hardware.ownBytes;
  for (const { id } of host.state.vgpus) {
    const snapshot = host.devices.get(id)?.save();
    if (!snapshot) continue;
    devices.set(id, snapshot);
    ownBytes += snapshot.ownBytes;
  }
  const domains = host.hypervisor?.save() ?? [];
  return { state: copyPlain(host.state), hardware, domains, devices, ownBytes };
}

/** vGPUs that have gone since are built again; those that have come since go. */
export function restoreHost(
  host: Host,
  snapshot: HostSnapshot,
  build: (record: VgpuRecord) => HostedVgpu,
): void {
  host.state = copyPlain(snapshot.state);
  host.hardware.values.restore(snapshot.hardware);
  host.hypervisor?.restore(snapshot.domains);
  for (const [id, device] of host.devices) {
    const record = host.state.vgpus.find((each) => each.id === id);
    if (record?.serial !== device.serial) host.devices.delete(id);
  }
  for (const record of host.state.vgpus) {
    const known = host.devices.get(record.id);
    const device = known ?? build(record);
    const saved = snapshot.devices.get(record.id);
    if (saved) device.restore(saved);
    if (known && record.domid >= 0) connectServices(host, record, known);
    if (known && record.domid < 0) known.vgpu.attachServices(undefined);
  }
}
