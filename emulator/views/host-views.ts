import { hostFiles } from '../host/files/host-files.ts';
import type { Holding, Range } from '../host/graphics-memory.ts';
import type { Host } from '../host/host.ts';
import type { HostGpu } from '../host/host-gpu.ts';
import type { DomainState, IoRequest, MemorySlot } from '../host/hypervisor/domain.ts';
import type { ScheduledVgpu } from '../host/scheduler.ts';
import { HOST_SHARE } from '../host/vgpu-types.ts';

/** The physical GPU that vGPUs share, and the hypervisor that runs their guests. Plain data. */
export interface HostValue {
  /** Nanoseconds on the host's clock. */
  readonly now: number;
  readonly scheduling: 'at once' | 'sliced';
  /** Who has which graphics memory and fences; the host itself first. */
  readonly shares: readonly ShareValue[];
  /** vGPU that owns each engine; 0 for the host. */
  readonly owners: readonly { readonly engine: string; readonly vgpu: number }[];
  readonly display: DisplayOwnerValue;
  readonly scheduler: SchedulerValue;
  readonly hypervisor: HypervisorValue | undefined;
}

export interface ShareValue {
  /** 0 for the host. */
  readonly vgpu: number;
  /** Graphics addresses: below the size of BAR2, and above it. */
  readonly aperture: Range;
  readonly hidden: Range;
  /** Numbers of physical fences; the vGPU's fence n is the n-th of them. */
  readonly fences: readonly number[];
}

export interface DisplayOwnerValue {
  /** vGPU whose picture is on the host's screen (`foreground_vm`); 0 for the host. */
  readonly foreground: number;
  /** The one that comes with the next vblank at which engines do not draw, and when that is; absent for none. */
  readonly next?: { readonly vgpu: number; readonly at: number };
}

export interface SchedulerValue {
  /** vGPU whose work is taken, and the one that comes when nothing is in flight; 0 for none. */
  readonly current: number;
  readonly next: number | undefined;
  /** Host time of the next tick; absent while the timer stands still. */
  readonly tickAt: number | undefined;
  /** Least recently used first. Empty where work runs at once. */
  readonly queue: readonly ScheduledVgpu[];
  /** Weights of all vGPUs, by id, scheduled or not. */
  readonly weights: readonly { readonly vgpu: number; readonly weight: number }[];
}

export interface HypervisorValue {
  readonly kind: 'kvm' | 'xen';
  readonly domains: readonly DomainValue[];
}

export interface DomainValue {
  readonly domid: number;
  /** 0 for none. */
  readonly vgpu: number;
  /** There is a recording of it only: what memory it has is not known. */
  readonly recorded: boolean;
  readonly slots: readonly MemorySlot[];
  /** BAR0 as it is trapped, and the aperture as it is mapped: guest physical addresses; absent where they are not. */
  readonly trapped: MemorySlot | undefined;
  readonly aperture: MemorySlot | undefined;
  /** Guest physical addresses of write-protected pages. */
  readonly protectedPages: readonly number[];
  readonly interrupts: DomainState['interrupts'];
  /** Guest physical address of the OpRegion; 0 for none. */
  readonly opRegion: number;
  /** Only Xen: requests so far, and the last one. */
  readonly requests: number;
  readonly request: IoRequest;
}

/** A file of the host's kernel. */
export interface HostFileValue {
  /** Whole: `/sys/kernel/vgt/control/foreground_vm`. */
  readonly path: string;
  readonly readable: boolean;
  /** Its contents, where it is asked for and can be read. */
  readonly text?: string;
  readonly writable: boolean;
  /** What of it is not modelled, or is other than a kernel's. */
  readonly note?: string;
}

/**
 * Control and debug files below a folder, as they are now (gvt-facts §12.6, §14.4); with their contents where they are in
 * the folder itself. `folder` ends with a slash.
 */
export function hostFileViews(gpu: HostGpu, folder: string): readonly HostFileValue[] {
  const below = hostFiles(gpu).filter(({ path }) => path.startsWith(folder));
  return below.map(({ path, read, write, note }) => ({
    path,
    readable: read !== undefined,
    ...(read === undefined || path.includes('/', folder.length) ? {} : { text: read() }),
    writable: write !== undefined,
    ...(note === undefined ? {} : { note }),
  }));
}

export function hostViews(host: Host): HostValue {
  const { config, state, hardware, hypervisor } = host;
  const { foreground, wantedForeground, displayAt, scheduler } = state;
  const isWanted = wantedForeground >= 0;
  return {
    now: state.now,
    scheduling: config.scheduling,
    shares: [hostShare(config.apertureSize), ...state.holdings.map(shareOf)].sort(byVgpu),
    owners: hardware.map.tables.engines.map(({ name }, index) => ({
      engine: name,
      vgpu: state.owners[index] ?? 0,
    })),
    display: {
      foreground,
      ...(isWanted ? { next: { vgpu: wantedForeground, at: displayAt } } : {}),
    },
    scheduler: {
      current: scheduler.current,
      next: scheduler.next < 0 ? undefined : scheduler.next,
      tickAt: scheduler.tickAt < 0 ? undefined : scheduler.tickAt,
      queue: scheduler.queue.map((entry) => ({ ...entry })),
      weights: state.vgpus.map(({ id, weight }) => ({ vgpu: id, weight })),
    },
    hypervisor: hypervisor && { kind: hypervisor.kind, domains: hypervisor.save().map(domainOf) },
  };
}

/** What the host keeps; a recording's slice may reach into it. */
function hostShare(apertureSize: number): ShareValue {
  const { low, high, fences } = HOST_SHARE;
  return {
    vgpu: 0,
    aperture: { base: 0, size: low },
    hidden: { base: apertureSize, size: high },
    fences: Array.from({ length: fences }, (_, fence) => fence),
  };
}

function shareOf({ id, low, high, fences }: Holding): ShareValue {
  return { vgpu: id, aperture: { ...low }, hidden: { ...high }, fences: [...fences] };
}

function byVgpu(a: ShareValue, b: ShareValue): number {
  return a.vgpu - b.vgpu;
}

function domainOf(domain: DomainState): DomainValue {
  const { domid, vgpu, recorded, slots, trapped, aperture, protectedFrames } = domain;
  const { interrupts, opRegion, requests, request } = domain;
  const present = (window: MemorySlot) => (window.base < 0 ? undefined : window);
  return {
    domid,
    vgpu,
    recorded,
    slots,
    trapped: present(trapped),
    aperture: present(aperture),
    protectedPages: protectedFrames.map((frame) => frame * 4096),
    interrupts,
    opRegion,
    requests,
    request,
  };
}
