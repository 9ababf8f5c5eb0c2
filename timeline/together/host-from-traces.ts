import {
  createHost,
  defaultHostConfig,
  type GoldenState,
  type HostedVgpu,
  type HostGpu,
  Kvm,
  type VgpuConfig,
  Xen,
} from '../../emulator/index.ts';
import type { DeviceDescription } from '../../trace/index.ts';
import { type DeviceProblem, deviceConfigFor } from '../device-from-trace.ts';
import type { GoldenFile } from '../golden/golden-file.ts';

/** `kvmgt`: KVM as the old trees used it, where a handler changes the very bus whose access it serves. */
export const HYPERVISORS = ['kvm', 'kvmgt', 'xen'] as const;
export type HypervisorKind = (typeof HYPERVISORS)[number];
/** Whether vGPUs get engines when they need them, or by time slices. */
export type Schedule = 'at once' | 'sliced';

/** A recording whose device is to be a vGPU of the host. */
export interface RecordedGuest {
  /** For messages. */
  readonly name: string;
  readonly device: DeviceDescription;
  /** The registers of the host that it was on; those of the first guest that has some if absent. */
  readonly golden?: GoldenFile;
}

export interface HostOptions {
  readonly schedule?: Schedule;
  /** Absent: vGPUs without virtual machines around them. */
  readonly hypervisor?: HypervisorKind;
  /** Changes what a recording says of its device. */
  readonly change?: (config: VgpuConfig) => VgpuConfig;
}

export interface HostOfGuests {
  readonly host: HostGpu;
  /** In the order of the recordings. */
  readonly vgpus: readonly HostedVgpu[];
  /** What each of them starts from; undefined: from the tables. */
  readonly golden: readonly (GoldenState | undefined)[];
}

/** A host with a vGPU for each recording, in a domain of its own: numbers from 1, in their order. */
export function hostFor(
  guests: readonly RecordedGuest[],
  { schedule = 'at once', hypervisor, change = (config) => config }: HostOptions = {},
): HostOfGuests | DeviceProblem {
  const configs: VgpuConfig[] = [];
  const shared = guests.find(({ golden }) => golden !== undefined)?.golden;
  for (const { name, device, golden = shared } of guests) {
    const config = deviceConfigFor(device, {}, golden);
    if ('problem' in config) return { problem: `${name}: ${config.problem}` };
    configs.push(change(config));
  }
  const [first] = configs;
  if (first === undefined) return { problem: 'A host has at least one guest.' };
  const { platform, deviceId, revisionId, apertureSize } = first;
  const golden = shared === undefined ? {} : { golden: shared.state };
  const own = { platform, deviceId, revisionId, apertureSize, ...golden };
  const hostConfig = { ...defaultHostConfig(), ...own };
  const host = createHost({ ...hostConfig, scheduling: schedule }, hypervisorOf(hypervisor));
  const vgpus: HostedVgpu[] = [];
  for (const [index, config] of configs.entries()) {
    const name = guests[index]?.name ?? '';
    const problem = differenceOf(first, config);
    if (problem !== undefined) return { problem: `${name}: ${problem}` };
    const vgpu = addVgpu(host, index + 1, config, guests[index]?.device.memory);
    if ('problem' in vgpu) return { problem: `${name}: ${vgpu.problem}` };
    vgpus.push(vgpu);
  }
  return { host, vgpus, golden: configs.map((config) => config.golden) };
}

function hypervisorOf(kind: HypervisorKind | undefined) {
  if (kind === undefined) return undefined;
  if (kind === 'xen') return new Xen();
  return new Kvm(kind === 'kvmgt' ? 'at once' : 'queued');
}

/** All vGPUs of a host are of one physical GPU. */
function differenceOf(first: VgpuConfig, other: VgpuConfig): string | undefined {
  const id = ({ deviceId }: VgpuConfig) => deviceId.toString(16).padStart(4, '0');
  if (first.platform !== other.platform || first.deviceId !== other.deviceId) {
    const [one, two] = [first, other].map((config) => `${config.platform} ${id(config)}`);
    return `it was recorded on ${two}, the first recording on ${one}; the vGPUs of a host are of one GPU.`;
  }
  if (first.apertureSize === other.apertureSize) return undefined;
  const [one, two] = [first, other].map(({ apertureSize }) => apertureSize / 2 ** 20);
  return `its aperture has ${two} MiB, that of the first recording ${one} MiB; the vGPUs of a host share one.`;
}

function addVgpu(
  host: HostGpu,
  id: number,
  config: VgpuConfig,
  memory: DeviceDescription['memory'],
): HostedVgpu | DeviceProblem {
  const { id: _id, partition, platform: _platform, apertureSize: _size, ...more } = config;
  const made = host.create({ id, slice: partition, more });
  if (typeof made !== 'number') return { problem: `${made.problem} ${ADVICE}` };
  const domid = host.host.hypervisor?.createRecordedDomain(memory) ?? id;
  const problem = host.attach(id, domid);
  if (problem !== undefined) return { problem: problem.problem };
  const vgpu = host.device(id);
  return vgpu ?? { problem: `There is no vGPU ${id}.` };
}

const ADVICE =
  'Each guest needs a slice of graphics memory of its own; vgpu guest --gm records one with another slice.';
